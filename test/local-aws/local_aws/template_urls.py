"""Templates that are given by their address in S3."""

from __future__ import annotations

from moto.cloudformation import models, responses, utils


def install() -> None:
    """The bucket is the first part of the path of an address on this machine; moto knows that of
    "localhost" only, and takes "127" of 127.0.0.1 for the bucket."""
    read_template = utils.get_stack_from_s3_url

    def read_template_from_this_machine(template_url: str, account_id: str, partition: str) -> str:
        return read_template(template_url.replace("//127.0.0.1", "//localhost"), account_id, partition)

    models.get_stack_from_s3_url = read_template_from_this_machine
    responses.get_stack_from_s3_url = read_template_from_this_machine

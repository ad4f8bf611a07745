"""Templates that are given by their address in S3."""

from __future__ import annotations

from typing import Any

from moto.cloudformation import models, responses

from local_aws.patches import extends


@extends(models)
@extends(responses)
def get_stack_from_s3_url(original: Any, template_url: str, **keywords: Any) -> str:
    """The bucket is the first part of the path of an address on this machine; moto knows that of
    "localhost" only, and takes "127" of 127.0.0.1 for the bucket."""
    return original(template_url.replace("//127.0.0.1", "//localhost"), **keywords)

"""What there is no code for, and of what kind an answer is."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from moto.cloudformation.exceptions import CloudFormationError
from moto.core.responses import BaseResponse

from local_aws.patches import extends
from local_aws.refusals import refusal, speaks_json


@extends(BaseResponse)
def call_action(original: Any, self: BaseResponse) -> Any:
    """An SDK does not repeat a call that is answered with 400; moto answers a call it lacks with 500, which
    is repeated for half a minute. What some services of moto answer would be a page for a browser."""
    try:
        status, headers, body = original(self)
        if speaks_json(self) and "html" in headers.get("Content-Type", "html"):
            headers = {**headers, "Content-Type": self.headers.get("Content-Type", "application/x-amz-json-1.1")}
        return status, headers, body
    except NotImplementedError as error:
        code = "UnsupportedOperationException" if speaks_json(self) else "UnsupportedOperation"
        return refusal(self, 400, code, str(error))


def refuse_unknown(resource_type: str, properties: dict[str, Any], known: Collection[str]) -> None:
    """Fail if a resource of a template has a property that would be ignored."""
    unknown = sorted(set(properties) - set(known))
    if unknown:
        raise CloudFormationError(
            "UnsupportedOperation", f"The local AWS does not know {', '.join(unknown)} of {resource_type}."
        )

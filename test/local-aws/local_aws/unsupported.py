"""What there is no code for."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from moto.cloudformation.exceptions import CloudFormationError
from moto.core.responses import BaseResponse

from local_aws.refusals import refusal, speaks_json


def install() -> None:
    """An SDK does not repeat a call that is answered with 400; moto answers a call it lacks with 500, which
    is repeated for half a minute."""
    call_action = BaseResponse.call_action

    def call_action_or_refuse(self: BaseResponse) -> Any:
        try:
            return call_action(self)
        except NotImplementedError as error:
            code = "UnsupportedOperationException" if speaks_json(self) else "UnsupportedOperation"
            return refusal(self, 400, code, str(error))

    BaseResponse.call_action = call_action_or_refuse


def refuse_unknown(resource_type: str, properties: dict[str, Any], known: Collection[str]) -> None:
    """Fail if a resource of a template has a property that would be ignored."""
    unknown = sorted(set(properties) - set(known))
    if unknown:
        raise CloudFormationError(
            "UnsupportedOperation", f"The local AWS does not know {', '.join(unknown)} of {resource_type}."
        )

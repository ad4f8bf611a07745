"""Calls that moto has no code for."""

from __future__ import annotations

from typing import Any

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

"""Calls that moto has no code for."""

from __future__ import annotations

import json
from typing import Any

from moto.core.responses import BaseResponse


def install() -> None:
    """An SDK does not repeat a call that is answered with 400; moto answers a call it lacks with 500, which
    is repeated for half a minute."""
    call_action = BaseResponse.call_action

    def call_action_or_refuse(self: BaseResponse) -> Any:
        try:
            return call_action(self)
        except NotImplementedError as error:
            return refusal(self, str(error))

    BaseResponse.call_action = call_action_or_refuse


def refusal(response: BaseResponse, message: str) -> tuple[int, dict[str, str], str]:
    if response.headers.get("X-Amz-Target"):
        body = json.dumps({"__type": "UnsupportedOperationException", "message": message})
        return 400, {"Content-Type": "application/x-amz-json-1.1"}, body
    error = f"<Error><Code>UnsupportedOperation</Code><Message>{message}</Message></Error>"
    if response.service_name == "ec2":
        body = f"<Response><Errors>{error}</Errors><RequestID>local</RequestID></Response>"
    else:
        body = f"<ErrorResponse>{error}<RequestId>local</RequestId></ErrorResponse>"
    return 400, {"Content-Type": "text/xml"}, body

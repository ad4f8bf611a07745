"""Answers to calls that are refused before any code of moto runs, in the form that a client of the service
reads."""

from __future__ import annotations

import json
from typing import Any

Refusal = tuple[int, dict[str, str], str]


def speaks_json(response: Any) -> bool:
    return bool(response.headers.get("X-Amz-Target"))


def refusal(response: Any, status: int, code: str, message: str) -> Refusal:
    if speaks_json(response):
        body = json.dumps({"__type": code, "message": message})
        return status, {"Content-Type": "application/x-amz-json-1.1"}, body
    error = f"<Error><Code>{code}</Code><Message>{message}</Message></Error>"
    if response.service_name == "ec2":
        body = f"<Response><Errors>{error}</Errors><RequestID>local</RequestID></Response>"
    else:
        body = f"<ErrorResponse>{error}<RequestId>local</RequestId></ErrorResponse>"
    return status, {"Content-Type": "text/xml"}, body

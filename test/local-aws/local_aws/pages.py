"""Long answers in pages."""

from __future__ import annotations

from typing import Any

from moto.core.responses import ActionResult, BaseResponse
from moto.ec2.exceptions import EC2ClientError

TOKEN = "page-from-"


def page_of(response: BaseResponse, key: str, items: list[Any], longest: int | None = None) -> ActionResult:
    """The page of these items that a request asks for, and the token for the next one."""
    size = response._get_int_param("MaxResults", longest)
    token = response._get_param("NextToken") or f"{TOKEN}0"
    start = token.removeprefix(TOKEN) if token.startswith(TOKEN) else ""
    if not start.isdigit():
        raise EC2ClientError("InvalidParameterValue", f"The token '{token}' is invalid")
    end = int(start) + size if size else len(items)
    following = {"NextToken": f"{TOKEN}{end}"} if end < len(items) else {}
    return ActionResult({key: items[int(start) : end], **following})

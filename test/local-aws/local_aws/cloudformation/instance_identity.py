"""Requests that an instance signs with its identity document."""

from __future__ import annotations

import base64
import json
from typing import Any, Callable

SCHEME = "CFN_V1 "


class InstanceIdentity:
    """An application that takes such requests for those of any other client.

    The scripts of aws-cfn-bootstrap sign so if they have no credentials. Like all signatures, theirs are not
    checked.
    """

    def __init__(self, application: Callable[..., Any]):
        self._application = application

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Any:
        signature = environ.get("HTTP_AUTHORIZATION", "")
        if signature.startswith(SCHEME):
            environ["HTTP_AUTHORIZATION"] = as_credentials(signature[len(SCHEME) :].split(":")[0])
        return self._application(environ, start_response)


def as_credentials(document: str) -> str:
    """A signature with credentials by the instance of an identity document, which is encoded."""
    identity = json.loads(base64.b64decode(document))
    scope = f"{identity['instanceId']}/20250101/{identity['region']}/cloudformation/aws4_request"
    return f"AWS4-HMAC-SHA256 Credential={scope}, SignedHeaders=host, Signature=none"

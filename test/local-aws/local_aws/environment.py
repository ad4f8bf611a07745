"""The environment variables moto reads while it is imported."""

from __future__ import annotations

import os

ACCOUNT = "123456789012"


def prepare() -> None:
    """Make the server behave the same whatever the environment of whoever starts it.

    Settings for clients of AWS (such as AWS_ENDPOINT_URL, which would make the server call itself) and for
    other uses of moto are removed.
    """
    for name in list(os.environ):
        if name.startswith(("AWS_", "MOTO_")):
            del os.environ[name]
    os.environ["MOTO_ACCOUNT_ID"] = ACCOUNT
    os.environ["MOTO_IAM_LOAD_MANAGED_POLICIES"] = "true"
    os.environ["MOTO_EC2_ENABLE_INSTANCE_TYPE_VALIDATION"] = "true"

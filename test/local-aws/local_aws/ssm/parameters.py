"""Public SSM parameters, as the parameter file lists them. AWS publishes new versions of its parameters and
keeps the old ones; moto serves one fixed version, and refuses to write any other."""

from __future__ import annotations

from datetime import datetime, timezone
from threading import Lock
from typing import Any

from moto.ssm.models import Parameter, ParameterDict

from local_aws import served
from local_aws.patches import extends
from local_aws.ssm.parameter_file import versions_in
from local_aws.watched_file import WatchedFile

PUBLISHED = datetime(2023, 1, 1, tzinfo=timezone.utc)
one_at_a_time = Lock()


@extends(ParameterDict)
def _check_loading_status(original: Any, self: ParameterDict, key: str) -> None:
    if str(key or "").startswith("/aws/service/global-infrastructure"):
        original(self, key)
    else:
        with one_at_a_time:
            synchronize(self, served.parameters)


def synchronize(parameters: ParameterDict, parameter_file: WatchedFile) -> None:
    parameter_file.refresh()
    if getattr(parameters, "parameter_file_revision", None) == parameter_file.revision:
        return
    parameters.parameter_file_revision = parameter_file.revision
    for name in getattr(parameters, "published_names", []):
        dict.pop(parameters, name)
    published = {}
    for name, value in parameter_file.content.items():
        versions = versions_in(value, parameters.region_name)
        if versions:
            published[name] = [parameter(parameters.account_id, name, *version) for version in versions]
    parameters.published_names = list(published)
    parameters.update(published)


def parameter(account: str, name: str, version: int, value: str) -> Parameter:
    return Parameter(
        account_id=account,
        name=name,
        value=value,
        parameter_type="String",
        description=None,
        allowed_pattern=None,
        keyid=None,
        last_modified_date=PUBLISHED,
        version=version,
        data_type="text",
    )

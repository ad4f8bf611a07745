"""References of templates to SSM parameters: parameters of an SSM type, and `{{resolve:ssm:NAME:VERSION}}`.

CloudFormation resolves dynamic references, and says which parameter it cannot find; moto leaves the
references as they are, and fails with a Python error."""

from __future__ import annotations

import re
from typing import Any

from moto.cloudformation import parsing
from moto.cloudformation.exceptions import ValidationError
from moto.ssm import ssm_backends
from moto.ssm.exceptions import ParameterVersionNotFound
from moto.ssm.models import Parameter

from local_aws.patches import extends, replaces

DYNAMIC_REFERENCE = re.compile(r"\{\{resolve:ssm:([^}]+)\}\}")


@replaces(parsing.ResourceMap)
def parse_ssm_parameter(self: parsing.ResourceMap, value: str, value_type: str) -> str | list[str]:
    text = value_of(self._account_id, self._region_name, value)
    if text is None:
        raise ValidationError(
            message=f"Unable to fetch parameters [{value}] from parameter store for this account."
        )
    return text.split(",") if "List" in value_type else text


@extends(parsing)
def parse_resource(
    original: Any, resource_json: dict[str, Any], resources_map: parsing.ResourceMap
) -> tuple[type, Any, str] | None:
    parsed = original(resource_json, resources_map)
    if not parsed:
        return parsed
    resource_class, definition, resource_type = parsed
    definition["Properties"] = resolved(
        definition["Properties"], resources_map._account_id, resources_map._region_name
    )
    return resource_class, definition, resource_type


def is_ssm_type(declaration: dict[str, Any]) -> bool:
    """Whether a parameter of a template takes its value from the SSM parameter it names."""
    return str(declaration.get("Type", "")).startswith("AWS::SSM::Parameter::Value<")


def parameter_named(account: str, region: str, reference: str) -> Parameter | None:
    """The parameter NAME, or its version NAME:VERSION or NAME:LABEL, if it exists."""
    try:
        return ssm_backends[account][region].get_parameter(reference)
    except ParameterVersionNotFound:
        return None


def value_of(account: str, region: str, reference: str) -> str | None:
    parameter = parameter_named(account, region, reference)
    return parameter.value if parameter else None


def resolved(value: Any, account: str, region: str) -> Any:
    """A copy of a value of a template, with the values of its dynamic references in their places."""
    if isinstance(value, dict):
        return {key: resolved(item, account, region) for key, item in value.items()}
    if isinstance(value, list):
        return [resolved(item, account, region) for item in value]
    if not isinstance(value, str):
        return value

    def replacement(match: re.Match[str]) -> str:
        text = value_of(account, region, match.group(1))
        if text is None:
            raise ValidationError(message=f"Parameters: [ssm:{match.group(1)}] cannot be found.")
        return text

    return DYNAMIC_REFERENCE.sub(replacement, value)

"""What templates say, and what their functions stand for.

`Fn::GetAZs` of "" gives the zones of the stack's own region, and a template has its limits; moto gives the
zones of us-east-1, takes any template, and reads those in JSON as YAML, which takes a hundred times as
long."""

from __future__ import annotations

import json
import re
from typing import Any

from moto.cloudformation import parsing
from moto.cloudformation.exceptions import ValidationError
from moto.cloudformation.models import ChangeSet, Stack
from moto.ec2.models import ec2_backends

from local_aws.patches import extends, replaces

LONGEST_TEMPLATE = 1_000_000
LIMITS = {"Mappings": 200, "Outputs": 200, "Parameters": 200, "Resources": 500}
SUBSTITUTION = re.compile(r"\$\{([^!}.]+)[^}]*\}")


@extends(parsing)
def clean_json(original: Any, resource_json: Any, resources_map: parsing.ResourceMap) -> Any:
    if isinstance(resource_json, dict) and "Fn::GetAZs" in resource_json:
        region = original(resource_json["Fn::GetAZs"], resources_map) or resources_map._region_name
        zones = ec2_backends[resources_map._account_id][region].describe_availability_zones()
        return sorted(zone.name for zone in zones)
    return original(resource_json, resources_map)


parse_yaml = Stack.parse_template


@replaces(Stack)
@staticmethod
def parse_template(template: str) -> dict[str, Any]:
    try:
        parsed = json.loads(template)
    except ValueError:
        parsed = parse_yaml(template)
    refuse_too_large(template, parsed)
    return parsed


@replaces(ChangeSet)
def _parse_template(self: ChangeSet) -> None:
    self.template_dict = Stack.parse_template(self.template)


def refuse_too_large(template: str, parsed: dict[str, Any]) -> None:
    if len(template.encode()) > LONGEST_TEMPLATE:
        raise ValidationError(message=f"Template may not exceed {LONGEST_TEMPLATE} bytes in size.")
    for section, limit in LIMITS.items():
        count = len(parsed.get(section) or {})
        if count > limit:
            raise ValidationError(
                message=f"Template format error: Number of {section.lower()}, {count}, is greater than "
                f"maximum allowed, {limit}"
            )


def references(value: Any) -> set[str]:
    """The names of the parameters and resources that a part of a template refers to."""
    if isinstance(value, list):
        return {name for item in value for name in references(item)}
    if not isinstance(value, dict):
        return set()
    names: set[str] = set()
    for key, item in value.items():
        if key == "Ref":
            names.add(item)
        elif key == "Fn::GetAtt":
            names.add(item.split(".")[0] if isinstance(item, str) else item[0])
        elif key == "Fn::Sub":
            text, own = (item, {}) if isinstance(item, str) else item
            names.update(set(SUBSTITUTION.findall(text)) - own.keys(), references(own))
        else:
            names.update(references(item))
    return names


def changed_properties(before: dict[str, Any], after: dict[str, Any]) -> set[str]:
    """The names of the properties that differ."""
    return {name for name in {*before, *after} if before.get(name) != after.get(name)}


def tags_in(properties: dict[str, Any]) -> dict[str, str]:
    return {tag["Key"]: tag["Value"] for tag in properties.get("Tags", [])}


def as_list(value: Any) -> list[Any]:
    """A value of a template that may be given alone or in a list, as a list."""
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def as_bool(value: Any) -> bool:
    """A boolean of a template, which may be written as a text."""
    return str(value).lower() == "true"

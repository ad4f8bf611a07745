"""Which changes replace a resource by a new one, as CloudFormation's schemas of the types say, which cfn-lint
ships."""

from __future__ import annotations

from functools import cache
from typing import Any

from local_aws.cloudformation.templates import changed_properties

KEYS = {"createOnlyProperties": "Always", "conditionalCreateOnlyProperties": "Conditionally"}


@cache
def recreations(resource_type: str) -> dict[str, str]:
    """The properties of a type whose change replaces a resource, and whether it always does."""
    from cfnlint.schema import PROVIDER_SCHEMA_MANAGER, ResourceNotFoundError  # takes a second to import

    try:
        schema = PROVIDER_SCHEMA_MANAGER.get_resource_schema("us-east-1", resource_type).schema
    except ResourceNotFoundError:
        return {}
    return {
        path.removeprefix("/properties/"): requires
        for key, requires in KEYS.items()
        for path in schema.get(key, [])
    }


def requires_recreation(resource_type: str, name: str) -> str:
    return recreations(resource_type).get(name, "Never")


def is_replaced(resource: Any, definition: dict[str, Any]) -> bool:
    """Whether a resource is replaced by one of this definition."""
    before, after = resource.template_definition["Properties"], definition["Properties"]
    return any(
        requires_recreation(definition["Type"], name) == "Always"
        or requires_recreation(definition["Type"], name) == "Conditionally"
        and CONDITIONS.get((definition["Type"], name), never)(resource, before.get(name), after.get(name))
        for name in changed_properties(before, after)
    )


def never(resource: Any, before: Any, after: Any) -> bool:
    return False


def has_instance_store_root(instance: Any, before: Any, after: Any) -> bool:
    """An instance that cannot be stopped is replaced, other ones are stopped."""
    return instance.root_device_type == "instance-store"


def moves_volumes(instance: Any, before: Any, after: Any) -> bool:
    """Only whether a volume goes with the instance can be changed while it is attached."""
    return without_deletion(before) != without_deletion(after)


def without_deletion(mappings: Any) -> Any:
    return [
        {**mapping, "Ebs": {**mapping.get("Ebs", {}), "DeleteOnTermination": None}}
        for mapping in mappings or []
    ]


CONDITIONS = {
    ("AWS::EC2::Instance", "BlockDeviceMappings"): moves_volumes,
    ("AWS::EC2::Instance", "EbsOptimized"): has_instance_store_root,
    ("AWS::EC2::Instance", "InstanceType"): has_instance_store_root,
    ("AWS::EC2::Instance", "UserData"): has_instance_store_root,
    ("AWS::EC2::VPC", "InstanceTenancy"): lambda vpc, before, after: before != "dedicated",
}

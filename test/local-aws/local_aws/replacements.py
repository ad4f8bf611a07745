"""Which changes replace a resource by a new one."""

from __future__ import annotations

from typing import Any

from local_aws import addresses, instances, security_groups
from local_aws.templates import changed_properties

REPLACING_PROPERTIES = {
    "AWS::EC2::EIP": addresses.REPLACING_PROPERTIES,
    "AWS::EC2::Instance": instances.REPLACING_PROPERTIES,
    "AWS::EC2::SecurityGroup": security_groups.REPLACING_PROPERTIES,
    "AWS::EC2::Subnet": {"AvailabilityZone", "CidrBlock", "VpcId"},
    "AWS::EC2::VPC": {"CidrBlock"},
}


def replacing_properties(resource_type: str) -> set[str]:
    """The properties whose change makes CloudFormation replace a resource of this type."""
    return REPLACING_PROPERTIES.get(resource_type, set())


def is_replaced(before: dict[str, Any], after: dict[str, Any]) -> bool:
    """Whether a resource of the one definition is replaced by one of the other."""
    changed = changed_properties(before["Properties"], after["Properties"])
    return not changed.isdisjoint(replacing_properties(after["Type"]))

"""Which changes replace a resource by a new one."""

from __future__ import annotations

from typing import Any

from local_aws import (
    addresses,
    alarms,
    flow_logs,
    instance_connect_endpoints,
    instances,
    key_pairs,
    log_groups,
    network,
    roles,
    schedules,
    security_group_rules,
    security_groups,
)
from local_aws.templates import changed_properties

REPLACING_PROPERTIES = {
    "AWS::CloudWatch::Alarm": alarms.REPLACING_PROPERTIES,
    "AWS::EC2::EIP": addresses.REPLACING_PROPERTIES,
    "AWS::EC2::FlowLog": flow_logs.REPLACING_PROPERTIES,
    "AWS::EC2::Instance": instances.REPLACING_PROPERTIES,
    "AWS::EC2::InstanceConnectEndpoint": instance_connect_endpoints.REPLACING_PROPERTIES,
    "AWS::EC2::KeyPair": key_pairs.REPLACING_PROPERTIES,
    "AWS::EC2::SecurityGroup": security_groups.REPLACING_PROPERTIES,
    "AWS::EC2::SecurityGroupEgress": security_group_rules.REPLACING_PROPERTIES,
    "AWS::EC2::SecurityGroupIngress": security_group_rules.REPLACING_PROPERTIES,
    "AWS::EC2::Subnet": network.SUBNET_REPLACING_PROPERTIES,
    "AWS::EC2::VPC": network.VPC_REPLACING_PROPERTIES,
    "AWS::IAM::InstanceProfile": roles.PROFILE_REPLACING_PROPERTIES,
    "AWS::Logs::LogGroup": log_groups.REPLACING_PROPERTIES,
    "AWS::Scheduler::Schedule": schedules.REPLACING_PROPERTIES,
}


def replacing_properties(resource_type: str) -> set[str]:
    """The properties whose change makes CloudFormation replace a resource of this type."""
    return REPLACING_PROPERTIES.get(resource_type, set())


def is_replaced(before: dict[str, Any], after: dict[str, Any]) -> bool:
    """Whether a resource of the one definition is replaced by one of the other."""
    changed = changed_properties(before["Properties"], after["Properties"])
    return not changed.isdisjoint(replacing_properties(after["Type"]))

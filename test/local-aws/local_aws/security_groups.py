"""AWS::EC2::SecurityGroup."""

from __future__ import annotations

from typing import Any

from moto.ec2.models import ec2_backends
from moto.ec2.models.security_groups import SecurityGroup

REPLACING_PROPERTIES = {"GroupDescription", "GroupName", "VpcId"}


def install() -> None:
    """CloudFormation sets every rule, and changes rules in place; moto leaves out outgoing, IPv6 and prefix
    list rules and descriptions, and updates a group by making another one."""
    SecurityGroup.create_from_cloudformation_json = classmethod(create_from_template)
    SecurityGroup.update_from_cloudformation_json = classmethod(update_from_template)


def create_from_template(
    cls: type[SecurityGroup],
    resource_name: str,
    cloudformation_json: dict[str, Any],
    account_id: str,
    region_name: str,
    **kwargs: Any,
) -> SecurityGroup:
    properties = cloudformation_json["Properties"]
    group = ec2_backends[account_id][region_name].create_security_group(
        name=resource_name, description=properties.get("GroupDescription"), vpc_id=properties.get("VpcId")
    )
    set_rules(group, properties)
    return group


def update_from_template(
    cls: type[SecurityGroup],
    original_resource: SecurityGroup,
    new_resource_name: str,
    cloudformation_json: dict[str, Any],
    account_id: str,
    region_name: str,
) -> SecurityGroup:
    set_rules(original_resource, cloudformation_json["Properties"])
    return original_resource


def set_rules(group: SecurityGroup, properties: dict[str, Any]) -> None:
    """Give a group the rules of a template; without outgoing rules it keeps those it has."""
    backend = group.ec2_backend
    group.ingress_rules.clear()
    for rule in properties.get("SecurityGroupIngress", []):
        backend.authorize_security_group_ingress(**rule_arguments(group, rule, "Source"))
    if "SecurityGroupEgress" in properties:
        group.egress_rules.clear()
        for rule in properties["SecurityGroupEgress"]:
            backend.authorize_security_group_egress(**rule_arguments(group, rule, "Destination"))


def rule_arguments(group: SecurityGroup, rule: dict[str, Any], side: str) -> dict[str, Any]:
    """A rule of a template as moto takes it; `side` is what the keys of the other end begin with."""
    description = {"Description": rule["Description"]} if "Description" in rule else {}
    ranges = [{key: rule[key], **description} for key in ("CidrIp", "CidrIpv6") if key in rule]
    groups = [
        {name: rule[side + "SecurityGroup" + ending], **description}
        for name, ending in (("GroupId", "Id"), ("GroupName", "Name"))
        if side + "SecurityGroup" + ending in rule
    ]
    prefix_lists = [
        {"PrefixListId": rule[key], **description} for key in (side + "PrefixListId",) if key in rule
    ]
    return {
        "group_name_or_id": group.id,
        "ip_protocol": str(rule["IpProtocol"]),
        "from_port": rule.get("FromPort"),
        "to_port": rule.get("ToPort"),
        "ip_ranges": ranges,
        "source_groups": groups,
        "prefix_list_ids": prefix_lists,
        "vpc_id": group.vpc_id,
    }

"""AWS::EC2::SecurityGroup.

CloudFormation sets every rule, and changes rules in place; moto leaves out outgoing, IPv6 and prefix list
rules and descriptions, and updates a group by making another one."""

from __future__ import annotations

import json
from typing import Any

from moto.ec2.models import ec2_backends
from moto.ec2.models.security_groups import SecurityGroup, SecurityGroupRule

from local_aws.patches import replaces, when_updated
from local_aws.unsupported import refuse_unknown


class Side:
    """One of the two directions of rules."""

    def __init__(self, direction: str, other_end: str):
        self.group_property = f"SecurityGroup{direction.capitalize()}"
        self.properties = {
            "CidrIp",
            "CidrIpv6",
            "Description",
            "FromPort",
            "IpProtocol",
            "ToPort",
            *(f"{other_end}{ending}" for ending in ("PrefixListId", "SecurityGroupId", "SecurityGroupName")),
        }
        self._direction = direction
        self._other_end = other_end

    def rules(self, group: SecurityGroup) -> list[SecurityGroupRule]:
        return getattr(group, f"{self._direction}_rules")

    def add(self, group: SecurityGroup, rule: dict[str, Any]) -> SecurityGroupRule:
        """Give a group a rule of a template."""
        description = {"Description": rule["Description"]} if "Description" in rule else {}
        names = {
            name: f"{self._other_end}{ending}"
            for name, ending in (
                ("GroupId", "SecurityGroupId"),
                ("GroupName", "SecurityGroupName"),
                ("PrefixListId", "PrefixListId"),
            )
        }
        ends = {name: [{name: rule[key], **description}] for name, key in names.items() if key in rule}
        (added,), _ = getattr(group.ec2_backend, f"authorize_security_group_{self._direction}")(
            group_name_or_id=group.id,
            ip_protocol=str(rule["IpProtocol"]),
            from_port=rule.get("FromPort"),
            to_port=rule.get("ToPort"),
            ip_ranges=[{key: rule[key], **description} for key in ("CidrIp", "CidrIpv6") if key in rule],
            source_groups=ends.get("GroupId") or ends.get("GroupName") or [],
            prefix_list_ids=ends.get("PrefixListId", []),
            vpc_id=group.vpc_id,
        )
        return added

    def remove(self, group: SecurityGroup, rule: SecurityGroupRule) -> None:
        rules = self.rules(group)
        rules[:] = [other for other in rules if other is not rule]


INGRESS = Side("ingress", "Source")
EGRESS = Side("egress", "Destination")
SIDES = (INGRESS, EGRESS)


@replaces(SecurityGroup)
@classmethod
def create_from_cloudformation_json(
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
    group.template_rules = {side: {} for side in SIDES}
    set_rules(group, properties)
    return group


@when_updated(SecurityGroup)
def set_rules(group: SecurityGroup, properties: dict[str, Any]) -> None:
    """Give a group the rules of a template. It keeps those that are resources of their own, and the one that
    lets everything out if the template has no outgoing rules."""
    refuse_unknown(
        "AWS::EC2::SecurityGroup",
        properties,
        {"GroupDescription", "GroupName", *(side.group_property for side in SIDES), "Tags", "VpcId"},
    )
    if EGRESS.group_property in properties and not group.template_rules[EGRESS]:
        group.egress_rules.clear()
    for side in SIDES:
        made = group.template_rules[side]
        wanted = {json.dumps(rule, sort_keys=True): rule for rule in properties.get(side.group_property, [])}
        for text in made.keys() - wanted.keys():
            side.remove(group, made.pop(text))
        for text, rule in wanted.items():
            if text not in made:
                refuse_unknown(f"a rule of {side.group_property}", rule, side.properties)
                made[text] = side.add(group, rule)

"""AWS::EC2::SecurityGroupIngress and AWS::EC2::SecurityGroupEgress. Moto makes incoming IPv4 rules only, and
leaves them."""

from __future__ import annotations

from typing import Any

from moto.core.common_models import CloudFormationModel
from moto.ec2.exceptions import InvalidSecurityGroupNotFoundError
from moto.ec2.models import ec2_backends

from local_aws.cloudformation.template_resource import ChangeableResource
from local_aws.ec2.security_groups import EGRESS, INGRESS, Side


class TemplateRule(ChangeableResource):
    """A rule beside those of the template's security group, which takes it away with itself."""

    attributes = {"Id": lambda self: self.physical_resource_id}
    side: Side

    def __init__(self, name: str, properties: dict[str, Any], account_id: str, region_name: str):
        group = properties.get("GroupId") or properties.get("GroupName")
        self._group = ec2_backends[account_id][region_name].get_security_group_by_name_or_id(group)
        if self._group is None:
            raise InvalidSecurityGroupNotFoundError(group)
        self._rule = self.side.add(self._group, properties)
        self.physical_resource_id = self._rule.id

    def change(self, properties: dict[str, Any]) -> None:
        other_end = self._rule.ip_range or self._rule.source_group
        other_end["Description"] = properties.get("Description")

    def delete(self, account_id: str, region_name: str) -> None:
        self.side.remove(self._group, self._rule)


class SecurityGroupIngress(TemplateRule, CloudFormationModel):
    resource_type = "AWS::EC2::SecurityGroupIngress"
    side = INGRESS
    properties = frozenset({"GroupId", "GroupName", *INGRESS.properties})


class SecurityGroupEgress(TemplateRule, CloudFormationModel):
    resource_type = "AWS::EC2::SecurityGroupEgress"
    side = EGRESS
    properties = frozenset({"GroupId", *EGRESS.properties})

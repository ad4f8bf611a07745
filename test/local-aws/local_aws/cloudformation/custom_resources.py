"""Custom resources, which on AWS run a Lambda function; moto needs Docker for it and waits for ever without.
The CDK's own resource that takes the rules from a VPC's default security group is done here, others are
refused."""

from __future__ import annotations

from typing import Any

from moto.cloudformation.custom_model import CustomModel
from moto.cloudformation.exceptions import CloudFormationError
from moto.ec2.models import ec2_backends

from local_aws.patches import replaces, when_updated

RESTRICT_DEFAULT_SECURITY_GROUP = "Custom::VpcRestrictDefaultSG"


when_updated(CustomModel)(lambda resource, properties: None)


@replaces(CustomModel)
@classmethod
def create_from_cloudformation_json(
    cls: type[CustomModel],
    resource_name: str,
    cloudformation_json: dict[str, Any],
    account_id: str,
    region_name: str,
    **kwargs: Any,
) -> CustomModel:
    kind = kwargs["ResourceType"]
    if kind != RESTRICT_DEFAULT_SECURITY_GROUP:
        raise CloudFormationError(
            "UnsupportedOperation",
            f"{kind} runs a Lambda function, which the local AWS does not do.",
        )
    group_id = cloudformation_json["Properties"]["DefaultSecurityGroupId"]
    group = ec2_backends[account_id][region_name].get_security_group_from_id(group_id)
    group.ingress_rules.clear()
    group.egress_rules.clear()
    resource = CustomModel(region_name, "local", kwargs["LogicalId"], resource_name)
    resource.set_data({})
    return resource


@replaces(CustomModel)
def delete(self: CustomModel, account_id: str, region_name: str) -> None:
    """The default security group goes with its VPC."""

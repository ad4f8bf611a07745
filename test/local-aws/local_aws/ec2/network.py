"""VPCs, subnets and route tables.

CloudFormation names the hosts of a VPC and makes its subnets public if the template says so, and associates
route tables with them; moto does none of it, and changes nothing in an update."""

from __future__ import annotations

from typing import Any

from moto.ec2.models import ec2_backends
from moto.ec2.models.subnets import Subnet, SubnetRouteTableAssociation
from moto.ec2.models.vpcs import VPC

from local_aws.cloudformation.templates import as_bool
from local_aws.patches import extends, when_created, when_updated
from local_aws.unsupported import refuse_unknown

VPC_SWITCHES = {
    "EnableDnsSupport": ("enable_dns_support", True),
    "EnableDnsHostnames": ("enable_dns_hostnames", False),
}


@extends(SubnetRouteTableAssociation)
def create_from_cloudformation_json(
    original: Any,
    resource_name: str,
    cloudformation_json: dict[str, Any],
    account_id: str,
    region_name: str,
    **keywords: Any,
) -> SubnetRouteTableAssociation:
    association = original(resource_name, cloudformation_json, account_id, region_name, **keywords)
    association.table_association_id = ec2_backends[account_id][region_name].associate_route_table(
        association.route_table_id, subnet_id=association.subnet_id
    )
    return association


@when_created(VPC)
@when_updated(VPC)
def switch_vpc(vpc: VPC, properties: dict[str, Any]) -> None:
    refuse_unknown("AWS::EC2::VPC", properties, {"CidrBlock", "InstanceTenancy", *VPC_SWITCHES, "Tags"})
    for name, (attribute, default) in VPC_SWITCHES.items():
        vpc.ec2_backend.modify_vpc_attribute(vpc.id, attribute, as_bool(properties.get(name, default)))


@when_created(Subnet)
@when_updated(Subnet)
def switch_subnet(subnet: Subnet, properties: dict[str, Any]) -> None:
    known = {"AvailabilityZone", "CidrBlock", "MapPublicIpOnLaunch", "Tags", "VpcId"}
    refuse_unknown("AWS::EC2::Subnet", properties, known)
    subnet.map_public_ip_on_launch = as_bool(properties.get("MapPublicIpOnLaunch", False))

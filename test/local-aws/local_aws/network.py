"""Subnets and route tables."""

from __future__ import annotations

from typing import Any

from moto.ec2.models import ec2_backends
from moto.ec2.models.subnets import Subnet, SubnetRouteTableAssociation

from local_aws.templates import as_bool


def install() -> None:
    """CloudFormation makes subnets public that the template says are, and associates route tables with
    them; moto does neither."""
    create_subnet = Subnet.create_from_cloudformation_json.__func__
    create_association = SubnetRouteTableAssociation.create_from_cloudformation_json.__func__

    def create_public_subnet(
        cls: type[Subnet],
        resource_name: str,
        cloudformation_json: dict[str, Any],
        account_id: str,
        region_name: str,
        **kwargs: Any,
    ) -> Subnet:
        subnet = create_subnet(cls, resource_name, cloudformation_json, account_id, region_name, **kwargs)
        subnet.map_public_ip_on_launch = as_bool(
            cloudformation_json["Properties"].get("MapPublicIpOnLaunch", False)
        )
        return subnet

    def associate(
        cls: type[SubnetRouteTableAssociation],
        resource_name: str,
        cloudformation_json: dict[str, Any],
        account_id: str,
        region_name: str,
        **kwargs: Any,
    ) -> SubnetRouteTableAssociation:
        association = create_association(
            cls, resource_name, cloudformation_json, account_id, region_name, **kwargs
        )
        association.table_association_id = ec2_backends[account_id][region_name].associate_route_table(
            association.route_table_id, subnet_id=association.subnet_id
        )
        return association

    Subnet.create_from_cloudformation_json = classmethod(create_public_subnet)
    SubnetRouteTableAssociation.create_from_cloudformation_json = classmethod(associate)

"""Resources that moto makes for a stack, but leaves behind when the stack goes."""

from __future__ import annotations

from typing import Any, Callable

from moto.cloudformation.parsing import ResourceMap
from moto.ec2.models import ec2_backends
from moto.iam.models import iam_backends

from local_aws.patches import extends


@extends(ResourceMap)
def _delete_resource(
    original: Any, self: ResourceMap, parsed_resource: Any, resource_json: dict[str, Any]
) -> None:
    resource_type = resource_json["Type"]
    if resource_type in EC2_DELETIONS:
        EC2_DELETIONS[resource_type](ec2_backends[self._account_id][self._region_name], parsed_resource)
    elif resource_type == "AWS::IAM::ManagedPolicy":
        iam_backends[self._account_id]["aws"].delete_policy(parsed_resource.arn)
    else:
        original(self, parsed_resource, resource_json)


def delete_route(backend: Any, route: Any) -> None:
    backend.delete_route(
        route.route_table.id,
        route.destination_cidr_block,
        route.destination_ipv6_cidr_block,
        route.destination_prefix_list.id if route.destination_prefix_list else None,
    )


def delete_route_table(backend: Any, table: Any) -> None:
    for association_id in table.all_associations_ids:
        backend.disassociate_route_table(association_id)
    backend.delete_route_table(table.id)


def delete_route_table_association(backend: Any, association: Any) -> None:
    backend.disassociate_route_table(association.table_association_id)


def detach_gateway(backend: Any, attachment: Any) -> None:
    if attachment.gateway_id:
        backend.detach_internet_gateway(attachment.gateway_id, attachment.vpc_id)


def delete_nat_gateway(backend: Any, gateway: Any) -> None:
    backend.delete_nat_gateway(gateway.id)
    gateway._eni.delete()


def release_address(backend: Any, address: Any) -> None:
    if address.association_id:
        backend.disassociate_address(association_id=address.association_id)
    backend.release_address(allocation_id=address.allocation_id)


def detach_volume(backend: Any, attachment: Any) -> None:
    if attachment.volume.attachment:
        backend.detach_volume(attachment.volume.id, attachment.instance.id, attachment.device)


EC2_DELETIONS: dict[str, Callable[[Any, Any], Any]] = {
    "AWS::EC2::EIP": release_address,
    "AWS::EC2::FlowLog": lambda backend, flow_log: backend.delete_flow_logs([flow_log.id]),
    "AWS::EC2::InternetGateway": lambda backend, gateway: backend.delete_internet_gateway(gateway.id),
    "AWS::EC2::NatGateway": delete_nat_gateway,
    "AWS::EC2::NetworkInterface": lambda backend, interface: interface.delete(),
    "AWS::EC2::Route": delete_route,
    "AWS::EC2::RouteTable": delete_route_table,
    "AWS::EC2::SubnetRouteTableAssociation": delete_route_table_association,
    "AWS::EC2::Volume": lambda backend, volume: backend.delete_volume(volume.id),
    "AWS::EC2::VolumeAttachment": detach_volume,
    "AWS::EC2::VPCEndpoint": lambda backend, endpoint: backend.delete_vpc_endpoints([endpoint.id]),
    "AWS::EC2::VPCGatewayAttachment": detach_gateway,
}

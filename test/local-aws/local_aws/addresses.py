"""AWS::EC2::EIP."""

from __future__ import annotations

from typing import Any

from moto.ec2.models.elastic_ip_addresses import ElasticAddress

REPLACING_PROPERTIES = {"Domain", "NetworkBorderGroup", "TransferAddress"}


def install() -> None:
    """CloudFormation moves an address to another instance; moto cannot update one."""
    ElasticAddress.update_from_cloudformation_json = classmethod(update_from_template)


def update_from_template(
    cls: type[ElasticAddress],
    original_resource: ElasticAddress,
    new_resource_name: str,
    cloudformation_json: dict[str, Any],
    account_id: str,
    region_name: str,
) -> ElasticAddress:
    address = original_resource
    backend = address.ec2_backend
    if address.association_id:
        backend.disassociate_address(association_id=address.association_id)
    instance_id = cloudformation_json["Properties"].get("InstanceId")
    if instance_id:
        backend.associate_address(backend.get_instance(instance_id), address=address.public_ip)
    return address

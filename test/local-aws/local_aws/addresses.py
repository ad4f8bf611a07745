"""AWS::EC2::EIP."""

from __future__ import annotations

from typing import Any

from moto.ec2.models.elastic_ip_addresses import ElasticAddress

from local_aws.template_changes import when_updated

REPLACING_PROPERTIES = {"Domain", "NetworkBorderGroup", "TransferAddress"}


def install() -> None:
    """CloudFormation moves an address to another instance; moto cannot update one."""
    when_updated(ElasticAddress, associate)


def associate(address: ElasticAddress, properties: dict[str, Any]) -> None:
    backend = address.ec2_backend
    if address.association_id:
        backend.disassociate_address(association_id=address.association_id)
    instance_id = properties.get("InstanceId")
    if instance_id:
        backend.associate_address(backend.get_instance(instance_id), address=address.public_ip)

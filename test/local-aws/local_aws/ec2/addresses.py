"""AWS::EC2::EIP: CloudFormation moves an address to another instance; moto cannot update one."""

from __future__ import annotations

from typing import Any

from moto.ec2.models.elastic_ip_addresses import ElasticAddress

from local_aws.patches import when_updated


@when_updated(ElasticAddress)
def associate(address: ElasticAddress, properties: dict[str, Any]) -> None:
    backend = address.ec2_backend
    if address.association_id:
        backend.disassociate_address(association_id=address.association_id)
    instance_id = properties.get("InstanceId")
    if instance_id:
        backend.associate_address(backend.get_instance(instance_id), address=address.public_ip)

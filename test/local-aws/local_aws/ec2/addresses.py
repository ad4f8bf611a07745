"""Addresses are those of VPCs, also where nobody says so; CloudFormation moves one to another instance, and moto cannot
update one."""

from __future__ import annotations

from typing import Any

from moto.ec2.models.elastic_ip_addresses import ElasticAddress, ElasticAddressBackend

from local_aws.patches import extends, when_updated


@extends(ElasticAddressBackend)
def allocate_address(original: Any, self: ElasticAddressBackend, domain: Any, *arguments: Any, **keywords: Any) -> Any:
    return original(self, "vpc", *arguments, **keywords)


@when_updated(ElasticAddress)
def associate(address: ElasticAddress, properties: dict[str, Any]) -> None:
    backend = address.ec2_backend
    if address.association_id:
        backend.disassociate_address(association_id=address.association_id)
    instance_id = properties.get("InstanceId")
    if instance_id:
        backend.associate_address(backend.get_instance(instance_id), address=address.public_ip)

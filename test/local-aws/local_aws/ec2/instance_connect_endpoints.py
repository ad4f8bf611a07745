"""Endpoints of EC2 Instance Connect, of which a VPC takes one; moto does not know them."""

from __future__ import annotations

from typing import Any

from moto.core.common_models import CloudFormationModel
from moto.core.responses import ActionResult
from moto.core.utils import utcnow
from moto.ec2.exceptions import EC2ClientError
from moto.ec2.models import ec2_backends
from moto.ec2.models.core import TaggedEC2Resource
from moto.ec2.responses import EC2Response
from moto.ec2.utils import generic_filter, random_id

from local_aws.cloudformation.template_resource import TemplateResource
from local_aws.cloudformation.templates import as_bool
from local_aws.pages import page_of
from local_aws.patches import replaces


class InstanceConnectEndpoint(TemplateResource, TaggedEC2Resource, CloudFormationModel):
    """An endpoint with an interface in its subnet; no connection passes through it."""

    resource_type = "AWS::EC2::InstanceConnectEndpoint"
    properties = frozenset({"ClientToken", "PreserveClientIp", "SecurityGroupIds", "SubnetId", "Tags"})
    attributes = {"Id": lambda self: self.id}

    def __init__(self, name: str, properties: dict[str, Any], account_id: str, region_name: str):
        self.ec2_backend = ec2_backends[account_id][region_name]
        subnet = self.ec2_backend.get_subnet(properties["SubnetId"])
        endpoints = endpoints_in(self.ec2_backend)
        if any(endpoint.vpc_id == subnet.vpc_id for endpoint in endpoints.values()):
            raise EC2ClientError(
                "InstanceConnectEndpointLimitExceeded",
                f"The VPC {subnet.vpc_id} has an EC2 Instance Connect Endpoint already; the quota is 1",
            )
        self.id = self.physical_resource_id = random_id("eice")
        self.owner_id = account_id
        self.subnet_id, self.vpc_id = subnet.id, subnet.vpc_id
        self.availability_zone = subnet.availability_zone
        self.preserve_client_ip = as_bool(properties.get("PreserveClientIp", False))
        self.security_group_ids = properties.get("SecurityGroupIds") or [
            self.ec2_backend.get_default_security_group(subnet.vpc_id).id
        ]
        self.created_at = utcnow()
        self._interface = self.ec2_backend.create_network_interface(
            subnet,
            None,
            group_ids=self.security_group_ids,
            description=f"EC2 Instance Connect Endpoint {self.id}",
        )
        endpoints[self.id] = self

    def delete(self, account_id: str, region_name: str) -> None:
        self._interface.delete()
        del endpoints_in(self.ec2_backend)[self.id]

    def described(self) -> dict[str, Any]:
        region = self.ec2_backend.region_name
        arn = f"arn:aws:ec2:{region}:{self.owner_id}:instance-connect-endpoint/{self.id}"
        return {
            "OwnerId": self.owner_id,
            "InstanceConnectEndpointId": self.id,
            "InstanceConnectEndpointArn": arn,
            "State": "create-complete",
            "DnsName": f"{self.id}.ec2-instance-connect-endpoint.{region}.amazonaws.com",
            "NetworkInterfaceIds": [self._interface.id],
            "VpcId": self.vpc_id,
            "AvailabilityZone": self.availability_zone,
            "CreatedAt": self.created_at,
            "SubnetId": self.subnet_id,
            "PreserveClientIp": self.preserve_client_ip,
            "SecurityGroupIds": self.security_group_ids,
            "Tags": self.get_tags(),
        }

    def get_filter_value(self, filter_name: str, method_name: str | None = None) -> Any:
        values = {"instance-connect-endpoint-id": self.id, "state": "create-complete"}
        return values.get(filter_name) or super().get_filter_value(filter_name, method_name)


def endpoints_in(backend: Any) -> dict[str, InstanceConnectEndpoint]:
    return vars(backend).setdefault("instance_connect_endpoints", {})


@replaces(EC2Response)
def describe_instance_connect_endpoints(self: EC2Response) -> ActionResult:
    endpoints = endpoints_in(self.ec2_backend)
    for endpoint_id in self._get_param("InstanceConnectEndpointIds", []):
        if endpoint_id not in endpoints:
            raise EC2ClientError(
                "InvalidInstanceConnectEndpointId.NotFound",
                f"The instance connect endpoint ID '{endpoint_id}' does not exist",
            )
    ids = self._get_param("InstanceConnectEndpointIds") or list(endpoints)
    found = generic_filter(self._filters_from_querystring(), [endpoints[endpoint_id] for endpoint_id in ids])
    return page_of(self, "InstanceConnectEndpoints", [endpoint.described() for endpoint in found])

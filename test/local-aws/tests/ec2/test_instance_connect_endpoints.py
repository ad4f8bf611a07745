from __future__ import annotations

from typing import Any

import pytest
from botocore.exceptions import ClientError
from workshop import ref, resource, tcp, workshop


def with_endpoint(**properties: Any) -> dict[str, Any]:
    """A workshop whose instance lets in what comes from an endpoint."""
    template = workshop()
    template["Resources"].update(
        EndpointGroup=resource("SecurityGroup", GroupDescription="Endpoint", VpcId=ref("Vpc")),
        Endpoint=resource(
            "InstanceConnectEndpoint",
            SubnetId=ref("Subnet"),
            SecurityGroupIds=[ref("EndpointGroup")],
            Tags=[{"Key": "Colour", "Value": "red"}],
            **properties,
        ),
        Rule=resource(
            "SecurityGroupIngress",
            GroupId=ref("Group"),
            **tcp(22, SourceSecurityGroupId=ref("EndpointGroup")),
        ),
    )
    template["Outputs"].update({name: {"Value": ref(name)} for name in ("Endpoint", "EndpointGroup", "Vpc")})
    return template


def endpoints(aws, **keywords: Any) -> list[dict[str, Any]]:
    return aws.client("ec2").describe_instance_connect_endpoints(**keywords)["InstanceConnectEndpoints"]


def test_an_endpoint_is_as_its_template_says(aws):
    aws.create(with_endpoint(PreserveClientIp=True))
    outputs = aws.outputs()
    (endpoint,) = endpoints(aws)
    assert (endpoint["InstanceConnectEndpointId"], endpoint["VpcId"]) == (outputs["Endpoint"], outputs["Vpc"])
    assert endpoint["SecurityGroupIds"] == [outputs["EndpointGroup"]]
    assert (endpoint["State"], endpoint["PreserveClientIp"]) == ("create-complete", True)
    assert {"Key": "Colour", "Value": "red"} in endpoint["Tags"]


def test_an_endpoint_is_found_by_its_id_and_by_its_vpc(aws):
    aws.create(with_endpoint())
    outputs = aws.outputs()
    assert len(endpoints(aws, InstanceConnectEndpointIds=[outputs["Endpoint"]])) == 1
    assert len(endpoints(aws, Filters=[{"Name": "vpc-id", "Values": [outputs["Vpc"]]}])) == 1
    assert endpoints(aws, Filters=[{"Name": "vpc-id", "Values": ["vpc-0123456789abcdef0"]}]) == []
    with pytest.raises(ClientError, match="does not exist"):
        endpoints(aws, InstanceConnectEndpointIds=["eice-0123456789abcdef0"])


def test_an_endpoint_without_groups_has_that_of_its_vpc(aws):
    template = with_endpoint()
    del template["Resources"]["Endpoint"]["Properties"]["SecurityGroupIds"]
    aws.create(template)
    (endpoint,) = endpoints(aws)
    found = aws.client("ec2").describe_security_groups(GroupIds=endpoint["SecurityGroupIds"])
    (group,) = found["SecurityGroups"]
    assert (group["GroupName"], group["VpcId"]) == ("default", endpoint["VpcId"])


def test_an_endpoint_and_its_interface_go_with_their_stack(aws):
    aws.create(with_endpoint())
    aws.client("cloudformation").delete_stack(StackName="Workshop")
    assert endpoints(aws) == []
    assert aws.client("ec2").describe_network_interfaces()["NetworkInterfaces"] == []


def test_a_vpc_has_one_endpoint_at_most(aws):
    template = with_endpoint()
    template["Resources"]["Second"] = resource("InstanceConnectEndpoint", SubnetId=ref("Subnet"))
    aws.create(template)
    assert aws.status() == "ROLLBACK_COMPLETE"
    assert "has an EC2 Instance Connect Endpoint already; the quota is 1" in aws.failure()

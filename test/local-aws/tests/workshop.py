"""Templates that the tests deploy."""

from __future__ import annotations

from typing import Any

AMAZON_LINUX_2 = "ami-01fde5e5b31e98551"
NEWER_AMAZON_LINUX_2 = "ami-011192e38d96c4737"
AMAZON_LINUX_2_FOR_ARM = "ami-0f54f4b32c343f138"
INSTANCE_STORE = "ami-0ba4ebff8f9ec8ce9"
MISSING = "ami-0123456789abcdef0"
AMAZON_LINUX_2_PARAMETER = "/aws/service/ami-amazon-linux-latest/amzn2-ami-hvm-x86_64-gp2"


def attribute(name: str, attribute_name: str) -> dict[str, list[str]]:
    return {"Fn::GetAtt": [name, attribute_name]}


def ref(name: str) -> dict[str, str]:
    return {"Ref": name}


def workshop(image: Any = AMAZON_LINUX_2, **properties: Any) -> dict[str, Any]:
    """A VPC with one public subnet, and an instance in it that has a security group and a role."""
    internet = {"CidrIp": "0.0.0.0/0"}
    resources = {
        "Vpc": resource("VPC", CidrBlock="10.0.0.0/16", Tags=[{"Key": "Name", "Value": "Workshop"}]),
        "Subnet": resource(
            "Subnet",
            VpcId=ref("Vpc"),
            CidrBlock="10.0.0.0/24",
            AvailabilityZone={"Fn::Select": [0, {"Fn::GetAZs": ""}]},
            MapPublicIpOnLaunch=True,
        ),
        "Table": resource("RouteTable", VpcId=ref("Vpc")),
        "Association": resource(
            "SubnetRouteTableAssociation", RouteTableId=ref("Table"), SubnetId=ref("Subnet")
        ),
        "Gateway": {"Type": "AWS::EC2::InternetGateway"},
        "Attachment": resource("VPCGatewayAttachment", VpcId=ref("Vpc"), InternetGatewayId=ref("Gateway")),
        "Route": {
            **resource(
                "Route",
                RouteTableId=ref("Table"),
                DestinationCidrBlock="0.0.0.0/0",
                GatewayId=ref("Gateway"),
            ),
            "DependsOn": ["Attachment"],
        },
        "Group": resource(
            "SecurityGroup",
            GroupDescription="Workshop",
            VpcId=ref("Vpc"),
            SecurityGroupIngress=[tcp(80, **internet)],
            SecurityGroupEgress=[tcp(443, **internet)],
        ),
        "Role": role(),
        "Profile": {"Type": "AWS::IAM::InstanceProfile", "Properties": {"Roles": [ref("Role")]}},
        "Instance": resource(
            "Instance",
            ImageId=image,
            InstanceType="t3.micro",
            SubnetId=ref("Subnet"),
            SecurityGroupIds=[ref("Group")],
            IamInstanceProfile=ref("Profile"),
            **properties,
        ),
    }
    return {
        "Resources": resources,
        "Outputs": {
            "InstanceId": {"Value": ref("Instance")},
            "Address": {"Value": {"Fn::GetAtt": ["Instance", "PublicIp"]}},
        },
    }


def with_ssm_parameter(name: str = AMAZON_LINUX_2_PARAMETER) -> dict[str, Any]:
    """An instance whose image is a parameter of the template, which names an SSM parameter."""
    return {
        "Parameters": {"Image": {"Type": "AWS::SSM::Parameter::Value<AWS::EC2::Image::Id>", "Default": name}},
        **instance_only(ref("Image")),
    }


def instance_only(
    image: Any = AMAZON_LINUX_2, instance_type: str = "t3.micro", **properties: Any
) -> dict[str, Any]:
    """An instance in the default VPC."""
    return {
        "Resources": {
            "Instance": resource("Instance", ImageId=image, InstanceType=instance_type, **properties)
        },
        "Outputs": {"InstanceId": {"Value": ref("Instance")}},
    }


def tcp(port: int, **end: Any) -> dict[str, Any]:
    """A rule of a security group for one port, and for whom it is."""
    return {"IpProtocol": "tcp", "FromPort": port, "ToPort": port, **end}


def resource(kind: str, **properties: Any) -> dict[str, Any]:
    return {"Type": f"AWS::EC2::{kind}", "Properties": properties}


def role(service: str = "ec2.amazonaws.com", **properties: Any) -> dict[str, Any]:
    return {
        "Type": "AWS::IAM::Role",
        "Properties": {
            "AssumeRolePolicyDocument": {
                "Version": "2012-10-17",
                "Statement": [
                    {
                        "Effect": "Allow",
                        "Action": "sts:AssumeRole",
                        "Principal": {"Service": service},
                    }
                ],
            },
            **properties,
        },
    }

from __future__ import annotations

from workshop import ref, workshop


def test_a_public_subnet_gives_public_addresses(aws):
    aws.create(workshop())
    (instance,) = aws.running()
    (subnet,) = aws.client("ec2").describe_subnets(SubnetIds=[instance["SubnetId"]])["Subnets"]
    assert subnet["MapPublicIpOnLaunch"] is True
    assert instance["PublicIpAddress"]


def test_a_private_subnet_gives_none(aws):
    template = workshop()
    template["Resources"]["Subnet"]["Properties"]["MapPublicIpOnLaunch"] = False
    template.pop("Outputs")
    aws.create(template)
    (instance,) = aws.running()
    assert "PublicIpAddress" not in instance


def test_a_subnet_is_associated_with_its_route_table(aws):
    aws.create(workshop())
    (instance,) = aws.running()
    (table,) = aws.client("ec2").describe_route_tables(
        Filters=[{"Name": "association.subnet-id", "Values": [instance["SubnetId"]]}]
    )["RouteTables"]
    assert any(route.get("GatewayId", "").startswith("igw-") for route in table["Routes"])


def test_the_switches_of_a_network_are_changed_in_place(aws):
    template = workshop()
    template["Outputs"] = {"Vpc": {"Value": ref("Vpc")}, "Subnet": {"Value": ref("Subnet")}}
    template["Resources"]["Vpc"]["Properties"]["EnableDnsHostnames"] = True
    aws.create(template)
    before, ec2 = aws.outputs(), aws.client("ec2")
    hostnames = {"VpcId": before["Vpc"], "Attribute": "enableDnsHostnames"}
    assert ec2.describe_vpc_attribute(**hostnames)["EnableDnsHostnames"] == {"Value": True}
    template["Resources"]["Vpc"]["Properties"]["EnableDnsHostnames"] = False
    template["Resources"]["Subnet"]["Properties"]["MapPublicIpOnLaunch"] = False
    aws.update(template)
    assert aws.outputs() == before
    assert ec2.describe_vpc_attribute(**hostnames)["EnableDnsHostnames"] == {"Value": False}
    (subnet,) = ec2.describe_subnets(SubnetIds=[before["Subnet"]])["Subnets"]
    assert subnet["MapPublicIpOnLaunch"] is False

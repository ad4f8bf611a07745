from __future__ import annotations

from workshop import ref, resource, tcp, workshop


def group(aws):
    (found,) = aws.client("ec2").describe_security_groups(
        Filters=[{"Name": "description", "Values": ["Workshop*"]}]
    )["SecurityGroups"]
    return found


def ports(permissions) -> list[int]:
    return [permission["FromPort"] for permission in permissions]


def with_rules(**properties):
    template = workshop()
    template["Resources"]["Group"]["Properties"].update(properties)
    return template


def test_a_security_group_has_the_rules_of_its_template(aws):
    aws.create(workshop())
    assert ports(group(aws)["IpPermissions"]) == [80]
    assert ports(group(aws)["IpPermissionsEgress"]) == [443]


def test_a_rule_may_have_an_ipv6_range_and_a_description(aws):
    rule = tcp(22, CidrIpv6="::/0", Description="Shell")
    aws.create(with_rules(SecurityGroupIngress=[rule]))
    (permission,) = group(aws)["IpPermissions"]
    assert permission["Ipv6Ranges"] == [{"CidrIpv6": "::/0", "Description": "Shell"}]


def test_rules_change_in_place(aws):
    aws.create(workshop())
    before = group(aws)["GroupId"]
    rule = tcp(22, CidrIp="10.0.0.0/8")
    aws.update(with_rules(SecurityGroupIngress=[rule]))
    assert aws.status() == "UPDATE_COMPLETE"
    assert group(aws)["GroupId"] == before
    assert ports(group(aws)["IpPermissions"]) == [22]


def test_a_rule_may_be_a_resource_and_outlives_a_change_of_its_group(aws):
    template = with_rules()
    template["Resources"].update(
        Peer=resource("SecurityGroup", GroupDescription="Peer", VpcId=ref("Vpc")),
        In=resource(
            "SecurityGroupIngress",
            GroupId=ref("Group"),
            **tcp(22, SourceSecurityGroupId=ref("Peer"), Description="Shell"),
        ),
        Out=resource("SecurityGroupEgress", GroupId=ref("Group"), **tcp(53, CidrIpv6="::/0")),
    )
    template["Outputs"] = {"Peer": {"Value": ref("Peer")}}
    aws.create(template)
    template["Resources"]["Group"]["Properties"].update(SecurityGroupIngress=[], SecurityGroupEgress=[])
    aws.update(template)
    assert aws.status() == "UPDATE_COMPLETE"
    (incoming,), (outgoing,) = group(aws)["IpPermissions"], group(aws)["IpPermissionsEgress"]
    (pair,) = incoming["UserIdGroupPairs"]
    assert (incoming["FromPort"], pair["Description"]) == (22, "Shell")
    assert pair["GroupId"] == aws.outputs()["Peer"]
    assert (outgoing["FromPort"], outgoing["Ipv6Ranges"]) == (53, [{"CidrIpv6": "::/0"}])


def test_a_rule_that_is_a_resource_is_changed_and_deleted(aws):
    template = with_rules(SecurityGroupIngress=[])
    template["Resources"]["Rule"] = resource(
        "SecurityGroupIngress",
        GroupId=ref("Group"),
        **tcp(22, CidrIp="10.0.0.0/8", Description="Old"),
    )
    aws.create(template)
    rule = template["Resources"]["Rule"]["Properties"]
    rule["Description"] = "New"
    aws.update(template)
    (permission,) = group(aws)["IpPermissions"]
    assert permission["IpRanges"] == [{"CidrIp": "10.0.0.0/8", "Description": "New"}]
    rule.update(FromPort=2222, ToPort=2222)
    aws.update(template)
    assert ports(group(aws)["IpPermissions"]) == [2222]
    del template["Resources"]["Rule"]
    aws.update(template)
    assert group(aws)["IpPermissions"] == []

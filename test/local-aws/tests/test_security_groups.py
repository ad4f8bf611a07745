from __future__ import annotations

from workshop import workshop


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
    rule = {"CidrIpv6": "::/0", "IpProtocol": "tcp", "FromPort": 22, "ToPort": 22, "Description": "Shell"}
    aws.create(with_rules(SecurityGroupIngress=[rule]))
    (permission,) = group(aws)["IpPermissions"]
    assert permission["Ipv6Ranges"] == [{"CidrIpv6": "::/0", "Description": "Shell"}]


def test_rules_change_in_place(aws):
    aws.create(workshop())
    before = group(aws)["GroupId"]
    rule = {"CidrIp": "10.0.0.0/8", "IpProtocol": "tcp", "FromPort": 22, "ToPort": 22}
    aws.update(with_rules(SecurityGroupIngress=[rule]))
    assert aws.status() == "UPDATE_COMPLETE"
    assert group(aws)["GroupId"] == before
    assert ports(group(aws)["IpPermissions"]) == [22]

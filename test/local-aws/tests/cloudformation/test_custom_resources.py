from __future__ import annotations

from workshop import instance_only, ref, resource


def custom(kind: str) -> dict:
    token = "arn:aws:lambda:eu-west-3:123456789012:function:none"
    properties = {
        "ServiceToken": token,
        "DefaultSecurityGroupId": {"Fn::GetAtt": ["Vpc", "DefaultSecurityGroup"]},
    }
    return {
        "Resources": {
            "Vpc": resource("VPC", CidrBlock="10.0.0.0/16"),
            "Custom": {"Type": kind, "Properties": properties},
        },
        "Outputs": {"VpcId": {"Value": ref("Vpc")}},
    }


def test_the_rules_of_a_default_security_group_are_taken_away(aws):
    aws.create(custom("Custom::VpcRestrictDefaultSG"))
    (group,) = aws.client("ec2").describe_security_groups(
        Filters=[{"Name": "vpc-id", "Values": [aws.outputs()["VpcId"]]}]
    )["SecurityGroups"]
    assert aws.status() == "CREATE_COMPLETE"
    assert group["IpPermissions"] == []
    assert group["IpPermissionsEgress"] == []


def test_a_stack_with_such_a_resource_can_be_deleted(aws):
    aws.create(custom("Custom::VpcRestrictDefaultSG"))
    aws.client("cloudformation").delete_stack(StackName="Workshop")
    assert len(aws.client("ec2").describe_vpcs()["Vpcs"]) == 1


def test_another_custom_resource_fails_the_stack_instead_of_waiting_for_ever(aws):
    aws.create(custom("Custom::Other"))
    assert aws.status() == "ROLLBACK_COMPLETE"
    (failure,) = [event for event in aws.events() if event["ResourceStatus"] == "CREATE_FAILED"]
    assert "Custom::Other runs a Lambda function" in failure["ResourceStatusReason"]
    aws.create(instance_only(), "Other")
    assert aws.status("Other") == "CREATE_COMPLETE"

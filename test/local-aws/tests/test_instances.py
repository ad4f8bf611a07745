from __future__ import annotations

import base64

import pytest
from botocore.exceptions import ClientError
from workshop import (
    AMAZON_LINUX_2,
    AMAZON_LINUX_2_FOR_ARM,
    AMAZON_LINUX_2_PARAMETER,
    INSTANCE_STORE,
    MISSING,
    NEWER_AMAZON_LINUX_2,
    instance_only,
    ref,
    resource,
    workshop,
)


def refusal(aws, **request) -> str:
    with pytest.raises(ClientError) as error:
        aws.client("ec2").run_instances(MinCount=1, MaxCount=1, **request)
    return error.value.response["Error"]["Code"]


def test_an_instance_has_what_its_image_and_its_template_say(aws):
    aws.create(
        workshop(
            MetadataOptions={"HttpTokens": "required", "HttpPutResponseHopLimit": 2},
            Tags=[{"Key": "Name", "Value": "Server"}],
        )
    )
    (instance,) = aws.running()
    assert instance["ImageId"] == AMAZON_LINUX_2
    assert instance["Architecture"] == "x86_64"
    assert instance["RootDeviceType"] == "ebs"
    assert instance["RootDeviceName"] == "/dev/xvda"
    assert instance["MetadataOptions"]["HttpTokens"] == "required"
    assert instance["MetadataOptions"]["HttpPutResponseHopLimit"] == 2
    assert instance["IamInstanceProfile"]["Arn"].startswith("arn:aws:iam::123456789012:instance-profile/")
    assert {"Key": "Name", "Value": "Server"} in instance["Tags"]
    assert {"Key": "aws:cloudformation:logical-id", "Value": "Instance"} in instance["Tags"]
    assert aws.outputs()["Address"] == instance["PublicIpAddress"]


def test_an_instance_has_the_security_groups_of_its_template(aws):
    aws.create(workshop())
    (instance,) = aws.running()
    groups = aws.client("ec2").describe_security_groups(
        GroupIds=[group["GroupId"] for group in instance["SecurityGroups"]]
    )["SecurityGroups"]
    assert [group["Description"] for group in groups] == ["Workshop"]


def test_an_instance_has_the_key_pair_of_its_template(aws):
    template = instance_only(KeyName=ref("Key"))
    template["Resources"]["Key"] = resource("KeyPair", KeyName="workshop-key")
    aws.create(template)
    (instance,) = aws.running()
    assert instance["KeyName"] == "workshop-key"
    aws.client("cloudformation").delete_stack(StackName="Workshop")
    assert aws.client("ec2").describe_key_pairs()["KeyPairs"] == []


def test_an_instance_is_given_the_user_data_of_its_template(aws):
    aws.create(instance_only(UserData={"Fn::Base64": "#!/bin/bash"}))
    attribute = aws.client("ec2").describe_instance_attribute(
        InstanceId=aws.outputs()["InstanceId"], Attribute="userData"
    )
    assert base64.b64decode(attribute["UserData"]["Value"]) == b"#!/bin/bash"


def test_an_instance_takes_what_its_launch_template_says(aws):
    template = instance_only(LaunchTemplate={"LaunchTemplateId": ref("Template"), "Version": "1"})
    template["Resources"]["Template"] = resource(
        "LaunchTemplate", LaunchTemplateData={"MetadataOptions": {"HttpTokens": "required"}}
    )
    aws.create(template)
    (instance,) = aws.running()
    assert instance["MetadataOptions"]["HttpTokens"] == "required"


def test_an_instance_store_image_gives_an_instance_without_a_root_volume(aws):
    aws.create(instance_only(INSTANCE_STORE, "d2.xlarge"))
    (instance,) = aws.running()
    assert instance["RootDeviceType"] == "instance-store"
    assert aws.client("ec2").describe_volumes()["Volumes"] == []


def test_an_image_that_is_not_there_is_not_launched(aws):
    assert refusal(aws, ImageId=MISSING, InstanceType="t3.micro") == "InvalidAMIID.NotFound"


def test_a_private_image_of_a_stranger_is_not_launched(aws):
    assert refusal(aws, ImageId="ami-05e0000000000001a", InstanceType="t3.micro") == "InvalidAMIID.NotFound"


def test_an_arm_image_is_not_launched_on_another_processor(aws):
    assert refusal(aws, ImageId=AMAZON_LINUX_2_FOR_ARM, InstanceType="t3.micro") == "InvalidParameterValue"


def test_an_instance_store_image_is_not_launched_on_a_type_without_instance_store_root(aws):
    assert refusal(aws, ImageId=INSTANCE_STORE, InstanceType="t2.micro") == "InvalidParameterCombination"


def test_an_instance_type_that_does_not_exist_is_not_launched(aws):
    with pytest.raises(ClientError, match="t3.tiny"):
        aws.client("ec2").run_instances(
            MinCount=1, MaxCount=1, ImageId=AMAZON_LINUX_2, InstanceType="t3.tiny"
        )


def test_a_key_pair_that_does_not_exist_is_refused(aws):
    refused = refusal(aws, ImageId=AMAZON_LINUX_2, InstanceType="t3.micro", KeyName="lost")
    assert refused == "InvalidKeyPair.NotFound"


def test_an_image_can_be_named_by_its_parameter_at_launch(aws):
    aws.client("ec2").run_instances(
        ImageId=f"resolve:ssm:{AMAZON_LINUX_2_PARAMETER}:83", InstanceType="t3.micro", MinCount=1, MaxCount=1
    )
    assert [instance["ImageId"] for instance in aws.running()] == [AMAZON_LINUX_2]


def test_another_image_replaces_the_instance(aws):
    aws.create(workshop())
    (before,) = aws.running()
    aws.update(workshop(NEWER_AMAZON_LINUX_2))
    (after,) = aws.running()
    assert aws.status() == "UPDATE_COMPLETE"
    assert after["InstanceId"] != before["InstanceId"]
    assert after["ImageId"] == NEWER_AMAZON_LINUX_2
    assert aws.outputs()["InstanceId"] == after["InstanceId"]
    assert {"Key": "aws:cloudformation:stack-name", "Value": "Workshop"} in after["Tags"]


def test_other_properties_change_the_instance_in_place(aws):
    aws.create(workshop(Tags=[{"Key": "Colour", "Value": "red"}]))
    (before,) = aws.running()
    aws.update(
        workshop(MetadataOptions={"HttpTokens": "required"}, Tags=[{"Key": "Shape", "Value": "round"}])
    )
    (after,) = aws.running()
    assert after["InstanceId"] == before["InstanceId"]
    assert after["MetadataOptions"]["HttpTokens"] == "required"
    tags = {tag["Key"] for tag in after["Tags"]}
    assert "Shape" in tags
    assert "Colour" not in tags

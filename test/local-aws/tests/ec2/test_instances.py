from __future__ import annotations

import base64

import pytest
from botocore.exceptions import ClientError
from workshop import (
    AMAZON_LINUX_2,
    AMAZON_LINUX_2_FOR_ARM,
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


def test_a_type_of_apple_hardware_is_launched_on_a_dedicated_host_only(aws):
    aws.create(instance_only(instance_type="mac2.metal"))
    assert "The requested configuration is currently not supported" in aws.failure()
    assert aws.running() == []


def test_a_key_pair_that_does_not_exist_is_refused(aws):
    refused = refusal(aws, ImageId=AMAZON_LINUX_2, InstanceType="t3.micro", KeyName="lost")
    assert refused == "InvalidKeyPair.NotFound"


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


def test_a_protected_instance_keeps_its_stack_from_being_deleted(aws):
    aws.create(workshop(DisableApiTermination=True))
    stack_id = aws.events()[0]["StackId"]
    aws.client("cloudformation").delete_stack(StackName="Workshop")
    assert aws.status() == "DELETE_FAILED"
    assert "may not be terminated. Modify its 'disableApiTermination' instance attribute" in aws.failure()
    (instance,) = aws.running()
    assert aws.client("ec2").describe_subnets(SubnetIds=[instance["SubnetId"]])["Subnets"]
    aws.client("ec2").modify_instance_attribute(
        InstanceId=instance["InstanceId"], DisableApiTermination={"Value": False}
    )
    aws.client("cloudformation").delete_stack(StackName="Workshop")
    assert aws.status(stack_id) == "DELETE_COMPLETE"
    assert aws.running() == []


def test_a_protection_that_is_taken_away_lets_the_stack_go(aws):
    aws.create(workshop(DisableApiTermination=True))
    aws.update(workshop(DisableApiTermination=False))
    aws.client("cloudformation").delete_stack(StackName="Workshop")
    assert aws.running() == []


def test_an_instance_is_monitored_in_detail_as_its_template_says(aws):
    aws.create(workshop(Monitoring=True))
    assert aws.running()[0]["Monitoring"] == {"State": "enabled"}
    aws.update(workshop(Monitoring=False))
    assert aws.running()[0]["Monitoring"] == {"State": "disabled"}


def test_the_tags_of_an_instance_go_to_its_volumes_if_the_template_says_so(aws):
    aws.create(instance_only(PropagateTagsToVolumeOnCreation=True, Tags=[{"Key": "Seat", "Value": "a"}]))
    (volume,) = aws.client("ec2").describe_volumes()["Volumes"]
    assert {"Key": "Seat", "Value": "a"} in volume["Tags"]


def test_a_type_that_does_not_fit_the_image_is_refused_in_an_update_too(aws):
    aws.create(instance_only())
    aws.update(instance_only(instance_type="t4g.micro"))
    assert aws.status() == "UPDATE_ROLLBACK_COMPLETE"
    assert "does not match the architecture 'x86_64' of the specified AMI" in aws.failure()
    assert aws.running()[0]["InstanceType"] == "t3.micro"


def test_a_property_that_would_be_ignored_is_refused(aws):
    aws.create(instance_only(Affinity="host"))
    assert "The local AWS does not know Affinity of AWS::EC2::Instance." in aws.failure()


def test_the_zones_that_offer_a_type_can_be_asked(aws):
    offerings = aws.client("ec2").describe_instance_type_offerings(
        LocationType="availability-zone", Filters=[{"Name": "instance-type", "Values": ["t3.micro"]}]
    )["InstanceTypeOfferings"]
    assert {offering["Location"] for offering in offerings} == {"eu-west-3a", "eu-west-3b", "eu-west-3c"}


def test_an_instance_tells_its_cores_and_what_it_is_billed_as(aws):
    aws.create(instance_only())
    (instance,) = aws.running()
    assert instance["CpuOptions"] == {"CoreCount": 1, "ThreadsPerCore": 2}
    assert (instance["PlatformDetails"], instance["UsageOperation"]) == ("Linux/UNIX", "RunInstances")
    images = aws.client("ec2").describe_images(Owners=["309956199498"])["Images"]
    assert {image["PlatformDetails"] for image in images} == {"Red Hat Enterprise Linux"}


def test_a_stack_goes_whose_instance_was_terminated_by_hand(aws):
    template = workshop()
    template["Resources"]["Address"] = resource("EIP", Domain="vpc", InstanceId=ref("Instance"))
    aws.create(template)
    stack_id = aws.events()[0]["StackId"]
    (instance,) = aws.running()
    aws.client("ec2").terminate_instances(InstanceIds=[instance["InstanceId"]])
    aws.client("cloudformation").delete_stack(StackName="Workshop")
    assert aws.status(stack_id) == "DELETE_COMPLETE"
    assert aws.client("ec2").describe_addresses()["Addresses"] == []

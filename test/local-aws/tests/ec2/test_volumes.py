from __future__ import annotations

import pytest
from botocore.exceptions import ClientError
from workshop import AMAZON_LINUX_2, instance_only


def volumes(aws):
    found = aws.client("ec2").describe_volumes()["Volumes"]
    return {volume["Attachments"][0]["Device"]: volume for volume in found}


def mapping(device: str, **settings) -> dict:
    return {"DeviceName": device, "Ebs": settings}


def test_an_instance_has_the_root_volume_of_its_image(aws):
    aws.create(instance_only(AMAZON_LINUX_2))
    found = volumes(aws)
    assert list(found) == ["/dev/xvda"]
    assert found["/dev/xvda"]["Size"] == 8
    assert found["/dev/xvda"]["VolumeType"] == "gp2"
    assert found["/dev/xvda"]["Encrypted"] is False


def test_a_mapping_of_the_root_device_changes_the_root_volume(aws):
    settings = {"VolumeSize": 20, "VolumeType": "gp3", "Encrypted": True, "Iops": 4000, "Throughput": 200}
    aws.create(instance_only(BlockDeviceMappings=[mapping("/dev/xvda", **settings)]))
    found = volumes(aws)
    assert list(found) == ["/dev/xvda"]
    assert found["/dev/xvda"]["Size"] == 20
    assert found["/dev/xvda"]["VolumeType"] == "gp3"
    assert found["/dev/xvda"]["Encrypted"] is True
    assert found["/dev/xvda"]["Iops"] == 4000


def test_a_mapping_of_another_device_adds_a_volume(aws):
    aws.create(instance_only(BlockDeviceMappings=[mapping("/dev/sdf", VolumeSize=5)]))
    assert {device: volume["Size"] for device, volume in volumes(aws).items()} == {
        "/dev/xvda": 8,
        "/dev/sdf": 5,
    }


def test_the_instance_tells_its_root_volume(aws):
    aws.create(instance_only(BlockDeviceMappings=[mapping("/dev/xvda", Encrypted=True)]))
    (instance,) = aws.running()
    (device,) = instance["BlockDeviceMappings"]
    assert device["DeviceName"] == instance["RootDeviceName"]
    assert device["Ebs"]["VolumeId"] == volumes(aws)["/dev/xvda"]["VolumeId"]


def test_volumes_go_with_their_instance(aws):
    aws.create(instance_only(BlockDeviceMappings=[mapping("/dev/sdf", VolumeSize=5)]))
    aws.client("cloudformation").delete_stack(StackName="Workshop")
    assert volumes(aws) == {}


def test_a_volume_smaller_than_what_the_image_holds_is_refused_and_starts_nothing(aws):
    mappings = [{"DeviceName": "/dev/xvda", "Ebs": {"VolumeSize": 7}}]
    with pytest.raises(ClientError, match="InvalidBlockDeviceMapping.*size 7GB is smaller .* size>= 8GB"):
        aws.client("ec2").run_instances(
            ImageId=AMAZON_LINUX_2,
            InstanceType="t3.micro",
            MinCount=1,
            MaxCount=1,
            BlockDeviceMappings=mappings,
        )
    assert aws.running() == []

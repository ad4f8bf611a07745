from __future__ import annotations

import pytest
from botocore.exceptions import ClientError
from workshop import instance_only


def root_volume(aws, instance_id):
    ec2 = aws.client("ec2")
    (reservation,) = ec2.describe_instances(InstanceIds=[instance_id])["Reservations"]
    (device,) = reservation["Instances"][0]["BlockDeviceMappings"]
    return device["Ebs"]["VolumeId"]


def test_a_root_volume_is_replaced_by_one_like_it(aws):
    ec2 = aws.client("ec2")
    mapping = {"DeviceName": "/dev/xvda", "Ebs": {"Encrypted": True, "VolumeType": "gp3"}}
    aws.create(instance_only(BlockDeviceMappings=[mapping]))
    (instance,) = aws.running()
    before = root_volume(aws, instance["InstanceId"])
    task = ec2.create_replace_root_volume_task(
        InstanceId=instance["InstanceId"], DeleteReplacedRootVolume=True
    )["ReplaceRootVolumeTask"]
    assert task["TaskState"] == "pending"
    (ended,) = ec2.describe_replace_root_volume_tasks(
        ReplaceRootVolumeTaskIds=[task["ReplaceRootVolumeTaskId"]]
    )["ReplaceRootVolumeTasks"]
    assert ended["TaskState"] == "succeeded"

    (volume,) = ec2.describe_volumes()["Volumes"]
    assert volume["VolumeId"] == root_volume(aws, instance["InstanceId"]) != before
    assert (volume["Encrypted"], volume["VolumeType"]) == (True, "gp3")
    aws.client("cloudformation").delete_stack(StackName="Workshop")
    assert ec2.describe_volumes()["Volumes"] == []


def test_the_volume_that_is_replaced_is_kept_unless_it_is_to_be_deleted(aws):
    aws.create(instance_only())
    (instance,) = aws.running()
    before = root_volume(aws, instance["InstanceId"])
    aws.client("ec2").create_replace_root_volume_task(InstanceId=instance["InstanceId"])
    states = {each["VolumeId"]: each["State"] for each in aws.client("ec2").describe_volumes()["Volumes"]}
    assert states[before] == "available"


def test_an_instance_that_does_not_run_is_refused(aws):
    aws.create(instance_only())
    (instance,) = aws.running()
    aws.client("ec2").stop_instances(InstanceIds=[instance["InstanceId"]])
    with pytest.raises(ClientError, match="IncorrectInstanceState"):
        aws.client("ec2").create_replace_root_volume_task(InstanceId=instance["InstanceId"])
    with pytest.raises(ClientError, match="InvalidReplaceRootVolumeTaskID.NotFound"):
        aws.client("ec2").describe_replace_root_volume_tasks(ReplaceRootVolumeTaskIds=["replacevol-0"])

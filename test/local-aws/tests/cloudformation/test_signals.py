from __future__ import annotations

import json
import time
from typing import Any

import pytest
from botocore.exceptions import ClientError
from workshop import (
    AMAZON_LINUX_2,
    NEWER_AMAZON_LINUX_2,
    attribute,
    instance_only,
    ref,
    resource,
    workshop,
)


def signalled(template: dict[str, Any], timeout: str = "PT5M", count: int = 1) -> dict[str, Any]:
    """A template whose instance waits for signals."""
    policy = {"ResourceSignal": {"Timeout": timeout, "Count": count}}
    template["Resources"]["Instance"]["CreationPolicy"] = policy
    return template


def signal(aws, unique_id: str, status: str = "SUCCESS", name: str = "Instance") -> None:
    aws.client("cloudformation").signal_resource(
        StackName="Workshop", LogicalResourceId=name, UniqueId=unique_id, Status=status
    )


def instance_id(aws, name: str = "Instance") -> str:
    cloudformation = aws.client("cloudformation")
    found = cloudformation.describe_stack_resource(StackName="Workshop", LogicalResourceId=name)
    return found["StackResourceDetail"]["PhysicalResourceId"]


def reasons(aws, name: str = "Instance") -> list[tuple[str, str | None]]:
    return [
        (event["ResourceStatus"], event.get("ResourceStatusReason"))
        for event in aws.events()
        if event["LogicalResourceId"] == name
    ]


def settled(aws) -> str:
    """The status of the stack, once nothing more is going on."""
    for _ in range(200):
        status = aws.status()
        if not status.endswith("_IN_PROGRESS"):
            return status
        time.sleep(0.05)
    raise AssertionError(f"The stack is still {status}.")


def test_a_stack_waits_for_the_signal_of_its_instance(aws):
    aws.create(signalled(workshop()))
    assert aws.status() == "CREATE_IN_PROGRESS"
    (instance,) = aws.running()
    signal(aws, instance["InstanceId"])
    assert settled(aws) == "CREATE_COMPLETE"
    assert aws.outputs()["InstanceId"] == instance["InstanceId"]
    assert reasons(aws) == [
        ("CREATE_IN_PROGRESS", None),
        ("CREATE_IN_PROGRESS", "Resource creation Initiated"),
        ("CREATE_IN_PROGRESS", f"Received SUCCESS signal with UniqueId {instance['InstanceId']}"),
        ("CREATE_COMPLETE", None),
    ]


def test_an_instance_that_reports_a_failure_is_rolled_back(aws):
    aws.create(signalled(workshop()))
    (instance,) = aws.running()
    signal(aws, instance["InstanceId"], "FAILURE")
    assert settled(aws) == "ROLLBACK_COMPLETE"
    assert aws.running() == []
    assert (
        "CREATE_FAILED",
        f"Received FAILURE signal with UniqueId {instance['InstanceId']}",
    ) in reasons(aws)


def test_a_signal_that_does_not_come_in_time_fails_the_stack(aws):
    aws.create(signalled(workshop(), "PT1S"))
    assert settled(aws) == "ROLLBACK_COMPLETE"
    reason = "Failed to receive 1 resource signal(s) within the specified duration"
    assert ("CREATE_FAILED", reason) in reasons(aws)


def test_nothing_but_what_needs_an_instance_waits_for_it(aws):
    template = signalled(instance_only())
    template["Resources"]["Before"] = resource("SecurityGroup", GroupDescription="Before")
    template["Resources"]["After"] = {
        **resource("SecurityGroup", GroupDescription="After"),
        "DependsOn": "Instance",
    }
    aws.create(template)
    assert reasons(aws, "Before")[-1][0] == "CREATE_COMPLETE"
    assert reasons(aws, "After") == []
    signal(aws, instance_id(aws))
    assert settled(aws) == "CREATE_COMPLETE"
    assert reasons(aws, "After")[-1][0] == "CREATE_COMPLETE"


def test_all_instances_wait_at_the_same_time_and_are_given_up_together(aws):
    template = signalled(instance_only())
    template["Resources"]["Second"] = template["Resources"]["Instance"]
    aws.create(template)
    assert len(aws.running()) == 2
    signal(aws, instance_id(aws, "Second"), "FAILURE", "Second")
    assert settled(aws) == "ROLLBACK_COMPLETE"
    assert ("CREATE_FAILED", "Resource creation cancelled") in reasons(aws)
    assert reasons(aws, "Workshop")[1] == (
        "ROLLBACK_IN_PROGRESS",
        "The following resource(s) failed to create: [Second, Instance]. Rollback requested by user.",
    )


def test_a_policy_that_needs_no_signal_is_not_waited_for(aws):
    aws.create(signalled(instance_only(), count=0))
    assert settled(aws) == "CREATE_COMPLETE"


def test_a_group_waits_for_as_many_signals_as_its_policy_says(aws):
    template = {
        "Resources": {
            "Template": resource(
                "LaunchTemplate", LaunchTemplateData={"ImageId": AMAZON_LINUX_2, "InstanceType": "t3.micro"}
            ),
            "Group": {
                "Type": "AWS::AutoScaling::AutoScalingGroup",
                "CreationPolicy": {"ResourceSignal": {"Count": 2}},
                "Properties": {
                    "AvailabilityZones": {"Fn::GetAZs": ""},
                    "LaunchTemplate": {
                        "LaunchTemplateId": ref("Template"),
                        "Version": attribute("Template", "LatestVersionNumber"),
                    },
                    "MinSize": "2",
                    "MaxSize": "2",
                },
            },
        }
    }
    aws.create(template)
    first, second = [instance["InstanceId"] for instance in aws.running()]
    signal(aws, first, name="Group")
    signal(aws, first, name="Group")
    assert aws.status() == "CREATE_IN_PROGRESS"
    signal(aws, second, name="Group")
    assert settled(aws) == "CREATE_COMPLETE"


def test_other_stacks_are_deployed_while_one_waits(aws):
    aws.create(signalled(instance_only()))
    aws.create(instance_only(), "Other")
    assert (aws.status(), aws.status("Other")) == ("CREATE_IN_PROGRESS", "CREATE_COMPLETE")


def test_only_the_instance_itself_can_signal(aws):
    aws.create(signalled(instance_only()))
    with pytest.raises(ClientError, match="and not i-0123456789abcdef0"):
        signal(aws, "i-0123456789abcdef0")
    with pytest.raises(ClientError, match="Resource Other of stack Workshop waits for no signal"):
        signal(aws, instance_id(aws), name="Other")
    assert aws.status() == "CREATE_IN_PROGRESS"


def test_a_stack_that_is_complete_cannot_be_signalled(aws):
    aws.create(instance_only())
    with pytest.raises(ClientError, match="is in CREATE_COMPLETE state and cannot be signaled"):
        signal(aws, instance_id(aws))


def test_a_waiting_stack_can_be_deleted_but_not_updated(aws):
    aws.create(signalled(workshop()))
    with pytest.raises(ClientError, match="is in CREATE_IN_PROGRESS state and can not be updated"):
        aws.update(workshop())
    aws.client("cloudformation").delete_stack(StackName="Workshop")
    assert aws.running() == []


def test_an_instance_that_takes_the_place_of_another_is_waited_for(aws):
    aws.create(workshop())
    (before,) = aws.running()
    aws.update(signalled(workshop(NEWER_AMAZON_LINUX_2)))
    assert aws.status() == "UPDATE_IN_PROGRESS"
    assert len(aws.running()) == 2
    signal(aws, instance_id(aws))
    assert settled(aws) == "UPDATE_COMPLETE"
    (after,) = aws.running()
    assert after["InstanceId"] != before["InstanceId"]
    assert aws.outputs()["InstanceId"] == after["InstanceId"]


def test_the_old_instance_stays_if_the_new_one_fails(aws):
    aws.create(workshop())
    (before,) = aws.running()
    aws.update(signalled(workshop(NEWER_AMAZON_LINUX_2)))
    signal(aws, instance_id(aws), "FAILURE")
    assert settled(aws) == "UPDATE_ROLLBACK_COMPLETE"
    assert [instance["InstanceId"] for instance in aws.running()] == [before["InstanceId"]]
    assert instance_id(aws) == before["InstanceId"]


def test_an_instance_that_is_changed_in_place_is_not_waited_for(aws):
    aws.create(workshop())
    aws.update(signalled(workshop(Tags=[{"Key": "Colour", "Value": "red"}])))
    assert aws.status() == "UPDATE_COMPLETE"


def test_a_stack_can_be_told_to_leave_what_failed(aws):
    cloudformation = aws.client("cloudformation")
    cloudformation.create_change_set(
        StackName="Workshop",
        ChangeSetName="deployment",
        ChangeSetType="CREATE",
        TemplateBody=json.dumps(signalled(workshop())),
    )
    cloudformation.execute_change_set(StackName="Workshop", ChangeSetName="deployment", DisableRollback=True)
    signal(aws, instance_id(aws), "FAILURE")
    assert settled(aws) == "CREATE_FAILED"
    assert len(aws.running()) == 1
    cloudformation.delete_stack(StackName="Workshop")
    assert aws.running() == []


def test_a_waiting_stack_does_not_survive_a_reset(aws):
    aws.create(signalled(instance_only(), "PT1S"))
    aws.reset()
    aws.create(instance_only())
    time.sleep(1.5)
    assert aws.status() == "CREATE_COMPLETE"
    assert len(aws.running()) == 1

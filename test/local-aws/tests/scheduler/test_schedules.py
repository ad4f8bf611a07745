from __future__ import annotations

import json
from typing import Any

import pytest
from botocore.exceptions import ClientError
from workshop import NEWER_AMAZON_LINUX_2, attribute, instance_only, ref, role

STOP = "arn:aws:scheduler:::aws-sdk:ec2:stopInstances"


def with_schedule(service: str = "scheduler.amazonaws.com", **properties: Any) -> dict[str, Any]:
    """An instance that is stopped every evening."""
    template = instance_only()
    template["Resources"].update(
        Role=role(service),
        Schedule={
            "Type": "AWS::Scheduler::Schedule",
            "Properties": {
                "FlexibleTimeWindow": {"Mode": "OFF"},
                "ScheduleExpression": "cron(0 18 ? * MON-FRI *)",
                "ScheduleExpressionTimezone": "Europe/Paris",
                "Target": {
                    "Arn": STOP,
                    "RoleArn": attribute("Role", "Arn"),
                    "Input": {"Fn::Join": ["", ['{"InstanceIds":["', ref("Instance"), '"]}']]},
                },
                **properties,
            },
        },
    )
    template["Outputs"]["Schedule"] = {"Value": ref("Schedule")}
    return template


def schedule(aws) -> dict[str, Any]:
    return aws.client("scheduler").get_schedule(Name=aws.outputs()["Schedule"])


def test_a_schedule_is_as_its_template_says(aws):
    aws.create(with_schedule(Description="Evening", StartDate="2030-01-01T00:00:00Z"))
    found = schedule(aws)
    assert found["ScheduleExpression"] == "cron(0 18 ? * MON-FRI *)"
    assert found["ScheduleExpressionTimezone"] == "Europe/Paris"
    assert (found["State"], found["GroupName"], found["Description"]) == ("ENABLED", "default", "Evening")
    assert found["StartDate"].year == 2030
    assert found["Target"]["Arn"] == STOP
    assert json.loads(found["Target"]["Input"]) == {"InstanceIds": [aws.outputs()["InstanceId"]]}


def test_a_schedule_is_changed_in_place_and_follows_its_instance(aws):
    aws.create(with_schedule())
    name = aws.outputs()["Schedule"]
    template = with_schedule(ScheduleExpression="rate(8 hours)", State="DISABLED")
    template["Resources"]["Instance"]["Properties"]["ImageId"] = NEWER_AMAZON_LINUX_2
    aws.update(template)
    found = schedule(aws)
    assert (found["Name"], found["ScheduleExpression"], found["State"]) == (name, "rate(8 hours)", "DISABLED")
    assert json.loads(found["Target"]["Input"]) == {"InstanceIds": [aws.outputs()["InstanceId"]]}


def test_another_name_makes_another_schedule(aws):
    aws.create(with_schedule(Name="one"))
    aws.update(with_schedule(Name="two"))
    schedules = aws.client("scheduler").list_schedules()["Schedules"]
    assert [found["Name"] for found in schedules] == ["two"]


def test_a_schedule_goes_with_its_stack(aws):
    aws.create(with_schedule(Name="evening"))
    aws.client("cloudformation").delete_stack(StackName="Workshop")
    with pytest.raises(ClientError, match="ResourceNotFound"):
        aws.client("scheduler").get_schedule(Name="evening")


@pytest.mark.parametrize(
    ("keywords", "reason"),
    [
        ({"service": "ec2.amazonaws.com"}, "must allow AWS EventBridge Scheduler to assume the role"),
        ({"ScheduleExpression": "cron(0 18 * * *)"}, "Invalid Schedule Expression cron(0 18 * * *)."),
        ({"ScheduleExpressionTimezone": "Paris"}, "Invalid Schedule Expression Timezone Paris."),
    ],
)
def test_what_the_scheduler_does_not_take_is_refused(aws, keywords, reason):
    aws.create(with_schedule(**keywords))
    assert aws.status() == "ROLLBACK_COMPLETE"
    assert reason in aws.failure()

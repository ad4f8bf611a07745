"""AWS::Scheduler::Schedule, which moto ignores."""

from __future__ import annotations

import re
from typing import Any

from dateutil.parser import isoparse
from dateutil.zoneinfo import get_zonefile_instance
from moto.core.common_models import CloudFormationModel
from moto.iam.models import iam_backends
from moto.scheduler.exceptions import ValidationException
from moto.scheduler.models import scheduler_backends
from moto.utilities.utils import get_partition

from local_aws.cloudformation.template_resource import ChangeableResource

SERVICE = "scheduler.amazonaws.com"
EXPRESSION = re.compile(
    r"at\(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\)|rate\(\d+ (minute|hour|day)s?\)|cron\((\S+ ){5}\S+\)"
)


class TemplateSchedule(ChangeableResource, CloudFormationModel):
    """A schedule, whose time never comes."""

    resource_type = "AWS::Scheduler::Schedule"
    name_property = "Name"
    properties = frozenset(
        {
            "Description",
            "EndDate",
            "FlexibleTimeWindow",
            "GroupName",
            "KmsKeyArn",
            "Name",
            "ScheduleExpression",
            "ScheduleExpressionTimezone",
            "StartDate",
            "State",
            "Target",
        }
    )
    attributes = {"Arn": lambda self: self._schedule.arn}

    def __init__(self, name: str, properties: dict[str, Any], account_id: str, region_name: str):
        check(properties, account_id, region_name)
        self.physical_resource_id = name
        self._account_id, self._region_name = account_id, region_name
        self._backend = scheduler_backends[account_id][region_name]
        self._schedule = self._backend.create_schedule(
            name=name,
            group_name=properties.get("GroupName"),
            action_after_completion=None,
            **settings(properties),
        )

    def change(self, properties: dict[str, Any]) -> None:
        check(properties, self._account_id, self._region_name)
        if properties.get("GroupName", "default") != self._schedule.group_name:
            raise ValidationException("A schedule cannot be moved to another group.")
        self._schedule.update(**settings(properties))

    def delete(self, account_id: str, region_name: str) -> None:
        self._backend.delete_schedule(self._schedule.group_name, self.physical_resource_id)


def settings(properties: dict[str, Any]) -> dict[str, Any]:
    return {
        "description": properties.get("Description"),
        "end_date": seconds(properties.get("EndDate")),
        "flexible_time_window": properties["FlexibleTimeWindow"],
        "kms_key_arn": properties.get("KmsKeyArn"),
        "schedule_expression": properties["ScheduleExpression"],
        "schedule_expression_timezone": properties.get("ScheduleExpressionTimezone"),
        "start_date": seconds(properties.get("StartDate")),
        "state": properties.get("State", "ENABLED"),
        "target": properties["Target"],
    }


def seconds(time: str | None) -> float | None:
    return None if time is None else isoparse(time).timestamp()


def check(properties: dict[str, Any], account_id: str, region_name: str) -> None:
    """Fail for what EventBridge Scheduler does not take."""
    expression, zone = properties["ScheduleExpression"], properties.get("ScheduleExpressionTimezone", "UTC")
    if not EXPRESSION.fullmatch(expression):
        raise ValidationException(f"Invalid Schedule Expression {expression}.")
    if get_zonefile_instance().get(zone) is None:
        raise ValidationException(f"Invalid Schedule Expression Timezone {zone}.")
    roles = iam_backends[account_id][get_partition(region_name)].roles.values()
    if not any(role.arn == properties["Target"]["RoleArn"] and trusts(role) for role in roles):
        raise ValidationException(
            "The execution role you provide must allow AWS EventBridge Scheduler to assume the role."
        )


def trusts(role: Any) -> bool:
    return SERVICE in str(role.assume_role_policy_document)

"""AWS::CloudWatch::Alarm, which moto ignores."""

from __future__ import annotations

from typing import Any

from moto.cloudwatch.models import cloudwatch_backends
from moto.core.common_models import CloudFormationModel

from local_aws.cloudformation.template_resource import ChangeableResource
from local_aws.cloudformation.templates import as_bool

ARGUMENTS = {
    "ActionsEnabled": ("actions_enabled", as_bool),
    "AlarmActions": ("alarm_actions", list),
    "AlarmDescription": ("description", str),
    "ComparisonOperator": ("comparison_operator", str),
    "DatapointsToAlarm": ("datapoints_to_alarm", int),
    "Dimensions": ("dimensions", list),
    "EvaluateLowSampleCountPercentile": ("evaluate_low_sample_count_percentile", str),
    "EvaluationPeriods": ("evaluation_periods", int),
    "ExtendedStatistic": ("extended_statistic", str),
    "InsufficientDataActions": ("insufficient_data_actions", list),
    "MetricName": ("metric_name", str),
    "Namespace": ("namespace", str),
    "OKActions": ("ok_actions", list),
    "Period": ("period", int),
    "Statistic": ("statistic", str),
    "Tags": ("tags", list),
    "Threshold": ("threshold", float),
    "TreatMissingData": ("treat_missing_data", str),
    "Unit": ("unit", str),
}
NONE = {
    "alarm_actions": [],
    "description": None,
    "dimensions": [],
    "metric_name": None,
    "namespace": None,
    "period": None,
    "statistic": None,
    "threshold": None,
}


class TemplateAlarm(ChangeableResource, CloudFormationModel):
    """An alarm of one metric; nothing measures it."""

    resource_type = "AWS::CloudWatch::Alarm"
    name_property = "AlarmName"
    properties = frozenset({"AlarmName", *ARGUMENTS})
    attributes = {"Arn": lambda self: self._alarm.alarm_arn}

    def __init__(self, name: str, properties: dict[str, Any], account_id: str, region_name: str):
        self.physical_resource_id = name
        self._backend = cloudwatch_backends[account_id][region_name]
        self.change(properties)

    def change(self, properties: dict[str, Any]) -> None:
        arguments = {
            argument: convert(properties[name])
            for name, (argument, convert) in ARGUMENTS.items()
            if name in properties
        }
        self._alarm = self._backend.put_metric_alarm(name=self.physical_resource_id, **{**NONE, **arguments})
        self._alarm.state_value = "INSUFFICIENT_DATA"

    def delete(self, account_id: str, region_name: str) -> None:
        self._backend.delete_alarms([self.physical_resource_id])

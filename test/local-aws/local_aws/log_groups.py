"""AWS::Logs::LogGroup."""

from __future__ import annotations

from typing import Any

from moto.logs.models import LogGroup, logs_backends

from local_aws.templates import tags_in
from local_aws.unsupported import refuse_unknown

REPLACING_PROPERTIES = {"LogGroupName"}


def install() -> None:
    """CloudFormation changes how long a log group keeps its events; moto cannot update one."""
    LogGroup.update_from_cloudformation_json = classmethod(update_from_template)


def update_from_template(
    cls: type[LogGroup],
    original_resource: LogGroup,
    new_resource_name: str,
    cloudformation_json: dict[str, Any],
    account_id: str,
    region_name: str,
) -> LogGroup:
    group, properties = original_resource, cloudformation_json["Properties"]
    refuse_unknown("AWS::Logs::LogGroup", properties, {"LogGroupName", "RetentionInDays", "Tags"})
    group.retention_in_days = properties.get("RetentionInDays")
    backend = logs_backends[account_id][region_name]
    backend.untag_resource(group.arn, list(tags_in(group.template_definition["Properties"])))
    backend.tag_resource(group.arn, tags_in(properties))
    return group

"""AWS::Logs::LogGroup: CloudFormation changes how long one keeps its events; moto cannot update one."""

from __future__ import annotations

from typing import Any

from moto.logs.models import LogGroup, logs_backends

from local_aws.cloudformation.templates import tags_in
from local_aws.patches import when_updated
from local_aws.unsupported import refuse_unknown


@when_updated(LogGroup)
def change_group(group: LogGroup, properties: dict[str, Any]) -> None:
    refuse_unknown("AWS::Logs::LogGroup", properties, {"LogGroupName", "RetentionInDays", "Tags"})
    group.retention_in_days = properties.get("RetentionInDays")
    backend = logs_backends[group.account_id][group.region]
    backend.untag_resource(group.arn, list(tags_in(group.template_definition["Properties"])))
    backend.tag_resource(group.arn, tags_in(properties))

"""What a stack tells of its resources.

CloudFormation tells the metadata of a resource and how and when the resource last changed, finds a stack by
what is in it, and gives times in JSON as numbers; moto tells the status of the stack for that of each
resource, and nothing of those of a deleted stack."""

from __future__ import annotations

import json
from typing import Any

from moto.cloudformation.exceptions import ValidationError
from moto.cloudformation.models import CloudFormationBackend, Stack
from moto.cloudformation.responses import CloudFormationResponse
from moto.core.responses import ActionResult
from moto.core.serialize import QueryJSONSerializer

from local_aws.cloudformation.stack_resources import physical_id
from local_aws.patches import replaces

QueryJSONSerializer.DEFAULT_TIMESTAMP_FORMAT = "unixtimestamp"


@replaces(CloudFormationResponse)
def describe_stack_resource(self: CloudFormationResponse) -> ActionResult:
    stack, name = self.cloudformation_backend.get_stack(self._get_param("StackName")), logical_id(self)
    for description in descriptions(stack):
        if description["LogicalResourceId"] == name:
            metadata = stack.resource_map[name].template_definition.get("Metadata")
            described = {**description, "Metadata": json.dumps(metadata, default=str) if metadata else None}
            return ActionResult({"StackResourceDetail": described})
    raise ValidationError(message=f"Resource {name} does not exist for stack {stack.name}")


@replaces(CloudFormationResponse)
def describe_stack_resources(self: CloudFormationResponse) -> ActionResult:
    found_by = self._get_param("PhysicalResourceId")
    if found_by:
        stack = stack_with(self.cloudformation_backend, found_by)
    else:
        stack = self.cloudformation_backend.get_stack(self._get_param("StackName"))
    name = logical_id(self)
    described = [
        description for description in descriptions(stack) if name in (None, description["LogicalResourceId"])
    ]
    return ActionResult({"StackResources": described})


@replaces(CloudFormationResponse)
def list_stack_resources(self: CloudFormationResponse) -> ActionResult:
    stack = self.cloudformation_backend.get_stack(self._get_param("StackName"))
    return ActionResult({"StackResourceSummaries": descriptions(stack)})


def logical_id(response: CloudFormationResponse) -> str | None:
    return response._get_param("LogicalResourceId")


def stack_with(backend: CloudFormationBackend, found_by: str) -> Stack:
    for stack in backend.stacks.values():
        if any(physical_id(resource) == found_by for resource in stack.stack_resources):
            return stack
    raise ValidationError(message=f"Stack for {found_by} does not exist")


def descriptions(stack: Stack) -> list[dict[str, Any]]:
    """What is told of each resource of a stack, with the names of all calls."""
    last_events = {
        event.logical_resource_id: event
        for event in stack.events
        if event.physical_resource_id != stack.stack_id
    }
    if stack.status == "DELETE_COMPLETE":
        gone = set(names_deleted_with(stack))
        return [
            description(stack, event.physical_resource_id, event.resource_type, event)
            for name, event in last_events.items()
            if name in gone
        ]
    return [
        description(
            stack,
            physical_id(resource),
            resource.cf_resource_type,
            last_events[resource.logical_resource_id],
        )
        for resource in stack.stack_resources
    ]


def names_deleted_with(stack: Stack) -> list[str]:
    """The resources that a stack had when it was deleted."""
    starts = [
        number
        for number, event in enumerate(stack.events)
        if event.physical_resource_id == stack.stack_id and event.resource_status == "DELETE_IN_PROGRESS"
    ]
    return [event.logical_resource_id for event in list(stack.events)[starts[-1] :]] if starts else []


def description(stack: Stack, resource_id: str, resource_type: str, event: Any) -> dict[str, Any]:
    return {
        "StackName": stack.name,
        "StackId": stack.stack_id,
        "LogicalResourceId": event.logical_resource_id,
        "PhysicalResourceId": resource_id,
        "ResourceType": resource_type,
        "ResourceStatus": event.resource_status,
        "ResourceStatusReason": event.resource_status_reason,
        "LastUpdatedTimestamp": event.timestamp,
        "Timestamp": event.timestamp,
    }

"""The resources of a stack: making, changing and deleting one of them."""

from __future__ import annotations

import sys
import traceback
from typing import Any

from moto.cloudformation import parsing
from moto.cloudformation.models import Stack, cloudformation_backends
from moto.cloudformation.parsing import ResourceMap
from moto.ec2.models import ec2_backends
from moto.ec2.models.core import TaggedEC2Resource

from local_aws.stack_events import add_resource_event


class ResourceFailure(Exception):
    """What went wrong with which resource of a stack."""

    def __init__(self, logical_id: str, resource_type: str, cause: Exception):
        super().__init__(f"{logical_id}: {cause}")
        self.logical_id = logical_id
        self.resource_type = resource_type
        self.cause = cause


def install() -> None:
    """CloudFormation tells of every resource, and tags it; moto tells only of the stack, and tags no
    resource that comes with an update."""
    create_resource = parsing.parse_and_create_resource

    def create_and_tell(
        logical_id: str,
        resource_json: dict[str, Any],
        resources_map: ResourceMap,
        account_id: str,
        region_name: str,
    ) -> Any:
        resource_type = resource_json["Type"]
        try:
            resource = create_resource(logical_id, resource_json, resources_map, account_id, region_name)
        except ResourceFailure:
            raise
        except Exception as error:
            raise ResourceFailure(logical_id, resource_type, error) from error
        if resource is not None:
            tag(resources_map, logical_id, resource)
            stack = stack_of(resources_map)
            add_resource_event(stack, logical_id, resource_type, "CREATE_IN_PROGRESS")
            add_resource_event(stack, logical_id, resource_type, "CREATE_COMPLETE", physical_id(resource))
        return resource

    parsing.parse_and_create_resource = create_and_tell
    ResourceMap.delete = delete_all


def stack_of(resources: ResourceMap) -> Stack:
    return cloudformation_backends[resources._account_id][resources._region_name].stacks[resources.stack_id]


def physical_id(resource: Any) -> str:
    return str(getattr(resource, "physical_resource_id", ""))


def tag(resources: ResourceMap, logical_id: str, resource: Any) -> None:
    """Mark a resource as one of its stack's, the way CloudFormation does."""
    if not isinstance(resource, TaggedEC2Resource):
        return
    tags = {
        **resources.tags,
        "aws:cloudformation:stack-name": resources["AWS::StackName"],
        "aws:cloudformation:stack-id": resources.stack_id,
        "aws:cloudformation:logical-id": logical_id,
    }
    ec2_backends[resources._account_id][resources._region_name].create_tags([physical_id(resource)], tags)


def update_resource(resources: ResourceMap, logical_id: str, definition: dict[str, Any]) -> None:
    """Bring a resource to a new definition; one that cannot be changed stays as it is."""
    before = resources._parsed_resources.get(logical_id)
    if before is None:
        return
    stack, resource_type = stack_of(resources), definition["Type"]
    add_resource_event(stack, logical_id, resource_type, "UPDATE_IN_PROGRESS", physical_id(before))
    try:
        after = parsing.parse_and_update_resource(
            logical_id, definition, resources, resources._account_id, resources._region_name
        )
    except Exception as error:
        raise ResourceFailure(logical_id, resource_type, error) from error
    if after is None:
        print(
            f"local_aws: {resource_type} cannot be updated here; {logical_id} stays as it was.",
            file=sys.stderr,
        )
        after = before
    if after is not before:
        tag(resources, logical_id, after)
    resources._parsed_resources[logical_id] = after
    add_resource_event(stack, logical_id, resource_type, "UPDATE_COMPLETE", physical_id(after))


def delete_all(resources: ResourceMap) -> None:
    """Delete what the stack has, but not what it is told to retain."""
    delete_resources(resources, resources._resource_json_map)


def delete_resources(resources: ResourceMap, definitions: dict[str, dict[str, Any]]) -> None:
    """Delete those of these resources that exist, in as many passes as their dependencies need."""
    remaining = [
        logical_id
        for logical_id, definition in definitions.items()
        if resources._parsed_resources.get(logical_id) is not None
        and definition.get("DeletionPolicy") != "Retain"
    ]
    while remaining:
        failures: list[ResourceFailure] = []
        for logical_id in reversed(remaining):
            try:
                delete_resource(resources, logical_id, definitions[logical_id])
            except Exception as error:
                failures.append(ResourceFailure(logical_id, definitions[logical_id]["Type"], error))
        if len(failures) == len(remaining):
            raise failures[0]
        remaining = [failure.logical_id for failure in reversed(failures)]


def delete_resource(resources: ResourceMap, logical_id: str, definition: dict[str, Any]) -> None:
    resource = resources._parsed_resources[logical_id]
    resources._delete_resource(resource, definition)
    del resources._parsed_resources[logical_id]
    add_resource_event(
        stack_of(resources), logical_id, definition["Type"], "DELETE_COMPLETE", physical_id(resource)
    )


def report_failure(stack: Stack, error: Exception, doing: str) -> str:
    """Tell of a failure in the events of the stack; the reason for the stack's own failure is returned.

    What AWS would not refuse is an error of this program, and is printed as well.
    """
    cause = error.cause if isinstance(error, ResourceFailure) else error
    message = getattr(cause, "message", None)
    if message is None:
        traceback.print_exception(type(cause), cause, cause.__traceback__)
        message = f"{type(cause).__name__}: {cause}"
    if not isinstance(error, ResourceFailure):
        return str(message)
    code = getattr(cause, "code", type(cause).__name__)
    add_resource_event(
        stack,
        error.logical_id,
        error.resource_type,
        f"{doing}_FAILED",
        reason=f'Resource handler returned message: "{message}" '
        f"(RequestToken: local, HandlerErrorCode: {code})",
    )
    return f"The following resource(s) failed to {doing.lower()}: [{error.logical_id}]."

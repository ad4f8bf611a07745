"""The resources of a stack: making, changing and deleting one of them."""

from __future__ import annotations

import copy
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from moto.cloudformation import parsing
from moto.cloudformation.exceptions import CloudFormationError
from moto.cloudformation.models import Stack, cloudformation_backends
from moto.cloudformation.parsing import ResourceMap
from moto.ec2.models.core import TaggedEC2Resource

from local_aws.cloudformation.signals import SignalWait, signals_to_wait_for
from local_aws.cloudformation.stack_events import add_resource_event
from local_aws.cloudformation.templates import changed_properties, tags_in
from local_aws.patches import replaces

NEW_RESOURCE_NEEDED = "Requested update requires the creation of a new physical resource; hence creating one."


class ResourceFailure(Exception):
    """Which resources could not be created, updated or deleted; their events tell why."""

    def __init__(self, doing: str, logical_ids: list[str]):
        super().__init__(doing, logical_ids)
        self.doing = doing
        self.logical_ids = logical_ids

    @property
    def message(self) -> str:
        return f"The following resource(s) failed to {self.doing.lower()}: [{', '.join(self.logical_ids)}]."


@replaces(ResourceMap, "__getitem__")
def made_or_given(resources: ResourceMap, name: str) -> Any:
    """A resource, parameter or mapping; nothing for a resource not yet made, which moto would make."""
    if name in resources._parsed_resources:
        return resources._parsed_resources[name]
    if name in resources._resource_json_map:
        return None
    raise KeyError(name)


def stack_of(resources: ResourceMap) -> Stack:
    return cloudformation_backends[resources._account_id][resources._region_name].stacks[resources.stack_id]


def physical_id(resource: Any) -> str:
    return str(getattr(resource, "physical_resource_id", ""))


def is_wanted(resources: ResourceMap, logical_id: str) -> bool:
    """Whether a stack is to have this resource: its template does, and the condition holds."""
    definition = resources._resource_json_map.get(logical_id)
    if definition is None:
        return False
    condition = definition.get("Condition")
    return condition is None or bool(resources.lazy_condition_map[condition])


def resolved(resources: ResourceMap, logical_id: str) -> dict[str, Any]:
    """What the template says of a resource that there is code for, with the values of its functions."""
    return parsing.parse_resource(resources._resource_json_map[logical_id], resources)[1]


def create_resource(resources: ResourceMap, logical_id: str) -> SignalWait | None:
    """Make a resource, unless there is no code for it. What it has to wait for is returned."""
    if parsing.resource_class_from_type(resources._resource_json_map[logical_id]["Type"]) is None:
        return None
    tell(resources, logical_id, "CREATE_IN_PROGRESS")
    return make(resources, logical_id, "CREATE")


def replace_resource(resources: ResourceMap, logical_id: str) -> SignalWait | None:
    """Make a resource in the place of one that goes on to exist. What it has to wait for is returned."""
    tell(resources, logical_id, "UPDATE_IN_PROGRESS", NEW_RESOURCE_NEEDED)
    return make(resources, logical_id, "UPDATE")


def make(resources: ResourceMap, logical_id: str, doing: str) -> SignalWait | None:
    with failure_told(resources, logical_id, doing):
        resource_class, definition, name = parsing.parse_resource_and_generate_name(
            logical_id, resources._resource_json_map[logical_id], resources
        )
        resource = resource_class.create_from_cloudformation_json(
            name,
            copy.deepcopy(definition),
            resources._account_id,
            resources._region_name,
            LogicalId=logical_id,
            StackId=resources.stack_id,
            ResourceType=definition["Type"],
        )
        remember(resources, logical_id, resource, definition)
        tell(resources, logical_id, f"{doing}_IN_PROGRESS", "Resource creation Initiated")
        wait = signals_to_wait_for(definition, resource, doing)
    if wait is None:
        tell(resources, logical_id, f"{doing}_COMPLETE")
    return wait


def remember(resources: ResourceMap, logical_id: str, resource: Any, definition: dict[str, Any]) -> None:
    """Note what a resource was made or changed by, and mark it as one of its stack's."""
    resource.logical_resource_id = logical_id
    resource.cf_resource_type = definition["Type"]
    resource.template_definition = definition
    resources._parsed_resources[logical_id] = resource
    if isinstance(resource, TaggedEC2Resource):
        tags = {
            **resources.tags,
            **tags_in(definition["Properties"]),
            "aws:cloudformation:stack-name": resources["AWS::StackName"],
            "aws:cloudformation:stack-id": resources.stack_id,
            "aws:cloudformation:logical-id": logical_id,
        }
        resource.add_tags(tags)


def change_resource(resources: ResourceMap, logical_id: str) -> None:
    """Bring a resource to what the template says of it now."""
    resource = resources._parsed_resources[logical_id]
    tell(resources, logical_id, "UPDATE_IN_PROGRESS")
    with failure_told(resources, logical_id, "UPDATE"):
        resource_class, definition, name = parsing.parse_resource_and_generate_name(
            logical_id, resources._resource_json_map[logical_id], resources
        )
        before, after = resource.template_definition["Properties"], definition["Properties"]
        changed = changed_properties(before, after)
        if "Tags" in changed and isinstance(resource, TaggedEC2Resource):
            changed.remove("Tags")
            gone = set(tags_in(before)) - set(tags_in(after))
            resource.ec2_backend.delete_tags([resource.id], dict.fromkeys(gone))
        if changed:
            resource = resource_class.update_from_cloudformation_json(
                original_resource=resource,
                new_resource_name=name,
                cloudformation_json=copy.deepcopy(definition),
                account_id=resources._account_id,
                region_name=resources._region_name,
            )
        remember(resources, logical_id, resource, definition)
    tell(resources, logical_id, "UPDATE_COMPLETE")


def refuse_unknown_change(resources: ResourceMap, logical_id: str, definition: dict[str, Any]) -> None:
    """Fail if there is no code for the change of a resource to this definition."""
    resource = resources._parsed_resources[logical_id]
    changed = changed_properties(resource.template_definition["Properties"], definition["Properties"])
    if isinstance(resource, TaggedEC2Resource):
        changed.discard("Tags")
    update = parsing.resource_class_from_type(definition["Type"]).update_from_cloudformation_json
    if changed and hasattr(update, "__isabstractmethod__"):
        with failure_told(resources, logical_id, "UPDATE"):
            raise CloudFormationError(
                "UnsupportedOperation",
                f"The local AWS cannot change {', '.join(sorted(changed))} of {definition['Type']}.",
            )


def finish(resources: ResourceMap, logical_id: str, wait: SignalWait) -> None:
    """Tell how a resource ended that has waited."""
    if wait.failure is None:
        tell(resources, logical_id, f"{wait.doing}_COMPLETE")
    else:
        tell(resources, logical_id, f"{wait.doing}_FAILED", wait.failure)
        raise ResourceFailure(wait.doing, [logical_id])


def delete_resource(resources: ResourceMap, logical_id: str, resource: Any) -> None:
    """Delete a resource of the stack, or one that has been replaced."""
    tell(resources, logical_id, "DELETE_IN_PROGRESS", resource=resource)
    with failure_told(resources, logical_id, "DELETE", resource):
        resources._delete_resource(resource, resource.template_definition)
    tell(resources, logical_id, "DELETE_COMPLETE", resource=resource)
    forget(resources, logical_id, resource)


def leave_resource(resources: ResourceMap, logical_id: str, resource: Any) -> None:
    tell(resources, logical_id, "DELETE_SKIPPED", resource=resource)
    forget(resources, logical_id, resource)


def forget(resources: ResourceMap, logical_id: str, resource: Any) -> None:
    if resources._parsed_resources.get(logical_id) is resource:
        del resources._parsed_resources[logical_id]


def tell(
    resources: ResourceMap, logical_id: str, status: str, reason: str | None = None, resource: Any = None
) -> None:
    """Add an event of a resource to those of the stack."""
    if resource is None:
        resource = resources._parsed_resources.get(logical_id)
    definition = resources._resource_json_map.get(logical_id) or resource.template_definition
    add_resource_event(
        stack_of(resources), logical_id, definition["Type"], status, physical_id(resource), reason
    )


@contextmanager
def failure_told(resources: ResourceMap, logical_id: str, doing: str, resource: Any = None) -> Iterator[None]:
    try:
        yield
    except Exception as error:
        code = getattr(error, "code", type(error).__name__)
        tell(
            resources,
            logical_id,
            f"{doing}_FAILED",
            f'Resource handler returned message: "{message_of(error)}" '
            f"(RequestToken: local, HandlerErrorCode: {code})",
            resource,
        )
        raise ResourceFailure(doing, [logical_id]) from error


def message_of(error: Exception) -> str:
    """What AWS would say; what it would not refuse is an error of this program, and is printed as well."""
    message = getattr(error, "message", None)
    if message is None:
        traceback.print_exception(type(error), error, error.__traceback__)
        message = f"{type(error).__name__}: {error}"
    return str(message)

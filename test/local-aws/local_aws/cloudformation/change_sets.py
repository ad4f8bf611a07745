"""Change sets, by which the command line deploys and tells differences.

CloudFormation says what a change set changes, and creates or updates the stack as if it were asked to
directly; moto gives names only, applies a change set without outputs, tags or a way back, and confuses the
change sets of two stacks if they share a name."""

from __future__ import annotations

import json
from typing import Any

from moto.cloudformation.exceptions import AlreadyExistsException, CloudFormationError
from moto.cloudformation.models import Change, ChangeSet, CloudFormationBackend, Stack
from moto.cloudformation.parsing import ResourceMap
from moto.cloudformation.responses import CloudFormationResponse
from moto.core.responses import ActionResult, EmptyResult

from local_aws.cloudformation.operations import carry_out
from local_aws.cloudformation.replacements import requires_recreation
from local_aws.cloudformation.stack_changes import changed_parameters, loaded, resource_changes
from local_aws.cloudformation.stack_resources import physical_id
from local_aws.cloudformation.stack_steps import sorter_of
from local_aws.cloudformation.stacks import (
    create_or_roll_back,
    delete_change_sets,
    find_stack,
    is_unchanged,
    refuse_unless_stable,
)
from local_aws.cloudformation.templates import references
from local_aws.patches import extends, replaces


@extends(CloudFormationBackend)
def create_change_set(
    original: Any,
    self: CloudFormationBackend,
    stack_name: str,
    change_set_name: str,
    template: str,
    parameters: dict[str, str],
    description: str,
    change_set_type: str,
    **keywords: Any,
) -> tuple[str, str]:
    stack = find_stack(self, stack_name)
    blank = ResourceMap("", stack_name, {}, {}, self.region_name, self.account_id, {}, {})
    loaded(stack.resource_map if stack else blank, Stack.parse_template(template), parameters)
    if stack and change_set_type == "CREATE":
        if stack.status != "REVIEW_IN_PROGRESS":
            raise AlreadyExistsException(f"Stack [{stack_name}] already exists")
        delete_change_sets(self, stack)
        del self.stacks[stack.stack_id]
    elif stack:
        refuse_unless_stable(stack)
    return original(
        self, stack_name, change_set_name, template, parameters, description, change_set_type, **keywords
    )


def find_change_set(response: CloudFormationResponse) -> ChangeSet | None:
    """The change set a request is about: it is given by its ARN, or by its name and its stack."""
    name, stack = response._get_param("ChangeSetName"), response._get_param("StackName")
    for change_set in response.cloudformation_backend.change_sets.values():
        if name == change_set.change_set_id:
            return change_set
        if name == change_set.change_set_name and stack in (change_set.stack_name, change_set.stack_id):
            return change_set
    return None


def existing_change_set(response: CloudFormationResponse) -> ChangeSet:
    change_set = find_change_set(response)
    if change_set is None:
        name = response._get_param("ChangeSetName")
        raise CloudFormationError("ChangeSetNotFound", f"ChangeSet [{name}] does not exist")
    return change_set


@replaces(CloudFormationResponse)
def describe_change_set(self: CloudFormationResponse) -> ActionResult:
    return ActionResult(existing_change_set(self))


@replaces(CloudFormationResponse)
def delete_change_set(self: CloudFormationResponse) -> ActionResult:
    change_set = find_change_set(self)
    if change_set:
        del self.cloudformation_backend.change_sets[change_set.change_set_id]
    return EmptyResult()


@replaces(CloudFormationResponse)
def execute_change_set(self: CloudFormationResponse) -> ActionResult:
    backend, change_set = self.cloudformation_backend, existing_change_set(self)
    stack = change_set.stack
    delete_change_sets(backend, stack)
    if change_set.change_set_type == "CREATE":
        stack.template = change_set.template
        stack._parse_template()
        stack.description = stack.template_dict.get("Description")
        stack.parameters = change_set.parameters
        stack.tags = change_set.tags or {}
        stack.role_arn = change_set.role_arn
        stack.resource_map = stack._create_resource_map()
        stack.disable_rollback = bool(self._get_bool_param("DisableRollback"))
        carry_out(stack, lambda: create_or_roll_back(backend, stack))
    else:
        stack.update(change_set.template, change_set.role_arn, change_set.parameters, change_set.tags)
    return EmptyResult()


@replaces(Stack)
def has_parameters(stack: Stack, parameters: dict[str, str]) -> bool:
    """Asked by moto of a stack that has the template of the change set already."""
    return is_unchanged(stack, stack.template_dict, parameters)


@replaces(ChangeSet, "diff")
def changes_of(change_set: ChangeSet) -> list[Change]:
    before = change_set.stack.resource_map
    after = loaded(before, change_set.template_dict, change_set.parameters)
    planned = resource_changes(before, after)
    added = [Change("Add", name, after._resource_json_map[name]["Type"]) for name in planned["Add"]]
    removed = [Change("Remove", name, before._resource_json_map[name]["Type"]) for name in planned["Remove"]]
    modified = modifications(before, after, planned["Modify"])
    for change in [*modified, *removed]:
        change.physical_resource_id = physical_id(before._parsed_resources.get(change.logical_resource_id))
    return [*added, *modified, *removed]


def modifications(before: ResourceMap, after: ResourceMap, modified: list[str]) -> list[Change]:
    """The resources that change, by themselves or because they refer to one that may be replaced."""
    definitions = after._resource_json_map
    kept = [name for name in definitions if before._parsed_resources.get(name) is not None]
    replaced: set[str] = set()
    changes = {}
    for name in sorter_of(kept, definitions).static_order():
        details = direct_changes(before, after, name) if name in modified else []
        details += indirect_changes(definitions[name], replaced)
        if details or name in modified:
            change = changes[name] = Change("Modify", name, definitions[name]["Type"])
            change.details = details
            change.scope = sorted({detail["Target"]["Attribute"] for detail in details})
            change.replacement = replacement(details)
            if change.replacement != "False":
                replaced.add(name)
    return [changes[name] for name in definitions if name in changes]


def replacement(details: list[dict[str, Any]]) -> str:
    reasons = {(detail["Target"]["RequiresRecreation"], detail["Evaluation"]) for detail in details}
    if ("Always", "Static") in reasons:
        return "True"
    return "False" if all(recreation == "Never" for recreation, _ in reasons) else "Conditional"


def direct_changes(before: ResourceMap, after: ResourceMap, name: str) -> list[dict[str, Any]]:
    """What the template or a parameter changes in a resource."""
    moved = changed_parameters(before, after)
    definition, former = after._resource_json_map[name], before._resource_json_map[name]
    old, new = former.get("Properties") or {}, definition.get("Properties") or {}
    changes = [
        {
            "Target": {
                **target(definition, key),
                "AttributeChangeType": "Modify",
                "BeforeValue": shown(old.get(key), before),
                "AfterValue": shown(new.get(key), after),
            },
            "Evaluation": "Static",
            "ChangeSource": "DirectModification",
        }
        for key in sorted({*old, *new})
        if old.get(key) != new.get(key) or moved & references(new.get(key))
    ]
    if former.get("Metadata") != definition.get("Metadata"):
        changes.append(
            {
                "Target": {"Attribute": "Metadata", "RequiresRecreation": "Never"},
                "Evaluation": "Static",
                "ChangeSource": "DirectModification",
            }
        )
    return changes


def indirect_changes(definition: dict[str, Any], replaced: set[str]) -> list[dict[str, Any]]:
    """What may change in a resource because it refers to others that may be replaced."""
    return [
        {
            "Target": target(definition, key),
            "Evaluation": "Dynamic",
            "ChangeSource": "ResourceReference",
            "CausingEntity": cause,
        }
        for key, value in sorted((definition.get("Properties") or {}).items())
        for cause in sorted(references(value) & replaced)
    ]


def target(definition: dict[str, Any], key: str) -> dict[str, Any]:
    return {
        "Attribute": "Properties",
        "Name": key,
        "Path": f"/Properties/{key}",
        "RequiresRecreation": requires_recreation(definition["Type"], key),
    }


def shown(value: Any, resources: ResourceMap) -> str:
    """A value of a template as text, a reference to a parameter as the parameter's value."""
    if isinstance(value, dict) and value.get("Ref") in resources.resolved_parameters:
        value = resources.resolved_parameters[value["Ref"]]
    return value if isinstance(value, str) else json.dumps(value)

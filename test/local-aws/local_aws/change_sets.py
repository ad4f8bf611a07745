"""Change sets, by which the command line deploys and tells differences."""

from __future__ import annotations

import json
from typing import Any

from moto.cloudformation.exceptions import AlreadyExistsException, CloudFormationError
from moto.cloudformation.models import Change, ChangeSet, CloudFormationBackend, Stack
from moto.cloudformation.parsing import ResourceMap
from moto.cloudformation.responses import CloudFormationResponse
from moto.core.responses import ActionResult, EmptyResult

from local_aws import instances, security_groups
from local_aws.stack_changes import changed_parameters, loaded, resource_changes
from local_aws.stack_resources import physical_id
from local_aws.stacks import create_or_roll_back, delete_change_sets, find_stack, is_unchanged
from local_aws.templates import references

REPLACING_PROPERTIES = {
    "AWS::EC2::Instance": instances.REPLACING_PROPERTIES,
    "AWS::EC2::SecurityGroup": security_groups.REPLACING_PROPERTIES,
    "AWS::EC2::Subnet": ("AvailabilityZone", "CidrBlock", "VpcId"),
    "AWS::EC2::VPC": ("CidrBlock",),
}


def install() -> None:
    """CloudFormation says what a change set changes, and creates or updates the stack as if it were asked
    to directly; moto gives names only, applies a change set without outputs, tags or a way back, and
    confuses the change sets of two stacks if they share a name."""
    create_change_set = CloudFormationBackend.create_change_set

    def create_checked_change_set(
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
        return create_change_set(
            self,
            stack_name,
            change_set_name,
            template,
            parameters,
            description,
            change_set_type,
            **keywords,
        )

    CloudFormationBackend.create_change_set = create_checked_change_set
    CloudFormationResponse.describe_change_set = describe_change_set
    CloudFormationResponse.delete_change_set = delete_change_set
    CloudFormationResponse.execute_change_set = execute_change_set
    ChangeSet.diff = changes_of
    Stack.has_parameters = has_parameters


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


def describe_change_set(self: CloudFormationResponse) -> ActionResult:
    return ActionResult(existing_change_set(self))


def delete_change_set(self: CloudFormationResponse) -> ActionResult:
    change_set = find_change_set(self)
    if change_set:
        del self.cloudformation_backend.change_sets[change_set.change_set_id]
    return EmptyResult()


def execute_change_set(self: CloudFormationResponse) -> ActionResult:
    backend, change_set = self.cloudformation_backend, existing_change_set(self)
    stack = change_set.stack
    if change_set.change_set_type == "CREATE":
        stack.template = change_set.template
        stack._parse_template()
        stack.description = stack.template_dict.get("Description")
        stack.parameters = change_set.parameters
        stack.tags = change_set.tags or {}
        stack.role_arn = change_set.role_arn
        stack.resource_map = stack._create_resource_map()
        stack.output_map = stack._create_output_map()
        create_or_roll_back(backend, stack)
    else:
        stack.update(change_set.template, change_set.role_arn, change_set.parameters, change_set.tags)
    delete_change_sets(backend, stack)
    return EmptyResult()


def has_parameters(stack: Stack, parameters: dict[str, str]) -> bool:
    """Asked by moto of a stack that has the template of the change set already."""
    return is_unchanged(stack, stack.template_dict, parameters)


def changes_of(change_set: ChangeSet) -> list[Change]:
    before = change_set.stack.resource_map
    after = loaded(before, change_set.template_dict, change_set.parameters)
    changes = []
    for action, names in resource_changes(before, after).items():
        for name in names:
            definition = (before if action == "Remove" else after)._resource_json_map[name]
            change = Change(action, name, definition["Type"])
            if action != "Add":
                change.physical_resource_id = physical_id(before._parsed_resources.get(name))
            if action == "Modify":
                change.details = property_changes(before, after, name)
                replaces = any(
                    detail["Target"]["RequiresRecreation"] == "Always" for detail in change.details
                )
                change.replacement = "True" if replaces else "False"
            changes.append(change)
    return changes


def property_changes(before: ResourceMap, after: ResourceMap, name: str) -> list[dict[str, Any]]:
    """What changes in a resource, as DescribeChangeSet tells it."""
    moved = changed_parameters(before, after)
    definition = after._resource_json_map[name]
    old = before._resource_json_map[name].get("Properties") or {}
    new = definition.get("Properties") or {}
    replacing = REPLACING_PROPERTIES.get(definition["Type"], ())
    return [
        {
            "Target": {
                "Attribute": "Properties",
                "Name": key,
                "Path": f"/Properties/{key}",
                "RequiresRecreation": "Always" if key in replacing else "Never",
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


def shown(value: Any, resources: ResourceMap) -> str:
    """A value of a template as text, a reference to a parameter as the parameter's value."""
    if isinstance(value, dict) and value.get("Ref") in resources.resolved_parameters:
        value = resources.resolved_parameters[value["Ref"]]
    return value if isinstance(value, str) else json.dumps(value)

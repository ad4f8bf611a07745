"""What an update changes in a stack, and the update itself."""

from __future__ import annotations

from typing import Any

from moto.cloudformation.exceptions import ValidationError
from moto.cloudformation.parsing import ResourceMap

from local_aws.cloudformation.replacements import is_replaced
from local_aws.cloudformation.signals import SignalWait
from local_aws.cloudformation.stack_resources import (
    change_resource,
    create_resource,
    is_wanted,
    refuse_unknown_change,
    replace_resource,
    resolved,
)
from local_aws.cloudformation.stack_steps import delete_resources, needed, release, take_steps
from local_aws.cloudformation.templates import references


def loaded(resources: ResourceMap, template: dict[str, Any], parameters: dict[str, str]) -> ResourceMap:
    """The resources of a stack as they are to be: with a template's parameters resolved, but nothing made.

    Fails if a parameter has no value.
    """
    planned = ResourceMap(
        resources.stack_id,
        resources["AWS::StackName"],
        parameters,
        resources.tags,
        region_name=resources._region_name,
        account_id=resources._account_id,
        template=template,
        cross_stack_resources=resources.cross_stack_resources,
    )
    planned.load()
    return planned


def changed_parameters(before: ResourceMap, after: ResourceMap) -> set[str]:
    """The parameters whose values differ, be it because what an SSM parameter holds has moved."""
    return {
        name
        for name, value in after.resolved_parameters.items()
        if name in before.resolved_parameters and before.resolved_parameters[name] != value
    }


def resource_changes(before: ResourceMap, after: ResourceMap) -> dict[str, list[str]]:
    """The resources to add, modify and remove."""
    old, new = before._resource_json_map, after._resource_json_map
    had = {name for name in old if is_wanted(before, name)}
    has = {name for name in new if is_wanted(after, name)}
    parameters = changed_parameters(before, after)
    changes = {
        "Add": [name for name in new if name in has - had],
        "Modify": [
            name
            for name in new
            if name in has & had
            and (
                with_properties(old[name]) != with_properties(new[name]) or parameters & references(new[name])
            )
        ],
        "Remove": [name for name in old if name in had - has],
    }
    other_types = [name for name in changes["Modify"] if old[name]["Type"] != new[name]["Type"]]
    if other_types:
        raise ValidationError(
            message="Update of resource type is not permitted. The new template modifies resource type of "
            f"the following resources: [{', '.join(other_types)}]"
        )
    return changes


def with_properties(definition: dict[str, Any]) -> dict[str, Any]:
    """A definition as moto leaves it once it has made the resource."""
    return {**definition, "Properties": definition.get("Properties") or {}}


class StackUpdate:
    """One update of the resources of a stack, which can be taken back until it is cleaned up."""

    def __init__(self, resources: ResourceMap, template: dict[str, Any], parameters: dict[str, str]):
        self._resources = resources
        self._template = template
        self._parameters = parameters
        self._before = dict(vars(resources))
        self._old = dict(resources._parsed_resources)
        self._removed: list[str] = []
        self._replaced: list[str] = []
        self._changed: list[str] = []

    def apply(self) -> None:
        """Add what is new, and modify what has changed or refers to something that has."""
        resources = self._resources
        planned = loaded(resources, self._template, self._parameters)
        changes = resource_changes(resources, planned)
        self._removed = changes["Remove"]
        for name, value in vars(planned).items():
            setattr(resources, name, value)
        resources._parsed_resources = {**self._old, **planned._parsed_resources}
        concerned = {*changes["Add"], *changes["Modify"]}

        def take(name: str) -> SignalWait | None:
            if name not in concerned and concerned.isdisjoint(needed(resources._resource_json_map[name])):
                return None
            concerned.add(name)
            return self._bring_up_to_date(name)

        take_steps(resources, [name for name in planned if is_wanted(planned, name)], take)

    def _bring_up_to_date(self, name: str) -> SignalWait | None:
        resources, resource = self._resources, self._old.get(name)
        if resource is None:
            return create_resource(resources, name)
        definition = resolved(resources, name)
        if definition == resource.template_definition:
            return None
        if is_replaced(resource, definition):
            self._replaced.append(name)
            return replace_resource(resources, name)
        refuse_unknown_change(resources, name, definition)
        self._changed.append(name)
        change_resource(resources, name)
        return None

    def clean_up(self) -> None:
        """Delete what the new template no longer has, and what has been replaced."""
        definitions = self._before["_resource_json_map"]
        policies = {
            **dict.fromkeys(self._removed, "DeletionPolicy"),
            **dict.fromkeys(self._replaced, "UpdateReplacePolicy"),
        }
        release(
            self._resources,
            {name: self._old[name] for name in policies if name in self._old},
            definitions,
            lambda name: definitions[name].get(policies[name]),
        )

    def take_back(self) -> None:
        """Bring what was changed to its old definition, and delete what was made."""
        resources = self._resources
        definitions, present = resources._resource_json_map, resources._parsed_resources
        made = {
            name: present[name]
            for name in definitions
            if present.get(name) is not self._old.get(name) and name not in self._changed
        }
        for name, value in self._before.items():
            setattr(resources, name, value)
        resources._parsed_resources = {**self._old, **{name: present[name] for name in self._changed}}
        for name in reversed(self._changed):
            change_resource(resources, name)
        delete_resources(resources, made, definitions)

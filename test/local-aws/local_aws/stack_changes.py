"""What an update changes in a stack, and the update itself."""

from __future__ import annotations

from typing import Any

from moto.cloudformation.parsing import ResourceMap

from local_aws.stack_resources import delete_resources, update_resource
from local_aws.templates import as_list, references


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
    parameters = changed_parameters(before, after)
    return {
        "Add": [name for name in new if name not in old],
        "Modify": [
            name
            for name in new
            if name in old
            and (
                with_properties(old[name]) != with_properties(new[name]) or parameters & references(new[name])
            )
        ],
        "Remove": [name for name in old if name not in new],
    }


def with_properties(definition: dict[str, Any]) -> dict[str, Any]:
    """A definition as moto leaves it once it has made the resource."""
    return {**definition, "Properties": definition.get("Properties") or {}}


def in_dependency_order(names: list[str], definitions: dict[str, dict[str, Any]]) -> list[str]:
    """These resources, each after those of them that it refers to."""
    ordered: list[str] = []

    def add(name: str) -> None:
        if name in ordered:
            return
        needed = references(definitions[name]) | set(as_list(definitions[name].get("DependsOn")))
        for other in names:
            if other in needed and other != name:
                add(other)
        if name not in ordered:
            ordered.append(name)

    for name in names:
        add(name)
    return ordered


class StackUpdate:
    """One update of the resources of a stack, which can be taken back until it is cleaned up."""

    def __init__(self, resources: ResourceMap, template: dict[str, Any], parameters: dict[str, str]):
        self._resources = resources
        self._template = template
        self._parameters = parameters
        self._before = dict(vars(resources))
        self._changes: dict[str, list[str]] = {"Add": [], "Modify": [], "Remove": []}
        self._modified: list[str] = []

    def apply(self) -> None:
        """Add what is new, and modify what has changed."""
        resources = self._resources
        planned = loaded(resources, self._template, self._parameters)
        self._changes = resource_changes(resources, planned)
        made = resources._parsed_resources
        for name, value in vars(planned).items():
            setattr(resources, name, value)
        resources._parsed_resources = {**made, **planned._parsed_resources}
        for name in self._changes["Add"]:
            _ = resources[name]  # moto makes a resource when it is first asked for it
        for name in in_dependency_order(self._changes["Modify"], resources._resource_json_map):
            self._modified.append(name)
            update_resource(resources, name, resources._resource_json_map[name])

    def clean_up(self) -> None:
        """Delete what the new template no longer has."""
        old = self._before["_resource_json_map"]
        delete_resources(self._resources, {name: old[name] for name in self._changes["Remove"]})

    def take_back(self) -> None:
        """Bring what was modified to its old definition, and delete what was added."""
        resources = self._resources
        new = resources._resource_json_map
        present = resources._parsed_resources
        for name, value in self._before.items():
            setattr(resources, name, value)
        resources._parsed_resources = {**present, **self._old_values()}
        for name in reversed(self._modified):
            update_resource(resources, name, resources._resource_json_map[name])
        delete_resources(resources, {name: new[name] for name in self._changes["Add"]})

    def _old_values(self) -> dict[str, Any]:
        """The old values of parameters and mappings, which moto keeps among the resources."""
        before = self._before
        names = {*before["resolved_parameters"], *before["_template"].get("Mappings", {})}
        return {name: value for name, value in before["_parsed_resources"].items() if name in names}

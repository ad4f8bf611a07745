"""The order in which the resources of a stack are made, changed and deleted."""

from __future__ import annotations

from collections.abc import Iterable
from graphlib import CycleError, TopologicalSorter
from typing import Any, Callable

from moto.cloudformation import parsing
from moto.cloudformation.exceptions import ValidationError
from moto.cloudformation.parsing import ResourceMap

from local_aws.cloudformation.signals import SignalWait, wait_for_one, waits_in
from local_aws.cloudformation.stack_resources import (
    ResourceFailure,
    create_resource,
    delete_resource,
    finish,
    is_wanted,
    leave_resource,
    stack_of,
    tell,
)
from local_aws.cloudformation.templates import as_list, references
from local_aws.patches import extends


@extends(ResourceMap)
def load(original: Any, self: ResourceMap) -> None:
    """CloudFormation refuses a template with resources that are not there or need each other; moto looks for
    them until Python gives up."""
    for block in ("Resources", "Outputs"):
        refuse_unresolved(self, block)
    original(self)
    try:
        sorter_of(self._resource_json_map, self._resource_json_map).prepare()
    except CycleError as error:
        circle = ", ".join(sorted(set(error.args[1])))
        raise ValidationError(message=f"Circular dependency between resources: [{circle}]") from error
    for name, definition in self._resource_json_map.items():
        if is_wanted(self, name):
            refuse_missing_keys(self, definition)


def refuse_missing_keys(resources: ResourceMap, value: Any) -> None:
    """CloudFormation refuses a template that looks up what is in no mapping; moto fails in Python."""
    if isinstance(value, dict) and "Fn::FindInMap" in value:
        try:
            parsing.clean_json(value, resources)
        except KeyError as error:
            keys = [str(parsing.clean_json(key, resources)) for key in value["Fn::FindInMap"]]
            raise ValidationError(
                message=f"Template error: Unable to get mapping for {'::'.join(keys)}"
            ) from error
    elif isinstance(value, dict) and "Fn::If" in value:
        condition, *branches = value["Fn::If"]
        refuse_missing_keys(resources, branches[0 if resources.lazy_condition_map[condition] else 1])
    elif isinstance(value, (dict, list)):
        for item in value.values() if isinstance(value, dict) else value:
            refuse_missing_keys(resources, item)


def refuse_unresolved(resources: ResourceMap, block: str) -> None:
    template = resources._template
    known = {*(template.get("Resources") or {}), *(template.get("Parameters") or {})}
    lost = {name for name in references(template.get(block)) - known if not name.startswith("AWS::")}
    if lost:
        raise ValidationError(
            message=f"Template format error: Unresolved resource dependencies [{', '.join(sorted(lost))}] "
            f"in the {block} block of the template"
        )


def sorter_of(names: Iterable[str], definitions: dict[str, dict[str, Any]]) -> TopologicalSorter:
    """Sorts resources so that each comes after those of them that it needs, otherwise as they are given."""
    needs = {name: needed(definitions[name]) for name in names}
    sorter = TopologicalSorter(dict.fromkeys(needs, ()))
    for name, others in needs.items():
        sorter.add(name, *(others & needs.keys() - {name}))
    return sorter


def needed(definition: dict[str, Any]) -> set[str]:
    """The resources and parameters that a resource needs."""
    return references(definition) | set(as_list(definition.get("DependsOn")))


def take_steps(
    resources: ResourceMap, names: Iterable[str], take: Callable[[str], SignalWait | None]
) -> None:
    """Take a step for each of these resources, once those that it needs are complete.

    Those that have to wait do so at the same time. When one fails, the others are given up.
    """
    sorter = sorter_of(names, resources._resource_json_map)
    sorter.prepare()
    waits = waits_in(stack_of(resources))
    try:
        while sorter.is_active():
            ready = sorter.get_ready()
            for name in ready:
                wait = take(name)
                if wait:
                    waits[name] = wait
                else:
                    sorter.done(name)
            if not ready:
                for name in wait_for_one(waits):
                    finish(resources, name, waits.pop(name))
                    sorter.done(name)
    except ResourceFailure as failure:
        for name, wait in waits.items():
            tell(resources, name, f"{wait.doing}_FAILED", "Resource creation cancelled")
        failure.logical_ids.extend(waits)
        raise
    finally:
        waits.clear()


def create_resources(resources: ResourceMap) -> None:
    """Make all that a template says."""
    wanted = [name for name in resources if is_wanted(resources, name)]
    take_steps(resources, wanted, lambda name: create_resource(resources, name))


def delete_all(resources: ResourceMap) -> None:
    """Delete what a stack has, but not what it is told to retain."""
    definitions = resources._resource_json_map
    made = resources._parsed_resources
    release(
        resources,
        {name: made[name] for name in definitions if name in made},
        definitions,
        lambda name: definitions[name].get("DeletionPolicy"),
    )


def release(
    resources: ResourceMap,
    released: dict[str, Any],
    definitions: dict[str, dict[str, Any]],
    policy: Callable[[str], str | None],
) -> None:
    """Delete resources that a stack no longer has, or leave them where the policy is to retain them."""
    doomed = {}
    for name, resource in released.items():
        if policy(name) == "Retain":
            leave_resource(resources, name, resource)
        else:
            doomed[name] = resource
    delete_resources(resources, doomed, definitions)


def delete_resources(
    resources: ResourceMap, doomed: dict[str, Any], definitions: dict[str, dict[str, Any]]
) -> None:
    """Delete these resources, each before those that it needs, and go on if one cannot be deleted, but not
    with what that needs."""
    failed: list[str] = []
    kept: set[str] = set()
    for name in reversed(list(sorter_of(doomed, definitions).static_order())):
        if name not in kept:
            try:
                delete_resource(resources, name, doomed[name])
                continue
            except ResourceFailure:
                failed.append(name)
        kept |= needed(definitions[name])
    if failed:
        raise ResourceFailure("DELETE", failed)

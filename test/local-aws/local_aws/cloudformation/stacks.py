"""Stacks: creating, updating and deleting them, with what happens when it fails.

CloudFormation rolls back what fails, waits for signals, and knows the parameters a stack was given by their
names; moto leaves a failed stack as it is, and forgets the names."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

from moto.cloudformation.exceptions import AlreadyExistsException, CloudFormationError, ValidationError
from moto.cloudformation.models import CloudFormationBackend, Stack, cloudformation_backends
from moto.cloudformation.parsing import OutputMap
from moto.cloudformation.responses import CloudFormationResponse
from moto.cloudformation.utils import generate_stack_id

from local_aws.cloudformation.operations import abandon_work_on, carry_out
from local_aws.cloudformation.ssm_references import is_ssm_type
from local_aws.cloudformation.stack_changes import StackUpdate, changed_parameters, loaded
from local_aws.cloudformation.stack_events import set_status
from local_aws.cloudformation.stack_resources import ResourceFailure, message_of
from local_aws.cloudformation.stack_steps import create_resources, delete_all
from local_aws.patches import replaces

STABLE = ("CREATE_COMPLETE", "UPDATE_COMPLETE", "UPDATE_ROLLBACK_COMPLETE")


def find_stack(backend: CloudFormationBackend, name: str) -> Stack | None:
    return next((stack for stack in backend.stacks.values() if name in (stack.name, stack.stack_id)), None)


@replaces(CloudFormationBackend)
def create_stack(
    self: CloudFormationBackend,
    name: str,
    template: str,
    parameters: dict[str, str],
    notification_arns: list[str] | None = None,
    tags: dict[str, str] | None = None,
    role_arn: str | None = None,
    enable_termination_protection: bool | None = False,
    timeout_in_mins: int | None = None,
    stack_policy_body: str | None = None,
) -> Stack:
    if find_stack(self, name):
        raise AlreadyExistsException(f"Stack [{name}] already exists")
    stack = Stack(
        stack_id=generate_stack_id(name, self.region_name, self.account_id),
        name=name,
        template=template,
        parameters=parameters,
        account_id=self.account_id,
        region_name=self.region_name,
        notification_arns=notification_arns,
        tags=tags,
        role_arn=role_arn,
        enable_termination_protection=enable_termination_protection,
        timeout_in_mins=timeout_in_mins,
        stack_policy_body=stack_policy_body,
    )
    self.stacks[stack.stack_id] = stack
    carry_out(stack, lambda: create_or_roll_back(self, stack))
    return stack


def create_or_roll_back(backend: CloudFormationBackend, stack: Stack) -> None:
    """Make the resources of a stack that has its template; if one cannot be made, delete them again, unless
    the stack is told to leave them."""
    set_status(stack, "CREATE_IN_PROGRESS", "User Initiated")
    stack.resource_map.cross_stack_resources = backend.exports
    stack.output_map = no_outputs(stack)
    try:
        create_resources(stack.resource_map)
        stack.output_map = stack._create_output_map()
        publish_exports(backend, stack)
    except Exception as error:
        reason = message_of(error)
        if stack.disable_rollback:
            set_status(stack, "CREATE_FAILED", reason)
        else:
            set_status(stack, "ROLLBACK_IN_PROGRESS", f"{reason} Rollback requested by user.")
            end_with_nothing(stack, "ROLLBACK_COMPLETE", "ROLLBACK_FAILED", reason)
    else:
        set_status(stack, "CREATE_COMPLETE")


def end_with_nothing(stack: Stack, complete: str, failed: str, reason: str | None = None) -> bool:
    """Delete the resources of a stack, and tell whether that succeeded."""
    stack.output_map = no_outputs(stack)
    try:
        delete_all(stack.resource_map)
    except ResourceFailure as failure:
        set_status(stack, failed, failure.message)
        return False
    set_status(stack, complete, reason)
    return True


def no_outputs(stack: Stack) -> OutputMap:
    """What a stack tells whose resources are not all there."""
    return OutputMap(stack.resource_map, {}, stack.stack_id)


@replaces(CloudFormationBackend)
def update_stack(
    self: CloudFormationBackend,
    name: str,
    template: str,
    role_arn: str | None,
    parameters: list[dict[str, Any]],
    tags: dict[str, str] | None,
) -> Stack:
    stack = self.get_stack(name)
    refuse_unless_stable(stack)
    submitted = self._resolve_update_parameters(instance=stack, incoming_params=parameters)
    planned = Stack.parse_template(template)
    loaded(stack.resource_map, planned, submitted)
    if is_unchanged(stack, planned, submitted):
        raise ValidationError(message="No updates are to be performed.")
    stack.update(template, role_arn, parameters=submitted, tags=tags)
    return stack


def refuse_unless_stable(stack: Stack) -> None:
    """Only a stack that has been created, and with which nothing is going on, can be updated."""
    if stack.status not in STABLE:
        raise ValidationError(
            message=f"Stack:{stack.stack_id} is in {stack.status} state and can not be updated."
        )


@replaces(CloudFormationResponse, "_validate_different_update")
def leave_to_update_stack(
    self: CloudFormationResponse,
    incoming_params: list[dict[str, Any]] | None,
    stack_body: str,
    old_stack: Stack,
) -> None:
    """`update_stack` and the creation of a change set look for changes themselves."""


def is_unchanged(stack: Stack, template: dict[str, Any], parameters: dict[str, str]) -> bool:
    if Stack.parse_template(stack.template) != template:
        return False
    if with_defaults(template, parameters) != stack.stack_parameters:
        return False
    return not changed_parameters(stack.resource_map, loaded(stack.resource_map, template, parameters))


@replaces(Stack)
def update(
    self: Stack,
    template: str,
    role_arn: str | None = None,
    parameters: dict[str, str] | None = None,
    tags: dict[str, str] | None = None,
) -> None:
    carry_out(self, lambda: update_or_roll_back(self, template, role_arn, parameters or {}, tags))


def update_or_roll_back(
    stack: Stack, template: str, role_arn: str | None, parameters: dict[str, str], tags: dict[str, str] | None
) -> None:
    backend = cloudformation_backends[stack.account_id][stack.region_name]
    set_status(stack, "UPDATE_IN_PROGRESS", "User Initiated")
    stack.resource_map.cross_stack_resources = backend.exports
    before = stack.template_dict, stack.output_map
    attempt = StackUpdate(stack.resource_map, stack.parse_template(template), parameters)
    try:
        attempt.apply()
        stack.template_dict = stack.resource_map._template
        stack.output_map = stack._create_output_map()
        publish_exports(backend, stack)
    except Exception as error:
        reason = message_of(error)
        set_status(stack, "UPDATE_ROLLBACK_IN_PROGRESS", reason)
        stack.template_dict, stack.output_map = before
        roll_back_update(stack, attempt, reason)
        return
    stack.template = template
    stack.parameters = parameters
    stack.role_arn = role_arn
    if tags is not None:
        stack.tags = tags
    set_status(stack, "UPDATE_COMPLETE_CLEANUP_IN_PROGRESS")
    with suppress(ResourceFailure):  # its event tells why; the update is complete all the same
        attempt.clean_up()
    set_status(stack, "UPDATE_COMPLETE")


def roll_back_update(stack: Stack, attempt: StackUpdate, reason: str) -> None:
    try:
        attempt.take_back()
    except ResourceFailure as failure:
        set_status(stack, "UPDATE_ROLLBACK_FAILED", failure.message)
    else:
        set_status(stack, "UPDATE_ROLLBACK_COMPLETE", reason)


@replaces(CloudFormationBackend)
def delete_stack(self: CloudFormationBackend, name_or_stack_id: str) -> None:
    stack = find_stack(self, name_or_stack_id)
    if stack is None:
        return
    if stack.enable_termination_protection:
        raise ValidationError(
            message=f"Stack [{stack.name}] cannot be deleted while TerminationProtection is enabled"
        )
    if stack.status == "UPDATE_IN_PROGRESS":
        raise ValidationError(
            message=f"Stack [{stack.name}] cannot be deleted while in status UPDATE_IN_PROGRESS"
        )
    abandon_work_on(stack)
    set_status(stack, "DELETE_IN_PROGRESS", "User Initiated")
    if not end_with_nothing(stack, "DELETE_COMPLETE", "DELETE_FAILED"):
        return
    withdraw_exports(self, stack)
    self.deleted_stacks[stack.stack_id] = self.stacks.pop(stack.stack_id)
    delete_change_sets(self, stack)


def delete_change_sets(backend: CloudFormationBackend, stack: Stack) -> None:
    for arn, change_set in list(backend.change_sets.items()):
        if change_set.stack_id == stack.stack_id:
            del backend.change_sets[arn]


def publish_exports(backend: CloudFormationBackend, stack: Stack) -> None:
    for export in stack.exports:
        published = backend.exports.get(export.name)
        if published and published.exporting_stack_id != stack.stack_id:
            raise ValidationError(
                message=f"Export with name {export.name} is already exported by stack "
                f"{backend.get_stack(published.exporting_stack_id).name}."
            )
    withdraw_exports(backend, stack)
    for export in stack.exports:
        backend.exports[export.name] = export


def withdraw_exports(backend: CloudFormationBackend, stack: Stack) -> None:
    for name, export in list(backend.exports.items()):
        if export.exporting_stack_id == stack.stack_id:
            del backend.exports[name]


@replaces(Stack)
@property
def stack_resources(stack: Stack) -> list[Any]:
    """The resources a stack has; moto makes those that it does not find."""
    made = stack.resource_map._parsed_resources
    return [made[name] for name in stack.resource_map.resources if made.get(name) is not None]


@replaces(Stack, "create_resources")
def refuse_hidden_stack(self: Stack) -> None:
    """Called by moto for the stacks of a stack set that no account lists."""
    raise CloudFormationError(
        "UnsupportedOperation", "The local AWS has no stack sets with service-managed permissions."
    )


@replaces(Stack)
@property
def stack_parameters(stack: Stack) -> dict[str, Any]:
    """What a stack was given for its parameters: the name, and not the value, of an SSM parameter."""
    return with_defaults(stack.template_dict, stack.parameters)


def with_defaults(template: dict[str, Any], parameters: dict[str, str]) -> dict[str, Any]:
    declarations = template.get("Parameters") or {}
    return {
        name: parameters.get(name, declaration.get("Default")) for name, declaration in declarations.items()
    }


@replaces(Stack)
@property
def parameter_list(stack: Stack) -> list[dict[str, Any]]:
    declarations = stack.template_dict.get("Parameters") or {}
    entries = []
    for name, value in stack.stack_parameters.items():
        entry = {"ParameterKey": name, "ParameterValue": value}
        if declarations[name].get("NoEcho"):
            entry["ParameterValue"] = "****"
        if is_ssm_type(declarations[name]):
            entry["ResolvedValue"] = stack.resource_map.resolved_parameters.get(name)
        entries.append(entry)
    return entries


@replaces(CloudFormationBackend)
def _resolve_update_parameters(
    self: CloudFormationBackend, instance: Any, incoming_params: list[dict[str, Any]]
) -> dict[str, str]:
    """The parameters of a request, with the previous values where it asks for them."""
    previous = instance.stack_parameters if isinstance(instance, Stack) else instance.parameters
    return {
        parameter["ParameterKey"]: (
            previous[parameter["ParameterKey"]]
            if parameter.get("UsePreviousValue")
            else parameter["ParameterValue"]
        )
        for parameter in incoming_params
    }

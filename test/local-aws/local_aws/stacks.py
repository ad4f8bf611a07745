"""Stacks: creating, updating and deleting them, with what happens when it fails."""

from __future__ import annotations

from typing import Any

from moto.cloudformation.exceptions import AlreadyExistsException, ValidationError
from moto.cloudformation.models import CloudFormationBackend, Stack, cloudformation_backends
from moto.cloudformation.parsing import OutputMap
from moto.cloudformation.responses import CloudFormationResponse
from moto.cloudformation.utils import generate_stack_id

from local_aws.ssm_references import is_ssm_type
from local_aws.stack_changes import StackUpdate, changed_parameters, loaded
from local_aws.stack_events import set_status
from local_aws.stack_resources import ResourceFailure, report_failure


def install() -> None:
    """CloudFormation rolls back what fails, and knows the parameters a stack was given by their names; moto
    leaves a failed stack as it is, forgets the names, and makes resources again when a deleted stack is
    read."""
    CloudFormationBackend.create_stack = create_stack
    CloudFormationBackend.update_stack = update_stack
    CloudFormationBackend.delete_stack = delete_stack
    CloudFormationBackend._resolve_update_parameters = resolve_update_parameters
    CloudFormationResponse._validate_different_update = leave_to_update_stack
    Stack.update = update
    Stack.stack_parameters = property(submitted_parameters)
    Stack.parameter_list = property(parameter_list)
    Stack.stack_resources = property(existing_resources)


def find_stack(backend: CloudFormationBackend, name: str) -> Stack | None:
    return next((stack for stack in backend.stacks.values() if name in (stack.name, stack.stack_id)), None)


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
    create_or_roll_back(self, stack)
    return stack


def create_or_roll_back(backend: CloudFormationBackend, stack: Stack) -> None:
    """Make the resources of a stack that has its template; delete them again if one cannot be made."""
    set_status(stack, "CREATE_IN_PROGRESS", "User Initiated")
    stack.resource_map.cross_stack_resources = backend.exports
    try:
        stack.resource_map.create(stack.template_dict)
        publish_exports(backend, stack)
    except Exception as error:
        reason = report_failure(stack, error, "CREATE")
        set_status(stack, "ROLLBACK_IN_PROGRESS", f"{reason} Rollback requested by user.")
        end_with_nothing(stack, "ROLLBACK_COMPLETE", "ROLLBACK_FAILED", reason)
    else:
        set_status(stack, "CREATE_COMPLETE")


def end_with_nothing(stack: Stack, complete: str, failed: str, reason: str | None = None) -> bool:
    """Delete the resources of a stack, and tell whether that succeeded."""
    # Reading an output whose resource is gone would make the resource again.
    stack.output_map = OutputMap(stack.resource_map, {}, stack.stack_id)
    try:
        stack.resource_map.delete()
    except ResourceFailure as failure:
        set_status(stack, failed, report_failure(stack, failure, "DELETE"))
        return False
    set_status(stack, complete, reason)
    return True


def update_stack(
    self: CloudFormationBackend,
    name: str,
    template: str,
    role_arn: str | None,
    parameters: list[dict[str, Any]],
    tags: dict[str, str] | None,
) -> Stack:
    stack = self.get_stack(name)
    submitted = self._resolve_update_parameters(instance=stack, incoming_params=parameters)
    if is_unchanged(stack, Stack.parse_template(template), submitted):
        raise ValidationError(message="No updates are to be performed.")
    stack.update(template, role_arn, parameters=submitted, tags=tags)
    return stack


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


def update(
    self: Stack,
    template: str,
    role_arn: str | None = None,
    parameters: dict[str, str] | None = None,
    tags: dict[str, str] | None = None,
) -> None:
    backend = cloudformation_backends[self.account_id][self.region_name]
    set_status(self, "UPDATE_IN_PROGRESS", "User Initiated")
    self.resource_map.cross_stack_resources = backend.exports
    before = self.template_dict, self.output_map
    attempt = StackUpdate(self.resource_map, self.parse_template(template), parameters or {})
    try:
        attempt.apply()
        self.template_dict = self.resource_map._template
        self.output_map = self._create_output_map()
        publish_exports(backend, self)
    except Exception as error:
        reason = report_failure(self, error, "UPDATE")
        set_status(self, "UPDATE_ROLLBACK_IN_PROGRESS", reason)
        self.template_dict, self.output_map = before
        roll_back_update(self, attempt, reason)
        return
    self.template = template
    self.parameters = parameters or {}
    self.role_arn = role_arn
    if tags is not None:
        self.tags = tags
    set_status(self, "UPDATE_COMPLETE_CLEANUP_IN_PROGRESS")
    try:
        attempt.clean_up()
    except ResourceFailure as failure:
        report_failure(self, failure, "DELETE")  # the update is complete all the same
    set_status(self, "UPDATE_COMPLETE")


def roll_back_update(stack: Stack, attempt: StackUpdate, reason: str) -> None:
    try:
        attempt.take_back()
    except ResourceFailure as failure:
        set_status(stack, "UPDATE_ROLLBACK_FAILED", report_failure(stack, failure, "UPDATE"))
    else:
        set_status(stack, "UPDATE_ROLLBACK_COMPLETE", reason)


def delete_stack(self: CloudFormationBackend, name_or_stack_id: str) -> None:
    stack = find_stack(self, name_or_stack_id)
    if stack is None:
        return
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


def existing_resources(stack: Stack) -> list[Any]:
    """The resources a stack has; moto makes those that it does not find."""
    made = stack.resource_map._parsed_resources
    return [made[name] for name in stack.resource_map.resources if made.get(name) is not None]


def submitted_parameters(stack: Stack) -> dict[str, Any]:
    """What a stack was given for its parameters: the name, and not the value, of an SSM parameter."""
    return with_defaults(stack.template_dict, stack.parameters)


def with_defaults(template: dict[str, Any], parameters: dict[str, str]) -> dict[str, Any]:
    declarations = template.get("Parameters") or {}
    return {
        name: parameters.get(name, declaration.get("Default")) for name, declaration in declarations.items()
    }


def parameter_list(stack: Stack) -> list[dict[str, Any]]:
    declarations = stack.template_dict.get("Parameters") or {}
    entries = []
    for name, value in submitted_parameters(stack).items():
        entry = {"ParameterKey": name, "ParameterValue": value}
        if declarations[name].get("NoEcho"):
            entry["ParameterValue"] = "****"
        if is_ssm_type(declarations[name]):
            entry["ResolvedValue"] = stack.resource_map.resolved_parameters.get(name)
        entries.append(entry)
    return entries


def resolve_update_parameters(
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

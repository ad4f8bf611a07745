"""Roles, their policies, and the profiles that give them to instances.

CloudFormation gives a role the inline and managed policies of the template; moto stores inline ones in a form
that cannot be read, leaves managed ones out, and does not change either, nor a profile, in an update."""

from __future__ import annotations

import copy
import json
from typing import Any

from moto.iam.models import IAMBackend, InstanceProfile, ManagedPolicy, Role, iam_backends
from moto.utilities.utils import get_partition

from local_aws.patches import extends, when_created, when_updated

amazon_policies: list[ManagedPolicy] = []


@extends(Role)
def delete_from_cloudformation_json(
    original: Any, resource_name: str, cloudformation_json: dict[str, Any], account_id: str, region_name: str
) -> None:
    take_policies(iam_backends[account_id][get_partition(region_name)].get_role(resource_name))
    original(resource_name, cloudformation_json, account_id, region_name)


@extends(IAMBackend)
def _init_aws_policies(original: Any, self: IAMBackend) -> list[ManagedPolicy]:
    # Reading all of Amazon's policies takes longer than anything else in emptying the account.
    if not amazon_policies:
        amazon_policies.extend(original(self))
    return [copy.copy(policy) for policy in amazon_policies]


@when_created(Role)
def give_readable_policies(role: Role, properties: dict[str, Any]) -> None:
    role.policies.clear()
    give_policies(role, properties)


@when_updated(Role)
def change_role(role: Role, properties: dict[str, Any]) -> None:
    role.description = properties.get("Description", "")
    role.max_session_duration = properties.get("MaxSessionDuration", 3600)
    role.assume_role_policy_document = json.dumps(properties["AssumeRolePolicyDocument"], default=str)
    take_policies(role)
    give_policies(role, properties)


@when_updated(InstanceProfile)
def change_profile(profile: InstanceProfile, properties: dict[str, Any]) -> None:
    backend = iam_backends[profile.account_id][profile.partition]
    profile.roles = [backend.get_role(name) for name in properties["Roles"]]


def give_policies(role: Role, properties: dict[str, Any]) -> None:
    backend = iam_backends[role.account_id][role.partition]
    role.template_policies = [policy["PolicyName"] for policy in properties.get("Policies", [])]
    for policy in properties.get("Policies", []):
        role.put_policy(policy["PolicyName"], json.dumps(policy["PolicyDocument"], default=str))
    for arn in properties.get("ManagedPolicyArns", []):
        backend.attach_role_policy(arn, role.name)


def take_policies(role: Role) -> None:
    """Take away the policies that `give_policies` gave; those of AWS::IAM::Policy stay."""
    backend = iam_backends[role.account_id][role.partition]
    for name in role.template_policies:
        role.policies.pop(name, None)
    for arn in list(role.managed_policies):
        backend.detach_role_policy(arn, role.name)

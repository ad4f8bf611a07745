"""Signals that a resource is set up, which a creation policy waits for; moto does not know the call."""

from __future__ import annotations

import re
import time
from typing import Any

from moto.cloudformation.exceptions import ValidationError
from moto.cloudformation.models import Stack
from moto.cloudformation.responses import CloudFormationResponse
from moto.core.responses import ActionResult, EmptyResult

from local_aws.cloudformation.operations import turn, wait_until
from local_aws.cloudformation.stack_events import add_resource_event
from local_aws.patches import replaces

DURATION = re.compile(r"P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?")


class SignalWait:
    """What a resource, be it created or replaced, waits for until it is complete."""

    def __init__(self, policy: dict[str, Any], resource: Any, doing: str):
        self.resource = resource
        self.doing = doing
        self.deadline = time.monotonic() + seconds_in(str(policy.get("Timeout", "PT5M")))
        self._needed = int(policy.get("Count", 1))
        self._received: dict[str, str] = {}

    def receive(self, unique_id: str, status: str) -> None:
        """Take a signal; only the first one of each sender counts."""
        self._received.setdefault(unique_id, status)

    @property
    def is_over(self) -> bool:
        return self.failure is not None or self._missing <= 0

    @property
    def failure(self) -> str | None:
        """Why the resource is not going to be complete."""
        for unique_id, status in self._received.items():
            if status == "FAILURE":
                return f"Received FAILURE signal with UniqueId {unique_id}"
        if self._missing > 0 and time.monotonic() >= self.deadline:
            return f"Failed to receive {self._missing} resource signal(s) within the specified duration"
        return None

    @property
    def _missing(self) -> int:
        return self._needed - len(self._received)


def signals_to_wait_for(definition: dict[str, Any], resource: Any, doing: str) -> SignalWait | None:
    policy = definition.get("CreationPolicy", {}).get("ResourceSignal")
    return None if policy is None else SignalWait(policy, resource, doing)


def wait_for_one(waits: dict[str, SignalWait]) -> list[str]:
    """Wait until at least one of these is over, and tell which."""
    wait_until(
        lambda: any(wait.is_over for wait in waits.values()), min(wait.deadline for wait in waits.values())
    )
    return [name for name, wait in waits.items() if wait.is_over]


def waits_in(stack: Stack) -> dict[str, SignalWait]:
    """What a stack waits for now, by the names of its resources."""
    return vars(stack).setdefault("signal_waits", {})


@replaces(CloudFormationResponse)
def signal_resource(self: CloudFormationResponse) -> ActionResult:
    stack = self.cloudformation_backend.get_stack(self._get_param("StackName"))
    name, unique_id, status = map(self._get_param, ("LogicalResourceId", "UniqueId", "Status"))
    if not stack.status.endswith("_IN_PROGRESS"):
        raise ValidationError(
            message=f"Stack {stack.stack_id} is in {stack.status} state and cannot be signaled"
        )
    wait = waits_in(stack).get(name)
    if wait is None:
        raise ValidationError(message=f"Resource {name} of stack {stack.name} waits for no signal")
    kind, physical_id = wait.resource.cf_resource_type, str(wait.resource.physical_resource_id)
    if kind == "AWS::EC2::Instance" and unique_id != physical_id:
        raise ValidationError(message=f"Resource {name} is the instance {physical_id} and not {unique_id}")
    wait.receive(unique_id, status)
    add_resource_event(
        stack,
        name,
        kind,
        f"{wait.doing}_IN_PROGRESS",
        physical_id,
        f"Received {status} signal with UniqueId {unique_id}",
    )
    turn.notify_all()
    return EmptyResult()


def seconds_in(duration: str) -> int:
    """The length of a duration like PT1H30M."""
    match = DURATION.fullmatch(duration)
    if not match or not any(match.groups()):
        raise ValidationError(message=f"Invalid timeout {duration}: it must be a duration like PT1H30M")
    days, hours, minutes, seconds = (int(part or 0) for part in match.groups())
    return ((days * 24 + hours) * 60 + minutes) * 60 + seconds

"""The events of a stack, which the command line shows while it deploys. It sorts them by their milliseconds,
which on AWS differ; moto's events may share one."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from moto.cloudformation.models import Event, Stack

from local_aws.patches import extends

last_time = datetime.min


@extends(Event, "__init__")
def create_event_with_own_time(original: Any, self: Event, *arguments: Any, **keywords: Any) -> None:
    global last_time
    original(self, *arguments, **keywords)
    if last_time != datetime.min:
        self.timestamp = max(self.timestamp, last_time + timedelta(milliseconds=1))
    last_time = self.timestamp


def add_resource_event(
    stack: Stack,
    logical_id: str,
    resource_type: str,
    status: str,
    physical_id: str = "",
    reason: str | None = None,
) -> None:
    stack.events.append(
        Event(stack.stack_id, stack.name, logical_id, physical_id, resource_type, status, reason, None)
    )


def set_status(stack: Stack, status: str, reason: str | None = None) -> None:
    stack.status = status
    stack.stack_status_reason = reason
    stack._add_stack_event(status, reason)

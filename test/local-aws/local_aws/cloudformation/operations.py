"""Work on stacks, which may have to wait for something while requests are answered."""

from __future__ import annotations

import threading
import time
from typing import Any, Callable

from moto.moto_api._internal.models import MotoAPIBackend

from local_aws.patches import extends

turn = threading.Condition(threading.RLock())
running: set[Operation] = set()


class Abandoned(BaseException):
    """Ends an operation where it waits. It is no `Exception`, so that nothing is rolled back."""


class Operation(threading.Thread):
    """Work on a stack, in a thread of its own."""

    def __init__(self, stack: Any, work: Callable[[], None]):
        super().__init__(daemon=True)
        self.stack = stack
        self.waits = False
        self.is_abandoned = False
        self._work = work

    def run(self) -> None:
        with turn:
            try:
                self._work()
            except Abandoned:
                pass
            finally:
                running.discard(self)
                turn.notify_all()


class OneAtATime:
    """An application that answers one request at a time, and none while there is work on a stack, unless
    that waits: moto keeps its data without locks."""

    def __init__(self, application: Callable[..., Any]):
        self._application = application

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Any:
        with turn:
            return self._application(environ, start_response)


@extends(MotoAPIBackend)
def reset(original: Any, self: MotoAPIBackend) -> None:
    """A stack that waits for a signal ends with the account; moto waits for nothing."""
    abandon(running)
    original(self)


def carry_out(stack: Any, work: Callable[[], None]) -> None:
    """Do this work on a stack, and return when it is done or waits; then it goes on by itself."""
    if isinstance(threading.current_thread(), Operation):
        work()  # that on a stack within a stack is a part of the work on the outer one
        return
    operation = Operation(stack, work)
    running.add(operation)
    operation.start()
    turn.wait_for(lambda: operation.waits or operation not in running)


def wait_until(is_so: Callable[[], bool], deadline: float) -> None:
    """Let requests be answered until this is so or, by the monotonic clock, too late."""
    operation = threading.current_thread()
    operation.waits = True
    turn.notify_all()
    turn.wait_for(lambda: operation.is_abandoned or is_so(), deadline - time.monotonic())
    operation.waits = False
    if operation.is_abandoned:
        raise Abandoned


def abandon_work_on(stack: Any) -> None:
    abandon({operation for operation in running if operation.stack is stack})


def abandon(operations: set[Operation]) -> None:
    """End these operations, all of which wait, and leave what they have made."""
    for operation in operations:
        operation.is_abandoned = True
    turn.notify_all()

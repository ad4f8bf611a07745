"""The HTTP server, from its first connection to its end."""

from __future__ import annotations

import json
import logging
import os
import signal
import socket
import threading
from typing import Any, Callable

from moto.moto_server import werkzeug_app
from werkzeug.serving import WSGIRequestHandler, make_server

from local_aws import (
    addresses,
    alarms,
    change_sets,
    cpu_credits,
    custom_resources,
    deletions,
    ignored_resources,
    image_parameters,
    images,
    instance_connect_endpoints,
    instance_types,
    instances,
    key_pairs,
    log_groups,
    network,
    operations,
    parameters,
    regions,
    roles,
    schedules,
    security_group_rules,
    security_groups,
    signals,
    ssm_references,
    stack_descriptions,
    stack_events,
    stack_resources,
    stack_steps,
    stacks,
    template_urls,
    templates,
    unsupported,
)
from local_aws.instance_identity import InstanceIdentity
from local_aws.watched_file import WatchedFile

HOST = "127.0.0.1"


def install(image_file: WatchedFile, parameter_file: WatchedFile) -> None:
    """Close the gaps of moto."""
    unsupported.install()
    regions.install()
    operations.install()
    images.install(image_file)
    parameters.install(parameter_file)
    instance_types.install()
    image_parameters.install()
    instances.install()
    cpu_credits.install()
    addresses.install()
    network.install()
    instance_connect_endpoints.install()
    security_groups.install()
    security_group_rules.install()
    roles.install()
    key_pairs.install()
    log_groups.install()
    alarms.install()
    schedules.install()
    ignored_resources.install()
    custom_resources.install()
    template_urls.install()
    templates.install()
    ssm_references.install()
    stack_events.install()
    stack_resources.install()
    stack_steps.install()
    signals.install()
    deletions.install()
    stacks.install()
    stack_descriptions.install()
    change_sets.install()


def run(
    port: int, image_file: WatchedFile, parameter_file: WatchedFile, until_standard_input_ends: bool
) -> int:
    """Serve until told to stop; the exit code of the process is returned."""
    listener = socket.create_server((HOST, port))
    install(image_file, parameter_file)
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    server = make_server(
        HOST,
        listener.getsockname()[1],
        application(),
        threaded=True,
        fd=listener.fileno(),
        request_handler=getattr(werkzeug_app, "MotoRequestHandler", WSGIRequestHandler),
    )
    threading.Thread(target=server.serve_forever, daemon=True).start()
    end = event_at_the_end(until_standard_input_ends)
    print(json.dumps({"url": f"http://{HOST}:{listener.getsockname()[1]}", "pid": os.getpid()}), flush=True)
    end.wait()
    return 0


def application() -> Callable[..., Any]:
    services = werkzeug_app.DomainDispatcherApplication(werkzeug_app.create_backend_app)
    return operations.OneAtATime(InstanceIdentity(services))


def event_at_the_end(until_standard_input_ends: bool) -> threading.Event:
    """An event that is set when the server is told to stop."""
    end = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: end.set())
    if until_standard_input_ends:
        threading.Thread(target=set_when_standard_input_ends, args=(end,), daemon=True).start()
    return end


def set_when_standard_input_ends(end: threading.Event) -> None:
    # sys.stdin would keep a lock that the interpreter, when it ends, cannot take from this thread.
    try:
        while os.read(0, 4096):
            pass
    except OSError:
        pass
    end.set()

"""The HTTP server, from its first connection to its end."""

from __future__ import annotations

import json
import logging
import os
import signal
import socket
import threading
from importlib import import_module
from pathlib import Path
from typing import Any, Callable

from moto.moto_server import werkzeug_app
from werkzeug.serving import WSGIRequestHandler, make_server

from local_aws.cloudformation.instance_identity import InstanceIdentity
from local_aws.cloudformation.operations import OneAtATime
from local_aws.pricing.products import PriceList

HOST = "127.0.0.1"


def close_gaps() -> None:
    """Import every module, each of which closes a gap of moto."""
    folder = Path(__file__).parent
    for path in sorted(folder.glob("*/*.py")):
        import_module(f"{folder.name}.{path.parent.name}.{path.stem}")


def run(port: int, until_standard_input_ends: bool) -> int:
    """Serve until told to stop; the exit code of the process is returned."""
    listener = socket.create_server((HOST, port))
    close_gaps()
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
    return PriceList(OneAtATime(InstanceIdentity(services)))


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

#!/usr/bin/env python
"""Runs the command of this name, which is in the npm package that this Python package is made of, with Node.js."""

import importlib.util
import os
import pathlib
import signal
import subprocess
import sys
import tarfile
import tempfile

# Windows puts an ending of its own behind the name.
NAME = "cdk-ami" if pathlib.Path(sys.argv[0]).name.startswith("cdk-ami") else "cdk-workshop"
FILES = ["package.json", "lib/cli/commands.js", f"bin/{NAME}"]


def npm_package() -> pathlib.Path:
    # Found, not imported: an import loads aws-cdk-lib, which takes seconds.
    spec = importlib.util.find_spec("cdk_workshop_instance")
    assert spec is not None and spec.origin is not None
    (archive,) = pathlib.Path(spec.origin).parent.glob("_jsii/*.jsii.tgz")
    return archive


def extract(directory: str) -> pathlib.Path:
    with tarfile.open(npm_package()) as archive:
        for name in FILES:
            content = archive.extractfile(f"package/{name}")
            assert content is not None
            file = pathlib.Path(directory, name)
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(content.read())
    return pathlib.Path(directory, FILES[-1])


def main() -> int:
    with tempfile.TemporaryDirectory(prefix=f"{NAME}-") as directory:
        command = [os.environ.get("JSII_NODE", "node"), str(extract(directory)), *sys.argv[1:]]
        try:
            # Messages then name the command as pip installs it.
            process = subprocess.Popen(command, env={**os.environ, "JSII_AGENT": "Python"})
        except FileNotFoundError:
            print(f"error: {NAME} runs on Node.js 20 or later, and there is no node on the PATH; install it.", file=sys.stderr)
            return 2
        # The terminal interrupts both, and the command ends by itself.
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        signal.signal(signal.SIGTERM, lambda *_: process.terminate())
        code = process.wait()
        return code if code >= 0 else 128 - code


sys.exit(main())

"""Puts python-launcher.py in the place of the launcher that jsii-pacmak has written into the wheel and the source package.

That one loads aws-cdk-lib before it starts the command, which needs none of it, and ends with a traceback on Ctrl-C.
"""

from __future__ import annotations

import base64
import hashlib
import io
import os
import pathlib
import re
import tarfile
import zipfile

ROOT = pathlib.Path(__file__).parents[1]
LAUNCHER = (ROOT / "scripts" / "python-launcher.py").read_bytes()
# In a wheel this first line stands for the interpreter that it is installed for.
LAUNCHER_IN_WHEEL = re.sub(rb"^#!.*", b"#!python", LAUNCHER)


def is_launcher(name: str) -> bool:
    return name.endswith(("/scripts/cdk-ami", "/bin/cdk-ami"))


def in_wheel(wheel: pathlib.Path, made: pathlib.Path) -> int:
    replaced = 0
    with zipfile.ZipFile(wheel) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            content = old.read(entry)
            if is_launcher(entry.filename):
                content = LAUNCHER_IN_WHEEL
                replaced += 1
            elif entry.filename.endswith(".dist-info/RECORD"):
                content = recorded(content.decode()).encode()
            new.writestr(entry, content)
    return replaced


def recorded(record: str) -> str:
    """The list of the files of a wheel, with the hash and the size of the launcher."""
    digest = base64.urlsafe_b64encode(hashlib.sha256(LAUNCHER_IN_WHEEL).digest()).rstrip(b"=").decode()
    return re.sub(r"^(.+/scripts/cdk-ami),.*$", rf"\1,sha256={digest},{len(LAUNCHER_IN_WHEEL)}", record, flags=re.MULTILINE)


def in_source(source: pathlib.Path, made: pathlib.Path) -> int:
    replaced = 0
    with tarfile.open(source) as old, tarfile.open(made, "w:gz") as new:
        for entry in old:
            content = old.extractfile(entry) if entry.isfile() else None
            if is_launcher(entry.name):
                entry.size, content = len(LAUNCHER), io.BytesIO(LAUNCHER)
                replaced += 1
            new.addfile(entry, content)
    return replaced


for pattern, replace in [("*.whl", in_wheel), ("*.tar.gz", in_source)]:
    (package,) = (ROOT / "dist" / "python").glob(pattern)
    made = package.with_name(f"{package.name}.made")
    if replace(package, made) != 1:
        raise SystemExit(f"{package.name}: there is not one launcher of cdk-ami in it.")
    os.replace(made, package)

"""Puts python-launcher.py in the place of the launchers that jsii-pacmak has written into the wheel and the source package.

Those load aws-cdk-lib before they start their command, which needs none of it, and end with a traceback on Ctrl-C.
As both are packed anew, nothing of the time, the user and the machine of the build stays in them: two builds are byte-equal.
"""

from __future__ import annotations

import base64
import gzip
import hashlib
import io
import os
import pathlib
import re
import stat
import tarfile
import time
import zipfile

ROOT = pathlib.Path(__file__).parents[1]
LAUNCHER = (ROOT / "scripts" / "python-launcher.py").read_bytes()
# In a wheel this first line stands for the interpreter that it is installed for.
LAUNCHER_IN_WHEEL = re.sub(rb"^#!.*", b"#!python", LAUNCHER)

COMMANDS = "cdk-ami|cdk-workshop"

# What npm gives to every file that it packs.
TIME = 499162500


def is_launcher(name: str) -> bool:
    return re.search(f"/(scripts|bin)/({COMMANDS})$", name) is not None


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
            made_entry = zipfile.ZipInfo(entry.filename, time.gmtime(TIME)[:6])
            made_entry.create_system = 3  # Unix
            made_entry.external_attr = (stat.S_IFREG | mode(entry.external_attr >> 16)) << 16
            new.writestr(made_entry, content, zipfile.ZIP_DEFLATED)
    return replaced


def recorded(record: str) -> str:
    """The list of the files of a wheel, with the hash and the size of the launchers."""
    digest = base64.urlsafe_b64encode(hashlib.sha256(LAUNCHER_IN_WHEEL).digest()).rstrip(b"=").decode()
    return re.sub(r"^(.+/scripts/cdk-ami),.*$", rf"\1,sha256={digest},{len(LAUNCHER_IN_WHEEL)}", record, flags=re.MULTILINE)


def in_source(source: pathlib.Path, made: pathlib.Path) -> int:
    replaced = 0
    with (
        tarfile.open(source) as old,
        made.open("wb") as file,
        gzip.GzipFile("", "wb", fileobj=file, mtime=TIME) as stream,
        tarfile.open(fileobj=stream, mode="w") as new,
    ):
        for entry in old:
            content = old.extractfile(entry) if entry.isfile() else None
            if is_launcher(entry.name):
                entry.size, content = len(LAUNCHER), io.BytesIO(LAUNCHER)
                replaced += 1
            made_entry = tarfile.TarInfo(entry.name)
            made_entry.type, made_entry.size, made_entry.mtime, made_entry.mode = entry.type, entry.size, TIME, mode(entry.mode)
            new.addfile(made_entry, content)
    return replaced


def mode(old: int) -> int:
    return 0o755 if old & stat.S_IXUSR else 0o644


for pattern, replace in [("*.whl", in_wheel), ("*.tar.gz", in_source)]:
    (package,) = (ROOT / "dist" / "python").glob(pattern)
    made = package.with_name(f"{package.name}.made")
    if replace(package, made) != COMMANDS.count("|") + 1:
        raise SystemExit(f"{package.name}: there is not one launcher for each of {COMMANDS} in it.")
    os.replace(made, package)

"""The file that lists the public SSM parameters.

A value is an image id, `{"versions": {"83": ..., "216": ...}}`, whose highest number is the latest, or an
object that has either of the two for each region.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from local_aws.watched_file import FileError, WatchedFile

REGION = re.compile(r"[a-z]{2}(-[a-z]+)+-\d")


def open_parameter_file(path: Path) -> WatchedFile:
    return WatchedFile(path, check_parameters)


def check_parameters(data: Any) -> dict[str, Any]:
    if not isinstance(data, dict):
        raise FileError("It must hold an object that has a value for each parameter's name.")
    for name, value in data.items():
        if not name.startswith("/aws/service/"):
            raise FileError(
                f"The parameter '{name}' is not public: its name does not start with /aws/service/."
            )
        check_value(name, value)
    return data


def check_value(name: str, value: Any) -> None:
    if not isinstance(value, dict) or "versions" in value:
        check_versions(name, value)
        return
    for region, regional_value in value.items():
        if not REGION.fullmatch(region):
            raise FileError(f"The parameter '{name}' has a value for '{region}', which is not a region.")
        check_versions(name, regional_value)


def check_versions(name: str, value: Any) -> None:
    versions = {"1": value}
    if isinstance(value, dict):
        unknown = sorted(set(value) - {"versions"})
        if unknown:
            raise FileError(f"The parameter '{name}' has an unknown key '{unknown[0]}' beside its versions.")
        versions = value.get("versions")
    if not isinstance(versions, dict) or not versions:
        raise FileError(f"The parameter '{name}' has no versions.")
    for number, text in versions.items():
        if not re.fullmatch(r"[1-9]\d*", number):
            raise FileError(
                f"The parameter '{name}' has a version '{number}', which is not a positive number."
            )
        if not isinstance(text, str) or not text:
            raise FileError(f"The parameter '{name}' has a value that is not a text: {text!r}.")


def versions_in(value: Any, region: str) -> list[tuple[int, str]]:
    """The numbered values a parameter has in a region, oldest first; none if it does not exist there."""
    if isinstance(value, dict) and "versions" not in value:
        value = value.get(region)
    if value is None:
        return []
    if isinstance(value, str):
        return [(1, value)]
    return sorted((int(number), text) for number, text in value["versions"].items())

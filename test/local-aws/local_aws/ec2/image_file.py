"""The files that list the images: what an entry may say, and what it means when it is silent."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

from local_aws.watched_file import FileError, WatchedFile, WatchedFolder

AMAZON_ACCOUNTS = {
    "137112412989": "Amazon Linux",
    "296779064547": "Bottlerocket in eu-west-3",
    "591542846629": "Amazon ECS",
    "602401143452": "Amazon EKS",
    "628277914472": "macOS",
    "801119661308": "Windows",
    "898082745236": "Deep Learning",
}

REQUIRED = {
    "ami_id": str,
    "name": str,
    "owner_id": str,
    "creation_date": str,
    "architecture": str,
}

OPTIONAL = {
    "description": (str, None),
    "owner_alias": ((str, type(None)), None),
    "public": (bool, True),
    "state": (str, "available"),
    "deprecation_time": ((str, type(None)), None),
    "regions": ((list, type(None)), None),
    "virtualization_type": (str, "hvm"),
    "root_device_type": (str, "ebs"),
    "root_device_name": (str, "/dev/xvda"),
    "root_volume_size": (int, 8),
    "root_volume_type": (str, "gp2"),
    "hypervisor": (str, "xen"),
    "image_type": (str, "machine"),
    "image_location": ((str, type(None)), None),
    "platform": ((str, type(None)), None),
    "boot_mode": ((str, type(None)), None),
    "ena_support": (bool, True),
    "imds_support": ((str, type(None)), None),
    "tags": (dict, {}),
}


def open_image_file(path: Path) -> WatchedFile:
    return (WatchedFolder if path.is_dir() else WatchedFile)(path, check_images)


def check_images(data: Any) -> list[dict[str, Any]]:
    """The entries with every optional key filled in."""
    if not isinstance(data, list):
        raise FileError("It must hold a list of images.")
    entries = [complete_entry(entry) for entry in data]
    seen: set[str] = set()
    for entry in entries:
        if entry["ami_id"] in seen:
            raise FileError(f"The image {entry['ami_id']} is listed twice.")
        seen.add(entry["ami_id"])
    return entries


def complete_entry(entry: Any) -> dict[str, Any]:
    if not isinstance(entry, dict):
        raise FileError(f"The image {entry!r} is not an object.")
    label = f"The image {entry.get('ami_id', entry)}"
    for key in REQUIRED:
        if key not in entry:
            raise FileError(f"{label} has no '{key}'.")
    for key, value in entry.items():
        if key not in REQUIRED and key not in OPTIONAL:
            raise FileError(f"{label} has an unknown key '{key}'.")
        kind = REQUIRED[key] if key in REQUIRED else OPTIONAL[key][0]
        if not isinstance(value, kind) or (isinstance(value, bool) and kind is int):
            raise FileError(f"{label} has a '{key}' of the wrong type: {value!r}.")
    for key in ("creation_date", "deprecation_time"):
        check_time(label, key, entry.get(key))
    defaults = {key: default for key, (_, default) in OPTIONAL.items()}
    defaults["description"] = entry["name"]
    defaults["owner_alias"] = "amazon" if entry["owner_id"] in AMAZON_ACCOUNTS else None
    return {**defaults, **entry}


def check_time(label: str, key: str, value: str | None) -> None:
    if value is None:
        return
    try:
        parse_time(value)
    except ValueError as error:
        raise FileError(
            f"{label} has a '{key}' that is not like 2023-03-23T19:58:37.000Z: '{value}'."
        ) from error


def parse_time(value: str) -> datetime:
    return datetime.strptime(value, "%Y-%m-%dT%H:%M:%S.%fZ")

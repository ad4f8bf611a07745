"""Machine images, as the image file lists them.

AWS hides deprecated and foreign private images, gives only its own accounts the alias "amazon", and tells the
attributes of an image to its owner only; moto serves fixed images, all of the alias "amazon" and all created
at the start of the server, in one page and with all attributes."""

from __future__ import annotations

import re
from contextvars import ContextVar
from datetime import datetime, timezone
from threading import Lock
from typing import Any

from moto.ec2.exceptions import EC2ClientError, InvalidAMIIdError, MalformedAMIIdError
from moto.ec2.models.amis import Ami, AmiBackend
from moto.ec2.responses.amis import AmisResponse

from local_aws import served
from local_aws.ec2.image_file import parse_time
from local_aws.pages import page_of
from local_aws.patches import extends, replaces

IMAGE_ID = re.compile(r"ami-([0-9a-f]{8}|[0-9a-f]{17})")

# https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/billing-info-fields.html
BILLED_PUBLISHERS = {
    "309956199498": ("Red Hat Enterprise Linux", "RunInstances:0010"),
    "013907871322": ("SUSE Linux", "RunInstances:000g"),
}

one_at_a_time = Lock()
include_deprecated: ContextVar[bool] = ContextVar("include_deprecated", default=False)


class PublishedImage(Ami):
    """An image of the image file."""

    def __init__(self, backend: Any, entry: dict[str, Any]):
        super().__init__(
            backend,
            ami_id=entry["ami_id"],
            name=entry["name"],
            description=entry["description"],
            owner_id=entry["owner_id"],
            owner_alias=entry["owner_alias"],
            public=entry["public"],
            virtualization_type=entry["virtualization_type"],
            architecture=entry["architecture"],
            state=entry["state"],
            platform=entry["platform"],
            image_type=entry["image_type"],
            image_location=entry["image_location"]
            or f"{entry['owner_alias'] or entry['owner_id']}/{entry['name']}",
            hypervisor=entry["hypervisor"],
            root_device_type=entry["root_device_type"],
            root_device_name=entry["root_device_name"],
            region_name=f"{backend.region_name}a",
            boot_mode=entry["boot_mode"],
            tags=entry["tags"],
        )
        self.entry = entry
        self.creation_date = parse_time(entry["creation_date"])
        self.deprecation_time = entry["deprecation_time"]
        self.ena_support = entry["ena_support"]
        self.imds_support = entry["imds_support"]
        self.platform_details, self.usage_operation = billing(entry)
        self.root_volume_size = entry["root_volume_size"]
        self.root_volume_type = entry["root_volume_type"]

    @property
    def is_deprecated(self) -> bool:
        if self.deprecation_time is None:
            return False
        return parse_time(self.deprecation_time).replace(tzinfo=timezone.utc) <= datetime.now(timezone.utc)

    @property
    def block_device_mappings(self) -> list[dict[str, Any]]:
        if self.root_device_type != "ebs":
            return []
        volume = {
            "DeleteOnTermination": True,
            "Encrypted": False,
            "SnapshotId": self.ebs_snapshot.id,
            "VolumeSize": self.root_volume_size,
            "VolumeType": self.root_volume_type,
        }
        return [{"DeviceName": self.root_device_name, "Ebs": volume}]

    def get_filter_value(self, filter_name: str, method_name: str | None = None) -> Any:
        values = {
            "block-device-mapping.volume-type": self.root_volume_type
            if self.root_device_type == "ebs"
            else "",
            "creation-date": self.entry["creation_date"],
            "deprecation-time": self.deprecation_time or "",
            "description": self.description,
            "ena-support": "true" if self.ena_support else "false",
            "hypervisor": self.hypervisor,
            "image-type": self.image_type,
            "is-public": "true" if self.is_public else "false",
            "owner-alias": self.owner_alias or "",
            "platform": self.platform or "",
            "root-device-name": self.root_device_name,
            "root-device-type": self.root_device_type,
        }
        if filter_name in values:
            return values[filter_name]
        return super().get_filter_value(filter_name, method_name)


@replaces(AmiBackend, "_load_amis")
def synchronize(self: AmiBackend) -> None:
    with one_at_a_time:
        served.images.refresh()
        if getattr(self, "image_file_revision", None) != served.images.revision:
            publish(self)
            self.image_file_revision = served.images.revision


def publish(backend: AmiBackend) -> None:
    entries = {entry["ami_id"]: entry for entry in served.images.content if is_in(entry, backend.region_name)}
    for image_id, image in list(backend.amis.items()):
        if isinstance(image, PublishedImage) and image.entry != entries.get(image_id):
            del backend.amis[image_id]
            backend.delete_snapshot(image.ebs_snapshot.id)
    for image_id, entry in entries.items():
        if image_id not in backend.amis:
            backend.amis[image_id] = PublishedImage(backend, entry)


@extends(AmiBackend)
def describe_images(
    original: Any,
    self: AmiBackend,
    ami_ids: list[str] | None = None,
    filters: dict[str, Any] | None = None,
    exec_users: list[str] | None = None,
    owners: list[str] | None = None,
) -> list[Ami]:
    synchronize(self)
    named = bool(ami_ids) or "image-id" in (filters or {}) or include_deprecated.get()
    images = [
        image
        for image in original(self, ami_ids, filters, exec_users, owners)
        if is_visible(image, self.account_id, named)
    ]
    missing = set(ami_ids or []) - {image.id for image in images} - set(self.deleted_amis)
    if missing:
        raise InvalidAMIIdError(sorted(missing))
    return images


@extends(AmisResponse, "describe_images")
def describe_page(original: Any, self: AmisResponse) -> Any:
    for image_id in self._get_param("ImageIds", []):
        check_image_id(image_id)
    token = include_deprecated.set(bool(self._get_bool_param("IncludeDeprecated", False)))
    try:
        return page_of(self, "Images", original(self).result["Images"])
    finally:
        include_deprecated.reset(token)


@extends(AmisResponse)
def describe_image_attribute(original: Any, self: AmisResponse) -> Any:
    image_id = self._get_param("ImageId")
    check_image_id(image_id)
    (image,) = self.ec2_backend.describe_images(ami_ids=[image_id])
    if image.owner_id != self.current_account:
        raise EC2ClientError("AuthFailure", f"Not authorized for image:{image_id}")
    return original(self)


def billing(entry: dict[str, Any]) -> tuple[str, str]:
    """What EC2 bills an image as."""
    if entry["platform"] == "windows":
        return "Windows", "RunInstances:0002"
    return BILLED_PUBLISHERS.get(entry["owner_id"], ("Linux/UNIX", "RunInstances"))


def is_in(entry: dict[str, Any], region: str) -> bool:
    return entry["regions"] is None or region in entry["regions"]


def is_visible(image: Ami, account: str, even_deprecated: bool) -> bool:
    if image.owner_id == account or not isinstance(image, PublishedImage):
        return True
    return image.is_public and (even_deprecated or not image.is_deprecated)


def check_image_id(image_id: str) -> None:
    if not IMAGE_ID.fullmatch(image_id):
        raise MalformedAMIIdError([image_id])

"""The volumes of an instance."""

from __future__ import annotations

from typing import Any

from moto.ec2.exceptions import EC2ClientError
from moto.ec2.models.amis import Ami
from moto.ec2.models.instances import Instance

from local_aws.cloudformation.templates import as_bool


def volume_mappings(image: Ami, mappings: list[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """The volumes to make for an instance, by device name: those of the image, changed and added to by the
    mappings of the request, without the devices these leave out."""
    volumes = {mapping["DeviceName"]: mapping["Ebs"] for mapping in image.block_device_mappings}
    for mapping in mappings:
        device = mapping["DeviceName"]
        if mapping.get("NoDevice") is not None:
            volumes.pop(device, None)
        elif mapping.get("Ebs") is not None:
            wanted = {name: value for name, value in mapping["Ebs"].items() if value is not None}
            check_size(volumes.get(device, {}), wanted)
            volumes[device] = {**volumes.get(device, {}), **wanted}
    return volumes


def check_size(of_image: dict[str, Any], wanted: dict[str, Any]) -> None:
    """Fail if what an image holds does not fit."""
    size, least = number(wanted.get("VolumeSize")), of_image.get("VolumeSize")
    if size is not None and least is not None and size < least and "SnapshotId" not in wanted:
        raise EC2ClientError(
            "InvalidBlockDeviceMapping",
            f"Volume of size {size}GB is smaller than snapshot '{of_image['SnapshotId']}', "
            f"expect size>= {least}GB",
        )


def attach_volumes(instance: Instance, volumes: dict[str, dict[str, Any]], tags: dict[str, str]) -> None:
    backend = instance.ec2_backend
    for device, settings in volumes.items():
        volume = backend.create_volume(
            size=number(settings.get("VolumeSize")),
            zone_name=instance.placement.zone,
            snapshot_id=settings.get("SnapshotId"),
            encrypted=as_bool(settings.get("Encrypted", False)),
            kms_key_id=settings.get("KmsKeyId"),
            volume_type=settings.get("VolumeType"),
            iops=number(settings.get("Iops")),
            throughput=number(settings.get("Throughput")),
        )
        volume.add_tags(tags)
        backend.attach_volume(
            volume.id, instance.id, device, as_bool(settings.get("DeleteOnTermination", True))
        )


def number(value: Any) -> int | None:
    return None if value is None else int(value)

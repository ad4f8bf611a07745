"""Tasks that replace the root volume of a running instance by one as it was at launch; moto does not know them."""

from __future__ import annotations

from typing import Any

from moto.core.responses import ActionResult
from moto.core.utils import utcnow
from moto.ec2.exceptions import EC2ClientError
from moto.ec2.responses import EC2Response
from moto.ec2.utils import random_id

from local_aws.patches import replaces


def tasks_in(backend: Any) -> dict[str, dict[str, Any]]:
    return vars(backend).setdefault("replace_root_volume_tasks", {})


@replaces(EC2Response)
def create_replace_root_volume_task(self: EC2Response) -> ActionResult:
    if self._get_param("SnapshotId") or self._get_param("ImageId") or self._get_param("VolumeId"):
        raise EC2ClientError(
            "UnsupportedOperation", "The local AWS replaces a root volume by its launch state only."
        )
    backend = self.ec2_backend
    instance = backend.get_instance(self._get_param("InstanceId"))
    if instance.state != "running":
        raise EC2ClientError(
            "IncorrectInstanceState", f"The instance '{instance.id}' is not in the 'running' state."
        )
    device = instance.root_device_name
    old = backend.get_volume(instance.block_device_mapping[device].volume_id)
    delete_on_termination = instance.block_device_mapping[device].delete_on_termination
    new = backend.create_volume(
        size=old.size,
        zone_name=instance.placement.zone,
        snapshot_id=old.snapshot_id,
        encrypted=old.encrypted,
        kms_key_id=old.kms_key_id,
        volume_type=old.volume_type,
        iops=old.iops,
        throughput=old.throughput,
    )
    backend.detach_volume(old.id, instance.id, device)
    backend.attach_volume(new.id, instance.id, device, delete_on_termination)
    if self._get_bool_param("DeleteReplacedRootVolume", False):
        backend.delete_volume(old.id)
    task = {
        "ReplaceRootVolumeTaskId": random_id("replacevol"),
        "InstanceId": instance.id,
        "TaskState": "pending",
        "StartTime": utcnow().isoformat(),
        "DeleteReplacedRootVolume": self._get_bool_param("DeleteReplacedRootVolume", False),
        "Tags": [],
    }
    tasks_in(backend)[task["ReplaceRootVolumeTaskId"]] = task
    return ActionResult({"ReplaceRootVolumeTask": dict(task)})


@replaces(EC2Response)
def describe_replace_root_volume_tasks(self: EC2Response) -> ActionResult:
    """Each task has ended by the time that somebody asks for it."""
    wanted = self._get_param("ReplaceRootVolumeTaskIds", [])
    tasks = tasks_in(self.ec2_backend)
    for task_id in wanted:
        if task_id not in tasks:
            raise EC2ClientError(
                "InvalidReplaceRootVolumeTaskID.NotFound",
                f"The replace root volume task ID '{task_id}' does not exist",
            )
    ended = [
        {**task, "TaskState": "succeeded", "CompleteTime": task["StartTime"]}
        for task_id, task in tasks.items()
        if not wanted or task_id in wanted
    ]
    return ActionResult({"ReplaceRootVolumeTasks": ended})

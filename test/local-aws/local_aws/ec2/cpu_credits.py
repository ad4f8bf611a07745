"""The CPU credits of burstable instances. One is unlimited, unless it is a T2 or is told otherwise; moto
tells "standard" of every instance."""

from __future__ import annotations

from typing import Any

from moto.core.responses import ActionResult
from moto.ec2.exceptions import EC2ClientError
from moto.ec2.models.instance_types import INSTANCE_TYPES
from moto.ec2.models.instances import Instance
from moto.ec2.responses.instances import InstanceResponse

from local_aws.patches import replaces


def is_burstable(instance_type: str) -> bool:
    return bool(INSTANCE_TYPES.get(instance_type, {}).get("BurstablePerformanceSupported"))


def check_cpu_credits(instance_type: str, properties: dict[str, Any]) -> None:
    """Fail if a template gives credits to an instance that does not use them."""
    if properties.get("CreditSpecification") and not is_burstable(instance_type):
        raise EC2ClientError(
            "InvalidParameterCombination",
            f"The instance type '{instance_type}' is not a burstable performance instance type.",
        )


def cpu_credits(instance: Instance) -> str:
    default = "standard" if instance.instance_type.startswith("t2.") else "unlimited"
    return getattr(instance, "cpu_credits", None) or default


@replaces(InstanceResponse, "describe_instance_credit_specifications")
def describe_credits(self: InstanceResponse) -> ActionResult:
    """Without ids, AWS lists the instances that are unlimited."""
    ids = self._get_param("InstanceIds", [])
    if ids:
        instances = self.ec2_backend.get_multi_instances_by_id(ids)
    else:
        instances = [
            instance
            for instance in self.ec2_backend.all_running_instances()
            if is_burstable(instance.instance_type) and cpu_credits(instance) == "unlimited"
        ]
    for instance in instances:
        if not is_burstable(instance.instance_type):
            raise EC2ClientError(
                "InvalidInstanceID.NotBurstable",
                f"The instance '{instance.id}' is not a burstable performance instance.",
            )
    return ActionResult(
        {
            "InstanceCreditSpecifications": [
                {"InstanceId": instance.id, "CpuCredits": cpu_credits(instance)} for instance in instances
            ]
        }
    )

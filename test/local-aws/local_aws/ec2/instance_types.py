"""Instance types. AWS describes those of a region, a hundred at a time; moto describes all that there are
anywhere, at once, which takes seconds."""

from __future__ import annotations

from functools import cache
from typing import Any

from moto.ec2.models.instance_types import INSTANCE_TYPE_OFFERINGS, InstanceType, InstanceTypeBackend
from moto.ec2.responses.instances import InstanceResponse

from local_aws.pages import page_of
from local_aws.patches import replaces

LONGEST_PAGE = 100


@replaces(InstanceTypeBackend)
@property
def instance_types(self: InstanceTypeBackend) -> list[InstanceType]:
    return offered_in(self.region_name)


@replaces(InstanceResponse)
def describe_instance_types(self: InstanceResponse) -> Any:
    found = self.ec2_backend.describe_instance_types(
        self._get_param("InstanceTypes", []), self._filters_from_querystring()
    )
    return page_of(self, "InstanceTypes", found, LONGEST_PAGE)


@cache
def offered_in(region: str) -> list[InstanceType]:
    return [InstanceType(offering["InstanceType"]) for offering in INSTANCE_TYPE_OFFERINGS["region"][region]]

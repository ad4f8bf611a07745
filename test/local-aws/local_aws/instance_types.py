"""Instance types."""

from __future__ import annotations

from functools import cache
from typing import Any

from moto.ec2.models.instance_types import INSTANCE_TYPE_OFFERINGS, InstanceType, InstanceTypeBackend
from moto.ec2.responses.instances import InstanceResponse

from local_aws.pages import page_of

LONGEST_PAGE = 100


def install() -> None:
    """AWS describes the types of a region, a hundred at a time; moto describes all that there are anywhere,
    at once, which takes seconds."""

    def describe_page(self: InstanceResponse) -> Any:
        found = self.ec2_backend.describe_instance_types(
            self._get_param("InstanceTypes", []), self._filters_from_querystring()
        )
        return page_of(self, "InstanceTypes", found, LONGEST_PAGE)

    InstanceTypeBackend.instance_types = property(lambda self: offered_in(self.region_name))
    InstanceResponse.describe_instance_types = describe_page


@cache
def offered_in(region: str) -> list[InstanceType]:
    return [InstanceType(offering["InstanceType"]) for offering in INSTANCE_TYPE_OFFERINGS["region"][region]]

"""Regions: those that are always enabled, those that this account has enabled, and those that it has not.

AWS lists the enabled regions unless it is asked for all, and knows no account in the others; moto lists all
regions of all partitions, and serves each."""

from __future__ import annotations

from contextvars import ContextVar
from typing import Any

from moto.core.responses import BaseResponse
from moto.ec2.exceptions import EC2ClientError
from moto.ec2.models.availability_zones_and_regions import Region, RegionsAndZonesBackend
from moto.ec2.responses.availability_zones_and_regions import AvailabilityZonesAndRegions
from moto.ec2.utils import generic_filter

from local_aws.patches import extends, replaces
from local_aws.refusals import Refusal, refusal, speaks_json

STATUSES = {
    "opt-in-not-required": (
        "ap-northeast-1 ap-northeast-2 ap-northeast-3 ap-south-1 ap-southeast-1 ap-southeast-2 ca-central-1 "
        "eu-central-1 eu-north-1 eu-west-1 eu-west-2 eu-west-3 sa-east-1 us-east-1 us-east-2 us-west-1 "
        "us-west-2"
    ).split(),
    "opted-in": (
        "af-south-1 ap-east-1 ap-south-2 ap-southeast-3 ap-southeast-4 ap-southeast-5 ca-west-1 eu-central-2 "
        "eu-south-1 eu-south-2 il-central-1 me-central-1 me-south-1"
    ).split(),
    "not-opted-in": "ap-east-2 ap-southeast-6 ap-southeast-7 mx-central-1".split(),
}
ENABLED = {*STATUSES["opt-in-not-required"], *STATUSES["opted-in"]}

request: ContextVar[dict[str, Any]] = ContextVar("request")


class PublicRegion(Region):
    def get_filter_value(self, filter_name: str) -> str:
        values = {"region-name": self.name, "endpoint": self.endpoint, "opt-in-status": self.opt_in_status}
        if filter_name not in values:
            raise EC2ClientError("InvalidParameterValue", f"The filter '{filter_name}' is invalid")
        return values[filter_name]


REGIONS = [
    PublicRegion(name, f"ec2.{name}.amazonaws.com", status)
    for status, names in STATUSES.items()
    for name in names
]


@replaces(RegionsAndZonesBackend)
def describe_regions(
    self: RegionsAndZonesBackend, region_names: list[str] | None = None
) -> list[PublicRegion]:
    unknown = sorted(set(region_names or []) - {region.name for region in REGIONS})
    if unknown:
        raise EC2ClientError("InvalidParameterValue", f"Invalid region names: {', '.join(unknown)}")
    asked = request.get()
    regions = [
        region
        for region in REGIONS
        if (region.name in region_names if region_names else asked["all"] or region.name in ENABLED)
    ]
    return generic_filter(asked["filters"], regions)


@extends(AvailabilityZonesAndRegions, "describe_regions")
def describe_as_asked(original: Any, self: AvailabilityZonesAndRegions) -> Any:
    token = request.set(
        {"all": self._get_bool_param("AllRegions", False), "filters": self._filters_from_querystring()}
    )
    try:
        return original(self)
    finally:
        request.reset(token)


@extends(BaseResponse)
def call_action(original: Any, self: BaseResponse) -> Any:
    return original(self) if self.region in ENABLED else unknown_account(self)


def unknown_account(response: BaseResponse) -> Refusal:
    if response.service_name == "ec2":
        message = "AWS was not able to validate the provided access credentials"
        return refusal(response, 401, "AuthFailure", message)
    message = "The security token included in the request is invalid."
    if speaks_json(response):
        return refusal(response, 400, "UnrecognizedClientException", message)
    return refusal(response, 403, "InvalidClientTokenId", message)

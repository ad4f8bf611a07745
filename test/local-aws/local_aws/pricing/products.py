"""The price list, which moto has not at all. The shape is AWS's; the prices are made up, and easy to reckon
with: a volume of 1 GiB costs a hundredth of a dollar per hour in a month of 30 days."""

from __future__ import annotations

import json
from typing import Any, Callable
from zlib import crc32

TARGET = "AWSPriceListService."

# The regions that have prices here, and what their usage types start with; those of addresses name us-east-1, too.
REGIONS = {"eu-west-1": "EU", "eu-west-3": "EUW3", "us-east-1": "", "us-east-2": "USE2"}

# Operation → operating system, what is installed, license, and by how much of the price of Linux it costs.
# https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/billing-info-fields.html
OPERATIONS = {
    "RunInstances": ("Linux", "NA", "No License required", 1.0),
    "RunInstances:0002": ("Windows", "NA", "No License required", 1.5),
    "RunInstances:0800": ("Windows", "NA", "Bring your own license", 1.0),
    "RunInstances:0010": ("RHEL", "NA", "No License required", 1.25),
    "RunInstances:000g": ("SUSE", "NA", "No License required", 1.125),
    "RunInstances:0006": ("Windows", "SQL Std", "No License required", 9.0),
}
INSTANCE_TYPES = {"t3.nano": 0.25, "t3.micro": 0.5, "t3.small": 1.0, "t4g.micro": 0.375, "t2.micro": 0.625, "m5.large": 4.0}
# Tenancy → by how much of the shared price it costs; capacity → whether it is paid for as used.
TENANCIES = {"Shared": 1.0, "Dedicated": 2.0}
CAPACITIES = {"Used": True, "AllocatedCapacityReservation": False, "UnusedCapacityReservation": True}
VOLUMES = {"gp3": 7.2, "gp2": 14.4, "io2": 21.6, "standard": 3.6}
ADDRESSES = {"InUseAddress": 0.25, "IdleAddress": 0.25, "ContiguousBlock": 2.0}
MOST_AT_A_TIME = 100


class PriceList:
    """An application that answers what is asked of the price list, and leaves the rest to another one."""

    def __init__(self, application: Callable[..., Any]):
        self._application = application

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Any:
        target = environ.get("HTTP_X_AMZ_TARGET", "")
        if not target.startswith(TARGET):
            return self._application(environ, start_response)
        length = int(environ.get("CONTENT_LENGTH") or 0)
        request = json.loads(environ["wsgi.input"].read(length) or "{}")
        status, answer = answer_to(target[len(TARGET) :], request)
        body = json.dumps(answer).encode()
        headers = [("Content-Type", "application/x-amz-json-1.1"), ("Content-Length", str(len(body)))]
        start_response(status, headers)
        return [body]


def answer_to(action: str, request: dict[str, Any]) -> tuple[str, dict[str, Any]]:
    if action != "GetProducts":
        return refusal("UnsupportedOperationException", f"The local AWS has no {action}.")
    products = PRODUCTS.get(request.get("ServiceCode", ""))
    if products is None:
        return refusal("InvalidParameterException", "The service code is invalid.")
    filters = request.get("Filters", [])
    if any(each["Type"] != "TERM_MATCH" for each in filters):
        return refusal("UnsupportedOperationException", "The local AWS knows filters of TERM_MATCH only.")
    found = [each for each in products if all(matches(each, one) for one in filters)]
    first = int(request.get("NextToken", 0))
    last = first + request.get("MaxResults", MOST_AT_A_TIME)
    page = {"FormatVersion": "aws_v1", "PriceList": [json.dumps(each) for each in found[first:last]]}
    return "200 OK", page if last >= len(found) else {**page, "NextToken": str(last)}


def refusal(code: str, message: str) -> tuple[str, dict[str, Any]]:
    return "400 Bad Request", {"__type": code, "Message": message}


def matches(product: dict[str, Any], condition: dict[str, str]) -> bool:
    known = {**product["product"]["attributes"], "productFamily": product["product"].get("productFamily")}
    return str(known.get(condition["Field"])).lower() == condition["Value"].lower()


def product(
    service: str, region: str, usage: str, unit: str, price: float, family: str | None = None, **attributes: str
) -> dict[str, Any]:
    """An item of the price list, as https://docs.aws.amazon.com/awsaccountbilling/latest/aboutv2/
    reading-service-price-list-files.html tells its parts. Those of addresses have no family."""
    usage = f"{REGIONS[region] or ('USE1' if service == 'AmazonVPC' else '')}-{usage}".lstrip("-")
    known = {
        "servicecode": service,
        "regionCode": region,
        "location": region,
        "locationType": "AWS Region",
        "usagetype": usage,
        **attributes,
    }
    sku = f"TEST{crc32(json.dumps(known).encode()):08X}"
    term, rate = f"{sku}.JRTCKXETXF", f"{sku}.JRTCKXETXF.6YS6EN2CT7"
    dimension = {
        "rateCode": rate,
        "unit": unit,
        "beginRange": "0",
        "endRange": "Inf",
        "description": f"${price} per {unit} of {usage}, which is made up",
        "appliesTo": [],
        "pricePerUnit": {"USD": f"{price:.10f}"},
    }
    return {
        "product": {**({"productFamily": family} if family else {}), "attributes": known, "sku": sku},
        "serviceCode": service,
        "terms": {
            "OnDemand": {
                term: {
                    "priceDimensions": {rate: dimension},
                    "sku": sku,
                    "effectiveDate": "2026-11-01T00:00:00Z",
                    "offerTermCode": "JRTCKXETXF",
                    "termAttributes": {},
                }
            }
        },
        "version": "20261120000000",
        "publicationDate": "2026-11-20T00:00:00Z",
    }


def instances(region: str) -> list[dict[str, Any]]:
    return [
        product(
            "AmazonEC2",
            region,
            f"{'BoxUsage' if capacity == 'Used' else 'Reservation'}:{instance_type}",
            "Hrs",
            price * share * factor * is_paid_for,
            "Compute Instance",
            instanceType=instance_type,
            operatingSystem=system,
            preInstalledSw=installed,
            licenseModel=license_model,
            operation=operation,
            tenancy=tenancy,
            capacitystatus=capacity,
        )
        for instance_type, price in INSTANCE_TYPES.items()
        for operation, (system, installed, license_model, share) in OPERATIONS.items()
        for tenancy, factor in TENANCIES.items()
        for capacity, is_paid_for in CAPACITIES.items()
    ]


def volumes(region: str) -> list[dict[str, Any]]:
    return [
        product(
            "AmazonEC2",
            region,
            f"EBS:VolumeUsage.{volume_type}",
            "GB-Mo",
            price * factor,
            "Storage",
            volumeApiName=volume_type,
            locationType=place,
        )
        for volume_type, price in VOLUMES.items()
        for place, factor in (("AWS Region", 1), ("AWS Outposts", 2))
    ]


def addresses(region: str) -> list[dict[str, Any]]:
    return [
        product("AmazonVPC", region, f"PublicIPv4:{use}", "Hrs", price, group="VPCPublicIPv4Address")
        for use, price in ADDRESSES.items()
    ]


PRODUCTS: dict[str, list[dict[str, Any]]] = {
    "AmazonEC2": [each for region in REGIONS for each in instances(region) + volumes(region)],
    "AmazonVPC": [each for region in REGIONS for each in addresses(region)],
}

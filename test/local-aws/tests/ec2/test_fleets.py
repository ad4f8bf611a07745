from __future__ import annotations

import json
from typing import Any

from workshop import ref, resource, workshop

SEATS = [f"Seat{number}" for number in range(120)]
ZONES = 3


def fleet(seats: list[str]) -> dict[str, Any]:
    """A workshop with an instance for each seat, over three zones, and one output that lists them."""
    template = workshop()
    resources = template["Resources"]
    instance, subnet = resources.pop("Instance")["Properties"], resources.pop("Subnet")["Properties"]
    resources.pop("Association")
    for zone in range(ZONES):
        resources[f"Subnet{zone}"] = resource(
            "Subnet",
            **{
                **subnet,
                "CidrBlock": f"10.0.{zone}.0/24",
                "AvailabilityZone": {"Fn::Select": [zone, {"Fn::GetAZs": ""}]},
            },
        )
    for seat in seats:
        zone = int(seat[len("Seat") :]) % ZONES
        tags = [{"Key": "Seat", "Value": seat}]
        resources[seat] = resource("Instance", **{**instance, "SubnetId": ref(f"Subnet{zone}"), "Tags": tags})
    listed = [part for seat in seats for part in (f'"{seat}":"', ref(seat), '",')]
    joined = {"Fn::Join": ["", ["{", *listed[:-1], '"}']]}
    return {**template, "Outputs": {"Seats": {"Value": joined}}}


def seats_in(aws) -> dict[str, str]:
    return json.loads(aws.outputs()["Seats"])


def instances(aws) -> dict[str, dict[str, Any]]:
    pages = (
        aws.client("ec2")
        .get_paginator("describe_instances")
        .paginate(Filters=[{"Name": "instance-state-name", "Values": ["running"]}])
    )
    return {
        instance["InstanceId"]: instance
        for page in pages
        for reservation in page["Reservations"]
        for instance in reservation["Instances"]
    }


def test_a_fleet_of_120_seats_is_made_over_three_zones_and_deleted(aws):
    aws.create(fleet(SEATS))
    found, listed = instances(aws), seats_in(aws)
    assert list(listed) == SEATS
    assert all({"Key": "Seat", "Value": seat} in found[listed[seat]]["Tags"] for seat in SEATS)
    zones = [instance["Placement"]["AvailabilityZone"] for instance in found.values()]
    assert {zone: zones.count(zone) for zone in zones} == dict.fromkeys(
        ["eu-west-3a", "eu-west-3b", "eu-west-3c"], 40
    )
    aws.client("cloudformation").delete_stack(StackName="Workshop")
    assert instances(aws) == {}


def test_a_seat_that_comes_or_goes_leaves_the_others_alone(aws):
    aws.create(fleet(SEATS))
    before = seats_in(aws)
    aws.update(fleet([*SEATS[:50], *SEATS[51:], "Seat120"]))
    after = seats_in(aws)
    assert {seat: before[seat] for seat in before if seat != "Seat50"} == {
        seat: after[seat] for seat in after if seat != "Seat120"
    }
    assert set(instances(aws)) == set(after.values())
    told = {
        event["LogicalResourceId"] for event in aws.events() if event["ResourceStatus"].startswith("UPDATE")
    }
    assert told == {"Workshop"}

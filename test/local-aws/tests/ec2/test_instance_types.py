from __future__ import annotations

import pytest
from botocore.exceptions import ClientError

ARM = [{"Name": "processor-info.supported-architecture", "Values": ["arm64"]}]


def pages(aws, region="eu-west-3", **keywords):
    paginator = aws.client("ec2", region).get_paginator("describe_instance_types")
    return [
        [found["InstanceType"] for found in page["InstanceTypes"]] for page in paginator.paginate(**keywords)
    ]


def test_types_are_described_a_hundred_at_a_time(aws):
    first, second, *_ = pages(aws, Filters=ARM)
    assert len(first) == 100
    assert not set(first) & set(second)


def test_a_page_may_be_shorter(aws):
    assert len(aws.client("ec2").describe_instance_types(MaxResults=5)["InstanceTypes"]) == 5


def test_the_types_of_the_region_are_described(aws):
    assert pages(aws, InstanceTypes=["t2.micro"]) == [["t2.micro"]]
    with pytest.raises(ClientError, match="InvalidInstanceType"):
        pages(aws, "eu-south-2", InstanceTypes=["t2.micro"])


def test_types_are_filtered_by_what_an_image_needs(aws):
    filters = [
        *ARM,
        {"Name": "supported-root-device-type", "Values": ["ebs"]},
        {"Name": "supported-virtualization-type", "Values": ["hvm"]},
        {"Name": "supported-boot-mode", "Values": ["uefi"]},
        {"Name": "instance-type", "Values": ["t?g.micro"]},
    ]
    assert pages(aws, Filters=filters) == [["t4g.micro"]]

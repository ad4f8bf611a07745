from __future__ import annotations

import pytest
from botocore.exceptions import ClientError
from workshop import AMAZON_LINUX_2, AMAZON_LINUX_2_PARAMETER, NEWER_AMAZON_LINUX_2

INSTANCE_STORE_PARAMETER = "/aws/service/ami-amazon-linux-latest/amzn-ami-hvm-x86_64-s3"


def parameter(aws, name, region="eu-west-3"):
    return aws.client("ssm", region).get_parameter(Name=name)["Parameter"]


def test_a_parameter_has_its_latest_version(aws):
    found = parameter(aws, AMAZON_LINUX_2_PARAMETER)
    assert (found["Version"], found["Value"]) == (216, NEWER_AMAZON_LINUX_2)


def test_an_older_version_can_be_named(aws):
    found = parameter(aws, f"{AMAZON_LINUX_2_PARAMETER}:83")
    assert (found["Version"], found["Value"]) == (83, AMAZON_LINUX_2)


def test_an_unknown_version_is_an_error(aws):
    with pytest.raises(ClientError, match="ParameterVersionNotFound"):
        parameter(aws, f"{AMAZON_LINUX_2_PARAMETER}:84")


def test_an_unknown_parameter_is_an_error(aws):
    with pytest.raises(ClientError, match="ParameterNotFound"):
        parameter(aws, "/aws/service/ami-amazon-linux-latest/al2022-ami-kernel-default-x86_64")


def test_a_parameter_may_be_missing_in_a_region(aws):
    assert parameter(aws, INSTANCE_STORE_PARAMETER)["Version"] == 74
    with pytest.raises(ClientError, match="ParameterNotFound"):
        parameter(aws, INSTANCE_STORE_PARAMETER, "eu-south-2")


def test_a_parameter_may_differ_by_region(aws):
    aws.set_parameter(
        AMAZON_LINUX_2_PARAMETER, {"eu-west-3": AMAZON_LINUX_2, "us-east-1": NEWER_AMAZON_LINUX_2}
    )
    assert parameter(aws, AMAZON_LINUX_2_PARAMETER)["Value"] == AMAZON_LINUX_2
    assert parameter(aws, AMAZON_LINUX_2_PARAMETER, "us-east-1")["Value"] == NEWER_AMAZON_LINUX_2


def test_a_parameter_moves_when_the_file_changes(aws):
    assert parameter(aws, AMAZON_LINUX_2_PARAMETER)["Value"] == NEWER_AMAZON_LINUX_2
    aws.set_parameter(AMAZON_LINUX_2_PARAMETER, AMAZON_LINUX_2)
    assert parameter(aws, AMAZON_LINUX_2_PARAMETER)["Value"] == AMAZON_LINUX_2


def test_parameters_are_listed_by_path(aws):
    names = [
        found["Name"]
        for page in aws.client("ssm")
        .get_paginator("get_parameters_by_path")
        .paginate(Path="/aws/service/debian", Recursive=True)
        for found in page["Parameters"]
    ]
    assert len(names) == 8


def test_what_moto_knows_of_regions_is_still_served(aws):
    assert parameter(aws, "/aws/service/global-infrastructure/regions/eu-west-3/longName")["Value"]


def test_an_account_has_parameters_of_its_own(aws):
    aws.client("ssm").put_parameter(Name="/workshop/image", Value=AMAZON_LINUX_2, Type="String")
    assert parameter(aws, "/workshop/image")["Value"] == AMAZON_LINUX_2

from __future__ import annotations

import pytest
from botocore.exceptions import ClientError

NOT_ENABLED = "mx-central-1"


def regions(aws, **keywords):
    return {
        region["RegionName"]: region["OptInStatus"]
        for region in aws.client("ec2").describe_regions(**keywords)["Regions"]
    }


def test_the_enabled_regions_are_listed(aws):
    found = regions(aws)
    assert len(found) == 30
    assert found["eu-west-3"] == "opt-in-not-required"
    assert found["af-south-1"] == "opted-in"
    assert NOT_ENABLED not in found


def test_all_regions_are_listed_when_asked_for(aws):
    assert regions(aws, AllRegions=True)[NOT_ENABLED] == "not-opted-in"


def test_a_named_region_is_listed_whether_enabled_or_not(aws):
    assert list(regions(aws, RegionNames=["eu-west-3", NOT_ENABLED])) == ["eu-west-3", NOT_ENABLED]


def test_regions_are_filtered(aws):
    filters = [{"Name": "opt-in-status", "Values": ["opted-in"]}, {"Name": "region-name", "Values": ["eu-*"]}]
    assert sorted(regions(aws, Filters=filters)) == ["eu-central-2", "eu-south-1", "eu-south-2"]


def test_a_region_that_does_not_exist_is_an_error(aws):
    with pytest.raises(ClientError, match="InvalidParameterValue.*eu-west-9"):
        regions(aws, RegionNames=["eu-west-9"])


@pytest.mark.parametrize("region", [NOT_ENABLED, "eu-west-9"])
@pytest.mark.parametrize(
    ("service", "call", "arguments", "code"),
    [
        ("ec2", "describe_images", {"Owners": ["amazon"]}, "AuthFailure"),
        ("ssm", "get_parameter", {"Name": "/aws/service/debian"}, "UnrecognizedClientException"),
        ("sts", "get_caller_identity", {}, "InvalidClientTokenId"),
    ],
)
def test_a_region_that_is_not_enabled_knows_no_account(aws, region, service, call, arguments, code):
    with pytest.raises(ClientError) as error:
        getattr(aws.client(service, region), call)(**arguments)
    assert error.value.response["Error"]["Code"] == code

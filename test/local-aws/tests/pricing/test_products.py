from __future__ import annotations

import json

import pytest
from botocore.exceptions import ClientError

T3_MICRO = {
    "regionCode": "eu-west-3",
    "instanceType": "t3.micro",
    "operation": "RunInstances",
    "tenancy": "Shared",
    "capacitystatus": "Used",
}


@pytest.fixture
def prices(aws):
    """Finds the items of the price list with these attributes."""
    pricing = aws.client("pricing", "us-east-1")

    def find(service_code, attributes, **keywords):
        filters = [
            {"Type": "TERM_MATCH", "Field": field, "Value": value} for field, value in attributes.items()
        ]
        answer = pricing.get_products(ServiceCode=service_code, Filters=filters, **keywords)
        return [json.loads(each) for each in answer["PriceList"]], answer.get("NextToken")

    return find


def price_of(item):
    (term,) = item["terms"]["OnDemand"].values()
    (dimension,) = term["priceDimensions"].values()
    return dimension["unit"], dimension["pricePerUnit"]


def test_an_instance_has_one_price_for_its_operation_tenancy_and_capacity(prices):
    (item,), _ = prices("AmazonEC2", T3_MICRO)
    assert price_of(item) == ("Hrs", {"USD": "0.5000000000"})
    assert item["product"]["attributes"]["usagetype"] == "EUW3-BoxUsage:t3.micro"
    assert item["product"]["productFamily"] == "Compute Instance"
    (windows,), _ = prices("AmazonEC2", {**T3_MICRO, "operation": "RunInstances:0002"})
    assert price_of(windows) == ("Hrs", {"USD": "0.7500000000"})
    several, _ = prices("AmazonEC2", {**T3_MICRO, "operation": "RunInstances", "tenancy": "Dedicated"})
    assert [price_of(each) for each in several] == [("Hrs", {"USD": "1.0000000000"})]


def test_a_volume_has_a_price_per_month_and_an_address_one_per_hour_for_each_use(prices):
    volume = {"regionCode": "eu-west-3", "productFamily": "Storage", "volumeApiName": "gp3"}
    (gp3,), _ = prices("AmazonEC2", {**volume, "locationType": "AWS Region"})
    assert price_of(gp3) == ("GB-Mo", {"USD": "7.2000000000"})
    addresses, _ = prices("AmazonVPC", {"regionCode": "us-east-1", "group": "VPCPublicIPv4Address"})
    assert sorted(each["product"]["attributes"]["usagetype"] for each in addresses) == [
        "USE1-PublicIPv4:ContiguousBlock",
        "USE1-PublicIPv4:IdleAddress",
        "USE1-PublicIPv4:InUseAddress",
    ]


def test_what_has_no_price_is_an_empty_list(prices):
    assert prices("AmazonEC2", {**T3_MICRO, "instanceType": "t3.2xlarge"}) == ([], None)
    assert prices("AmazonEC2", {**T3_MICRO, "regionCode": "eu-north-1"}) == ([], None)


def test_a_long_answer_comes_in_pages(prices):
    first, token = prices("AmazonVPC", {}, MaxResults=10)
    rest, end = prices("AmazonVPC", {}, MaxResults=10, NextToken=token)
    assert (len(first), len(rest), end) == (10, 2, None)


def test_a_service_that_it_does_not_know_is_refused(prices):
    with pytest.raises(ClientError, match="InvalidParameterException"):
        prices("AmazonRDS", {})

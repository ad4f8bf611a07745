from __future__ import annotations

from typing import Any

import pytest
from botocore.exceptions import ClientError
from workshop import AMAZON_LINUX_2, instance_only, ref, resource


def with_many(section: str, count: int) -> dict[str, Any]:
    content = (
        resource("SecurityGroup", GroupDescription="One of many")
        if section == "Resources"
        else {"Value": "x"}
    )
    return {
        "Resources": instance_only()["Resources"],
        section: {f"Entry{number}": content for number in range(count)},
    }


@pytest.mark.parametrize(("section", "limit"), [("Resources", 500), ("Outputs", 200)])
def test_a_template_with_too_many_entries_is_refused(aws, section, limit):
    message = f"Number of {section.lower()}, {limit + 1}, is greater than maximum allowed, {limit}"
    with pytest.raises(ClientError, match=message):
        aws.create(with_many(section, limit + 1))
    aws.create(with_many(section, limit))
    assert aws.status() == "CREATE_COMPLETE"


@pytest.mark.parametrize("block", ["Resources", "Outputs"])
def test_a_reference_to_what_is_not_there_is_refused(aws, block):
    template = instance_only()
    template[block]["Lost"] = {"Value": {"Fn::Sub": "${Instance} ${AWS::Region} ${Lost2.Arn} ${!Literal}"}}
    if block == "Resources":
        template[block]["Lost"] = {**resource("EIP"), "Metadata": template[block]["Lost"]}
    message = rf"Unresolved resource dependencies \[Lost2\] in the {block} block of the template"
    with pytest.raises(ClientError, match=message):
        aws.create(template)


def test_a_substitution_may_have_variables_of_its_own(aws):
    template = instance_only()
    template["Outputs"]["Sub"] = {
        "Value": {"Fn::Sub": ["${Own} ${Id}", {"Own": "own", "Id": ref("Instance")}]}
    }
    aws.create(template)
    assert aws.outputs()["Sub"] == f"own {aws.outputs()['InstanceId']}"


def test_a_template_that_is_too_long_is_refused(aws):
    template = instance_only()
    template["Resources"]["Instance"]["Metadata"] = {"Content": "x" * 1_000_000}
    with pytest.raises(ClientError, match="Template may not exceed 1000000 bytes in size."):
        aws.create(template)


def test_a_key_that_is_in_no_mapping_is_refused_before_anything_is_made(aws):
    def mapped(key: str) -> dict:
        image = {"Fn::FindInMap": ["Images", {"Ref": "AWS::Region"}, key]}
        return {**instance_only(image), "Mappings": {"Images": {"eu-west-3": {"ami": AMAZON_LINUX_2}}}}

    with pytest.raises(ClientError, match="Unable to get mapping for Images::eu-west-3::lost"):
        aws.create(mapped("lost"))
    assert aws.running() == []
    aws.create(mapped("ami"))
    assert aws.status() == "CREATE_COMPLETE"

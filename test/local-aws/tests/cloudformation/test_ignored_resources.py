from __future__ import annotations

import json

from conftest import LocalAws
from workshop import instance_only


def kinds(aws) -> list[str]:
    resources = aws.client("cloudformation").describe_stack_resources(StackName="Workshop")["StackResources"]
    return [resource["ResourceType"] for resource in resources]


def with_resource(kind: str) -> dict:
    template = instance_only()
    template["Resources"]["Other"] = {"Type": kind, "Properties": {"Analytics": "v2"}}
    return template


def test_metadata_of_the_cdk_is_accepted(aws):
    aws.create(with_resource("AWS::CDK::Metadata"))
    assert kinds(aws) == ["AWS::EC2::Instance", "AWS::CDK::Metadata"]


def test_an_unknown_resource_is_reported_once(start, tmp_path):
    process = start()
    aws = LocalAws(json.loads(process.stdout.readline())["url"], tmp_path, tmp_path)
    aws.create(with_resource("AWS::Workshop::Unknown"))
    assert kinds(aws) == ["AWS::EC2::Instance"]
    _, errors = process.communicate(timeout=20)
    assert errors == "local_aws: AWS::Workshop::Unknown is passed over, nothing is made for it.\n"

from __future__ import annotations

import base64
import json
import urllib.parse
import urllib.request
from typing import Any

import pytest
from botocore.exceptions import ClientError
from workshop import MISSING, instance_only, resource

CREDENTIALS = "AWS4-HMAC-SHA256 Credential=testing/20250101/eu-west-3/cloudformation/aws4_request"


def with_metadata(content: Any, **properties: Any) -> dict[str, Any]:
    template = instance_only(**properties)
    template["Resources"]["Instance"]["Metadata"] = {
        "AWS::CloudFormation::Init": {"config": {"files": {"/etc/workshop": {"content": content}}}}
    }
    return template


def described(aws, name: str = "Instance") -> dict[str, Any]:
    cloudformation = aws.client("cloudformation")
    found = cloudformation.describe_stack_resource(StackName="Workshop", LogicalResourceId=name)
    return found["StackResourceDetail"]


def content(metadata: str) -> Any:
    return json.loads(metadata)["AWS::CloudFormation::Init"]["config"]["files"]["/etc/workshop"]["content"]


def asked_by_script(aws, authorization: str = CREDENTIALS, **parameters: str) -> dict[str, Any]:
    """The answer to a request like those of aws-cfn-bootstrap."""
    query = urllib.parse.urlencode({"Version": "2010-05-15", "ContentType": "JSON", **parameters})
    request = urllib.request.Request(f"{aws.url}/?{query}", headers={"Authorization": authorization})
    with urllib.request.urlopen(request) as answer:
        return json.load(answer)


def test_metadata_is_told_with_the_values_of_its_functions(aws):
    template = with_metadata({"Fn::Sub": "${AWS::Region} ${Group}"})
    template["Resources"]["Group"] = resource("SecurityGroup", GroupDescription="Workshop")
    aws.create(template)
    assert content(described(aws)["Metadata"]) == f"eu-west-3 {described(aws, 'Group')['PhysicalResourceId']}"


def test_a_resource_without_metadata_tells_none(aws):
    aws.create(instance_only())
    assert "Metadata" not in described(aws)


def test_changed_metadata_is_told_and_leaves_the_instance_alone(aws):
    aws.create(with_metadata("one"))
    before = described(aws)
    aws.update(with_metadata("two"))
    after = described(aws)
    assert aws.status() == "UPDATE_COMPLETE"
    assert content(after["Metadata"]) == "two"
    assert after["PhysicalResourceId"] == before["PhysicalResourceId"]
    assert after["LastUpdatedTimestamp"] > before["LastUpdatedTimestamp"]


def test_metadata_of_an_update_that_fails_is_taken_back(aws):
    aws.create(with_metadata("one"))
    template = with_metadata("two")
    template["Resources"]["Broken"] = {
        **resource("Instance", ImageId=MISSING),
        "DependsOn": "Instance",
    }
    aws.update(template)
    assert aws.status() == "UPDATE_ROLLBACK_COMPLETE"
    assert content(described(aws)["Metadata"]) == "one"


def test_each_resource_tells_its_own_status(aws):
    template = instance_only()
    template["Resources"]["Instance"]["CreationPolicy"] = {"ResourceSignal": {}}
    template["Resources"]["Group"] = resource("SecurityGroup", GroupDescription="Workshop")
    aws.create(template)
    expected = {"Instance": "CREATE_IN_PROGRESS", "Group": "CREATE_COMPLETE"}
    cloudformation = aws.client("cloudformation")
    listed = cloudformation.list_stack_resources(StackName="Workshop")["StackResourceSummaries"]
    assert {item["LogicalResourceId"]: item["ResourceStatus"] for item in listed} == expected
    resources = cloudformation.describe_stack_resources(StackName="Workshop")["StackResources"]
    assert {item["LogicalResourceId"]: item["ResourceStatus"] for item in resources} == expected


def test_a_stack_is_found_by_the_id_of_its_instance(aws):
    aws.create(instance_only())
    cloudformation = aws.client("cloudformation")
    instance_id = aws.outputs()["InstanceId"]
    (found,) = cloudformation.describe_stack_resources(PhysicalResourceId=instance_id)["StackResources"]
    assert (found["StackName"], found["LogicalResourceId"]) == ("Workshop", "Instance")
    with pytest.raises(ClientError, match="Stack for i-0123456789abcdef0 does not exist"):
        cloudformation.describe_stack_resources(PhysicalResourceId="i-0123456789abcdef0")


def test_the_scripts_on_an_instance_are_answered_in_json(aws):
    aws.create(with_metadata("one"))
    answer = asked_by_script(
        aws, Action="DescribeStackResource", StackName="Workshop", LogicalResourceId="Instance"
    )
    detail = answer["DescribeStackResourceResponse"]["DescribeStackResourceResult"]["StackResourceDetail"]
    assert content(detail["Metadata"]) == "one"
    assert int(detail["LastUpdatedTimestamp"]) == int(described(aws)["LastUpdatedTimestamp"].timestamp())


def test_the_scripts_are_told_in_json_what_is_wrong(aws):
    with pytest.raises(urllib.request.HTTPError) as error:
        asked_by_script(aws, Action="DescribeStackResource", StackName="Lost", LogicalResourceId="Instance")
    assert json.load(error.value)["Error"] == {
        "Code": "ValidationError",
        "Message": "Stack with id Lost does not exist",
        "Type": "Sender",
    }


def test_an_instance_can_ask_with_its_identity_document_only(aws):
    aws.create(with_metadata("one"))
    document = json.dumps({"instanceId": aws.outputs()["InstanceId"], "region": "eu-west-3"})
    answer = asked_by_script(
        aws,
        f"CFN_V1 {base64.b64encode(document.encode()).decode()}:signature",
        Action="DescribeStackResource",
        StackName="Workshop",
        LogicalResourceId="Instance",
    )
    assert "DescribeStackResourceResponse" in answer

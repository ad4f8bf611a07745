from __future__ import annotations

from workshop import instance_only


def ids(resources):
    return {each["LogicalResourceId"]: each["PhysicalResourceId"] for each in resources}


def test_a_deleted_stack_tells_by_its_id_what_it_had_and_what_it_has_left(aws):
    cloudformation = aws.client("cloudformation")
    template = instance_only()
    template["Resources"]["Group"] = {"Type": "AWS::Logs::LogGroup", "DeletionPolicy": "Retain"}
    aws.create(template)
    (stack,) = cloudformation.describe_stacks(StackName="Workshop")["Stacks"]
    before = cloudformation.list_stack_resources(StackName="Workshop")["StackResourceSummaries"]
    cloudformation.delete_stack(StackName="Workshop")

    after = cloudformation.list_stack_resources(StackName=stack["StackId"])["StackResourceSummaries"]
    assert ids(after) == ids(before)
    statuses = {each["ResourceType"]: each["ResourceStatus"] for each in after}
    assert statuses["AWS::Logs::LogGroup"] == "DELETE_SKIPPED"
    assert statuses["AWS::EC2::Instance"] == "DELETE_COMPLETE"

from __future__ import annotations

import json

import pytest
from botocore.exceptions import ClientError
from workshop import (
    AMAZON_LINUX_2,
    AMAZON_LINUX_2_PARAMETER,
    MISSING,
    NEWER_AMAZON_LINUX_2,
    instance_only,
    ref,
    resource,
    with_ssm_parameter,
    workshop,
)

NAME = "deployment"


def prepare(aws, template, kind="UPDATE", stack="Workshop", **keywords):
    """Create a change set as the command line does, and describe it."""
    cloudformation = aws.client("cloudformation")
    cloudformation.create_change_set(
        StackName=stack,
        ChangeSetName=NAME,
        ChangeSetType=kind,
        TemplateBody=json.dumps(template),
        Capabilities=["CAPABILITY_IAM"],
        **keywords,
    )
    return cloudformation.describe_change_set(StackName=stack, ChangeSetName=NAME)


def deploy(aws, template, kind="UPDATE", stack="Workshop", **keywords):
    prepare(aws, template, kind, stack, **keywords)
    aws.client("cloudformation").execute_change_set(StackName=stack, ChangeSetName=NAME)


def delete(aws, name=NAME, stack="Workshop"):
    aws.client("cloudformation").delete_change_set(StackName=stack, ChangeSetName=name)


def test_a_stack_made_by_a_change_set_has_outputs_and_tags(aws):
    deploy(aws, workshop(), "CREATE", Tags=[{"Key": "Team", "Value": "workshop"}])
    (instance,) = aws.running()
    assert aws.status() == "CREATE_COMPLETE"
    assert aws.outputs()["InstanceId"] == instance["InstanceId"]
    assert {"Key": "Team", "Value": "workshop"} in instance["Tags"]
    assert {"Key": "aws:cloudformation:stack-name", "Value": "Workshop"} in instance["Tags"]


def test_a_change_set_tells_what_it_replaces(aws):
    deploy(aws, workshop(), "CREATE")
    changes = prepare(aws, workshop(NEWER_AMAZON_LINUX_2))["Changes"]
    (change,) = [change["ResourceChange"] for change in changes]
    assert (change["Action"], change["LogicalResourceId"], change["Replacement"]) == (
        "Modify",
        "Instance",
        "True",
    )
    assert change["PhysicalResourceId"] == aws.outputs()["InstanceId"]
    target = change["Details"][0]["Target"]
    assert (target["Name"], target["RequiresRecreation"]) == ("ImageId", "Always")
    assert (target["BeforeValue"], target["AfterValue"]) == (AMAZON_LINUX_2, NEWER_AMAZON_LINUX_2)


def test_a_change_set_tells_what_it_does_not_replace(aws):
    deploy(aws, workshop(), "CREATE")
    changes = prepare(aws, workshop(Tags=[{"Key": "Name", "Value": "Server"}]))["Changes"]
    (change,) = [change["ResourceChange"] for change in changes]
    assert change["Replacement"] == "False"


def test_a_change_set_tells_of_changed_metadata(aws):
    deploy(aws, workshop(), "CREATE")
    template = workshop()
    template["Resources"]["Instance"]["Metadata"] = {"Content": "new"}
    (change,) = [change["ResourceChange"] for change in prepare(aws, template)["Changes"]]
    assert (change["Replacement"], change["Scope"]) == ("False", ["Metadata"])
    assert [detail["Target"]["Attribute"] for detail in change["Details"]] == ["Metadata"]


def test_a_change_set_tells_what_refers_to_a_replaced_resource(aws):
    template = instance_only()
    template["Resources"]["Address"] = resource("EIP", InstanceId=ref("Instance"))
    deploy(aws, template, "CREATE")
    template["Resources"]["Instance"]["Properties"]["ImageId"] = NEWER_AMAZON_LINUX_2
    _, change = [change["ResourceChange"] for change in prepare(aws, template)["Changes"]]
    (detail,) = change["Details"]
    assert (change["LogicalResourceId"], change["Replacement"]) == ("Address", "False")
    assert (detail["Evaluation"], detail["CausingEntity"]) == ("Dynamic", "Instance")


def test_a_change_set_changes_nothing_before_it_is_executed(aws):
    deploy(aws, workshop(), "CREATE")
    prepare(aws, workshop(NEWER_AMAZON_LINUX_2))
    delete(aws)
    assert [instance["ImageId"] for instance in aws.running()] == [AMAZON_LINUX_2]


def test_a_second_change_set_replaces_the_instance(aws):
    deploy(aws, workshop(), "CREATE")
    deploy(aws, workshop(NEWER_AMAZON_LINUX_2))
    assert aws.status() == "UPDATE_COMPLETE"
    assert [instance["ImageId"] for instance in aws.running()] == [NEWER_AMAZON_LINUX_2]


def test_a_change_set_without_changes_has_failed(aws):
    deploy(aws, workshop(), "CREATE")
    described = prepare(aws, workshop())
    assert described["Status"] == "FAILED"
    assert "didn't contain changes" in described["StatusReason"]


def test_a_change_set_that_fails_is_rolled_back(aws):
    deploy(aws, workshop(), "CREATE")
    deploy(aws, workshop(MISSING))
    assert aws.status() == "UPDATE_ROLLBACK_COMPLETE"
    assert [instance["ImageId"] for instance in aws.running()] == [AMAZON_LINUX_2]


def test_a_stack_whose_first_change_set_fails_is_rolled_back(aws):
    deploy(aws, workshop(MISSING), "CREATE")
    assert aws.status() == "ROLLBACK_COMPLETE"
    assert aws.running() == []


def test_a_change_set_that_is_gone_can_be_deleted_but_not_described(aws):
    deploy(aws, workshop(), "CREATE")
    delete(aws)
    with pytest.raises(ClientError, match="ChangeSetNotFound"):
        aws.client("cloudformation").describe_change_set(StackName="Workshop", ChangeSetName=NAME)


def test_the_change_sets_of_two_stacks_may_share_a_name(aws):
    prepare(aws, instance_only(AMAZON_LINUX_2), "CREATE", "First")
    prepare(aws, instance_only(NEWER_AMAZON_LINUX_2), "CREATE", "Second")
    aws.client("cloudformation").execute_change_set(StackName="First", ChangeSetName=NAME)
    assert [instance["ImageId"] for instance in aws.running()] == [AMAZON_LINUX_2]


def test_a_stack_under_review_can_be_prepared_again(aws):
    prepare(aws, instance_only(), "CREATE")
    deploy(aws, instance_only(), "CREATE")
    stacks = aws.client("cloudformation").describe_stacks()["Stacks"]
    assert [stack["StackStatus"] for stack in stacks] == ["CREATE_COMPLETE"]


def test_a_moved_parameter_is_a_change(aws):
    deploy(aws, with_ssm_parameter(), "CREATE")
    aws.set_parameter(AMAZON_LINUX_2_PARAMETER, AMAZON_LINUX_2)
    previous = [{"ParameterKey": "Image", "UsePreviousValue": True}]
    (change,) = prepare(aws, with_ssm_parameter(), Parameters=previous)["Changes"]
    target = change["ResourceChange"]["Details"][0]["Target"]
    assert change["ResourceChange"]["Replacement"] == "True"
    assert (target["BeforeValue"], target["AfterValue"]) == (NEWER_AMAZON_LINUX_2, AMAZON_LINUX_2)
    delete(aws)
    deploy(aws, with_ssm_parameter(), Parameters=previous)
    assert [instance["ImageId"] for instance in aws.running()] == [AMAZON_LINUX_2]


def test_a_change_set_with_a_parameter_that_is_not_there_is_refused(aws):
    with pytest.raises(ClientError, match="Unable to fetch parameters"):
        prepare(aws, with_ssm_parameter("/aws/service/lost"), "CREATE")
    with pytest.raises(ClientError, match="does not exist"):
        aws.status()


def test_a_second_stack_reads_the_exports_of_the_first(aws):
    exporting = workshop()
    exporting["Outputs"]["VpcId"] = {"Value": ref("Vpc"), "Export": {"Name": "WorkshopVpc"}}
    group = resource("SecurityGroup", GroupDescription="Second", VpcId={"Fn::ImportValue": "WorkshopVpc"})
    deploy(aws, exporting, "CREATE", "First")
    deploy(aws, {"Resources": {"Group": group}}, "CREATE", "Second")
    (found,) = aws.client("ec2").describe_security_groups(
        Filters=[{"Name": "description", "Values": ["Second"]}]
    )["SecurityGroups"]
    assert found["VpcId"] == aws.outputs("First")["VpcId"]

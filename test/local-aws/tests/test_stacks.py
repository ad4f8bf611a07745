from __future__ import annotations

import pytest
from botocore.exceptions import ClientError
from workshop import MISSING, instance_only, ref, resource, workshop


def left_over(aws) -> dict[str, int]:
    """How many resources there are, beyond those of the default VPC."""
    ec2, iam = aws.client("ec2"), aws.client("iam")
    (default,) = ec2.describe_vpcs(Filters=[{"Name": "is-default", "Values": ["true"]}])["Vpcs"]
    calls = {
        "Vpcs": ec2.describe_vpcs,
        "Subnets": ec2.describe_subnets,
        "RouteTables": ec2.describe_route_tables,
        "SecurityGroups": ec2.describe_security_groups,
    }
    counts = {
        key: len([item for item in call()[key] if item["VpcId"] != default["VpcId"]])
        for key, call in calls.items()
    }
    counts["Instances"] = len(aws.running())
    counts["InternetGateways"] = len(ec2.describe_internet_gateways()["InternetGateways"])
    counts["Volumes"] = len(ec2.describe_volumes()["Volumes"])
    counts["Roles"] = len(iam.list_roles()["Roles"])
    counts["InstanceProfiles"] = len(iam.list_instance_profiles()["InstanceProfiles"])
    return counts


NOTHING = dict.fromkeys(
    [
        "Vpcs",
        "Subnets",
        "RouteTables",
        "SecurityGroups",
        "Instances",
        "InternetGateways",
        "Volumes",
        "Roles",
        "InstanceProfiles",
    ],
    0,
)


def test_nothing_is_left_of_a_deleted_stack(aws):
    aws.create(workshop())
    stack_id = aws.events()[0]["StackId"]
    assert all(left_over(aws).values())
    aws.client("cloudformation").delete_stack(StackName="Workshop")
    assert left_over(aws) == NOTHING
    assert aws.status(stack_id) == "DELETE_COMPLETE"
    assert left_over(aws) == NOTHING


def test_a_deleted_stack_is_not_found_by_its_name(aws):
    aws.create(instance_only())
    aws.client("cloudformation").delete_stack(StackName="Workshop")
    with pytest.raises(ClientError, match="does not exist"):
        aws.status()


def test_nothing_is_left_of_a_stack_that_cannot_be_created(aws):
    aws.create(workshop(MISSING))
    assert aws.status() == "ROLLBACK_COMPLETE"
    assert left_over(aws) == NOTHING


def test_the_resource_that_failed_is_told(aws):
    aws.create(workshop(MISSING))
    (failure,) = [event for event in aws.events() if event["ResourceStatus"] == "CREATE_FAILED"]
    assert failure["LogicalResourceId"] == "Instance"
    assert "InvalidAMIID.NotFound" in failure["ResourceStatusReason"]


def test_a_stack_that_cannot_be_updated_keeps_what_it_has(aws):
    aws.create(workshop())
    (before,) = aws.running()
    count = left_over(aws)
    template = workshop(MISSING)
    template["Resources"]["Group2"] = resource("SecurityGroup", GroupDescription="Second", VpcId=ref("Vpc"))
    aws.update(template)
    assert aws.status() == "UPDATE_ROLLBACK_COMPLETE"
    assert [instance["InstanceId"] for instance in aws.running()] == [before["InstanceId"]]
    assert aws.outputs()["InstanceId"] == before["InstanceId"]
    assert left_over(aws) == count


def test_an_update_that_was_rolled_back_can_be_repaired(aws):
    aws.create(workshop())
    aws.update(workshop(MISSING))
    aws.update(workshop("ami-011192e38d96c4737"))
    assert aws.status() == "UPDATE_COMPLETE"
    assert [instance["ImageId"] for instance in aws.running()] == ["ami-011192e38d96c4737"]


def test_an_update_deletes_what_the_template_no_longer_has(aws):
    aws.create(workshop())
    template = workshop()
    template["Resources"].pop("Instance")
    aws.update({"Resources": template["Resources"]})
    assert aws.running() == []
    assert aws.client("ec2").describe_volumes()["Volumes"] == []


def test_an_update_without_changes_is_refused(aws):
    aws.create(workshop())
    with pytest.raises(ClientError, match="No updates are to be performed"):
        aws.update(workshop())


def test_each_resource_has_its_events_at_times_of_their_own(aws):
    aws.create(workshop())
    aws.update(workshop("ami-011192e38d96c4737"))
    events = aws.events()
    told = [(event["LogicalResourceId"], event["ResourceStatus"]) for event in events]
    assert told[0] == ("Workshop", "CREATE_IN_PROGRESS")
    assert ("Instance", "CREATE_COMPLETE") in told
    assert ("Instance", "UPDATE_COMPLETE") in told
    assert told[-1] == ("Workshop", "UPDATE_COMPLETE")
    assert len({event["Timestamp"] for event in events}) == len(events)


def test_an_export_cannot_be_published_twice(aws):
    exporting = instance_only()
    exporting["Outputs"]["InstanceId"]["Export"] = {"Name": "WorkshopInstance"}
    aws.create(exporting, "First")
    aws.create(exporting, "Second")
    assert aws.status("First") == "CREATE_COMPLETE"
    assert aws.status("Second") == "ROLLBACK_COMPLETE"
    assert len(aws.running()) == 1


def test_stacks_of_two_regions_do_not_touch_each_other(aws):
    aws.create(workshop())
    aws.create(workshop(), region="us-east-1")
    assert aws.outputs()["InstanceId"] != aws.outputs(region="us-east-1")["InstanceId"]
    aws.client("cloudformation", "us-east-1").delete_stack(StackName="Workshop")
    assert len(aws.running()) == 1
    assert aws.running("us-east-1") == []


def test_the_resources_of_a_stack_with_a_condition_can_be_read(aws):
    template = instance_only()
    template["Conditions"] = {"Never": {"Fn::Equals": ["a", "b"]}}
    template["Resources"]["Group"] = {
        **resource("SecurityGroup", GroupDescription="Never"),
        "Condition": "Never",
    }
    aws.create(template)
    found = aws.client("cloudformation").describe_stack_resource(
        StackName="Workshop", LogicalResourceId="Instance"
    )
    assert found["StackResourceDetail"]["PhysicalResourceId"] == aws.outputs()["InstanceId"]


def test_the_zones_are_those_of_the_region_of_the_stack(aws):
    aws.create(workshop())
    (instance,) = aws.running()
    assert instance["Placement"]["AvailabilityZone"] == "eu-west-3a"

from __future__ import annotations

import pytest
from botocore.exceptions import ClientError
from workshop import MISSING, NEWER_AMAZON_LINUX_2, instance_only, ref, resource, workshop


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


def test_what_refers_to_an_instance_follows_its_replacement(aws):
    template = instance_only()
    template["Resources"].update(
        Pointer={
            "Type": "AWS::SSM::Parameter",
            "Properties": {"Name": "pointer", "Type": "String", "Value": ref("Instance")},
        },
        Address=resource("EIP", Domain="vpc", InstanceId=ref("Instance")),
    )
    aws.create(template)
    template["Resources"]["Instance"]["Properties"]["ImageId"] = NEWER_AMAZON_LINUX_2
    aws.update(template)
    assert aws.status() == "UPDATE_COMPLETE"
    (instance,) = aws.running()
    pointer = aws.client("ssm").get_parameter(Name="pointer")["Parameter"]
    (address,) = aws.client("ec2").describe_addresses()["Addresses"]
    assert pointer["Value"] == address["InstanceId"] == instance["InstanceId"]


def test_a_change_without_an_implementation_is_refused_and_rolled_back(aws):
    aws.create(workshop())
    template = workshop()
    template["Resources"]["Route"]["Properties"].update(VpcEndpointId="vpce-0123456789abcdef0")
    aws.update(template)
    assert aws.status() == "UPDATE_ROLLBACK_COMPLETE"
    assert "The local AWS cannot change VpcEndpointId of AWS::EC2::Route." in aws.failure()


def test_the_tags_of_a_network_are_changed_in_place(aws):
    aws.create(workshop())
    template = workshop()
    template["Resources"]["Vpc"]["Properties"]["Tags"] = [{"Key": "Colour", "Value": "red"}]
    aws.update(template)
    filters = [{"Name": "tag:aws:cloudformation:stack-name", "Values": ["Workshop"]}]
    (vpc,) = aws.client("ec2").describe_vpcs(Filters=filters)["Vpcs"]
    own = {tag["Key"]: tag["Value"] for tag in vpc["Tags"] if not tag["Key"].startswith("aws:")}
    assert own == {"Colour": "red"}


def test_a_resource_comes_and_goes_with_its_condition(aws):
    template = instance_only()
    template["Parameters"] = {"With": {"Type": "String", "Default": "yes"}}
    template["Conditions"] = {"With": {"Fn::Equals": [ref("With"), "yes"]}}
    template["Resources"]["Second"] = {**template["Resources"]["Instance"], "Condition": "With"}
    aws.create(template)
    assert len(aws.running()) == 2
    aws.update(template, Parameters=[{"ParameterKey": "With", "ParameterValue": "no"}])
    assert len(aws.running()) == 1
    aws.update(template, Parameters=[{"ParameterKey": "With", "ParameterValue": "yes"}])
    assert len(aws.running()) == 2


def test_the_type_of_a_resource_cannot_be_changed(aws):
    template = instance_only()
    template["Resources"]["Other"] = resource("SecurityGroup", GroupDescription="Other")
    aws.create(template)
    template["Resources"]["Other"] = resource("EIP")
    aws.update(template)
    assert aws.status() == "UPDATE_ROLLBACK_COMPLETE"
    assert "Update of resource type is not permitted" in aws.events()[-1]["ResourceStatusReason"]


def test_resources_that_need_each_other_are_refused(aws):
    template = instance_only()
    template["Resources"]["Instance"]["DependsOn"] = "Group"
    template["Resources"]["Group"] = {
        **resource("SecurityGroup", GroupDescription="Circle"),
        "DependsOn": "Instance",
    }
    with pytest.raises(ClientError, match=r"Circular dependency between resources: \[Group, Instance\]"):
        aws.create(template)


def test_a_resource_that_is_to_be_retained_stays_when_its_stack_goes(aws):
    template = instance_only()
    template["Resources"]["Instance"]["DeletionPolicy"] = "Retain"
    aws.create(template)
    stack_id = aws.events()[0]["StackId"]
    aws.client("cloudformation").delete_stack(StackName="Workshop")
    assert len(aws.running()) == 1
    assert "DELETE_SKIPPED" in [event["ResourceStatus"] for event in aws.events(stack_id)]


def test_an_instance_that_is_to_be_retained_stays_beside_its_replacement(aws):
    template = instance_only()
    template["Resources"]["Instance"]["UpdateReplacePolicy"] = "Retain"
    aws.create(template)
    template["Resources"]["Instance"]["Properties"]["ImageId"] = NEWER_AMAZON_LINUX_2
    aws.update(template)
    assert aws.status() == "UPDATE_COMPLETE"
    assert len(aws.running()) == 2


def test_a_protected_stack_cannot_be_deleted(aws):
    aws.create(instance_only(), EnableTerminationProtection=True)
    with pytest.raises(ClientError, match="cannot be deleted while TerminationProtection is enabled"):
        aws.client("cloudformation").delete_stack(StackName="Workshop")
    assert len(aws.running()) == 1


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

from __future__ import annotations

import json

import pytest
from workshop import AMAZON_LINUX_2, INSTANCE_STORE, instance_only, workshop


def ids(aws) -> list[str]:
    return [instance["InstanceId"] for instance in aws.running()]


def mapping(**settings) -> dict:
    return {"BlockDeviceMappings": [{"DeviceName": "/dev/xvda", "Ebs": {"VolumeSize": 9, **settings}}]}


def told(aws, template) -> dict[str, str]:
    """What a change set tells of the replacement of each resource that an update changes."""
    client = aws.client("cloudformation")
    client.create_change_set(
        StackName="Workshop",
        ChangeSetName="told",
        ChangeSetType="UPDATE",
        TemplateBody=json.dumps(template),
        Capabilities=["CAPABILITY_IAM"],
    )
    changes = client.describe_change_set(StackName="Workshop", ChangeSetName="told")["Changes"]
    client.delete_change_set(StackName="Workshop", ChangeSetName="told")
    return {
        change["ResourceChange"]["LogicalResourceId"]: change["ResourceChange"].get("Replacement")
        for change in changes
    }


def test_a_route_to_somewhere_else_replaces_the_route(aws):
    aws.create(workshop())
    template = workshop()
    template["Resources"]["Route"]["Properties"]["DestinationCidrBlock"] = "10.1.0.0/16"
    assert told(aws, template) == {"Route": "True"}
    aws.update(template)
    assert aws.status() == "UPDATE_COMPLETE"
    tables = aws.client("ec2").describe_route_tables()["RouteTables"]
    routes = {route["DestinationCidrBlock"] for table in tables for route in table["Routes"]}
    assert "10.1.0.0/16" in routes
    assert "0.0.0.0/0" not in routes


@pytest.mark.parametrize(
    "image, instance_type, change, replaced",
    [
        (AMAZON_LINUX_2, "t3.micro", {"InstanceType": "t3.small"}, False),
        (AMAZON_LINUX_2, "t3.micro", {"UserData": "IyE="}, False),
        (INSTANCE_STORE, "d2.xlarge", {"InstanceType": "d2.2xlarge"}, True),
        (INSTANCE_STORE, "d2.xlarge", {"UserData": "IyE="}, True),
    ],
)
def test_an_instance_that_cannot_be_stopped_is_replaced_instead(aws, image, instance_type, change, replaced):
    aws.create(instance_only(image, instance_type))
    before = ids(aws)
    after = instance_only(image, instance_type)
    after["Resources"]["Instance"]["Properties"].update(change)
    assert told(aws, after) == {"Instance": "Conditional"}
    aws.update(after)
    assert aws.status() == "UPDATE_COMPLETE"
    assert (ids(aws) != before) is replaced


def test_another_size_of_a_volume_replaces_the_instance_but_not_when_it_is_deleted(aws):
    aws.create(instance_only(**mapping(DeleteOnTermination=True)))
    before = ids(aws)
    aws.update(instance_only(**mapping(DeleteOnTermination=False)))
    assert ids(aws) == before
    (volume,) = aws.running()[0]["BlockDeviceMappings"]
    assert volume["Ebs"]["DeleteOnTermination"] is False
    aws.update(instance_only(**mapping(DeleteOnTermination=False, VolumeSize=10)))
    assert ids(aws) != before

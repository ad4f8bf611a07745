from __future__ import annotations

import pytest
from botocore.exceptions import ClientError
from workshop import (
    AMAZON_LINUX_2,
    AMAZON_LINUX_2_PARAMETER,
    MISSING,
    NEWER_AMAZON_LINUX_2,
    attribute,
    instance_only,
    ref,
    resource,
)

OWN = "/workshop/image"
UNSUPPORTED = "Unsupported data type. The following parameter data types are supported: aws:ec2:image"
LOST = "The following aliases are invalid: /workshop/lost"


def image(name: str) -> str:
    return f"resolve:ssm:{name}"


def put(aws, value: str, **keywords) -> None:
    settings = {"DataType": "aws:ec2:image", **keywords}
    aws.client("ssm").put_parameter(Name=OWN, Value=value, Type="String", **settings)


def launch(aws, image_id: str) -> str:
    """Start an instance, and tell the id of the image that it runs."""
    request = {"ImageId": image_id, "InstanceType": "t3.micro", "MinCount": 1, "MaxCount": 1}
    return aws.client("ec2").run_instances(**request)["Instances"][0]["ImageId"]


def launch_template(aws, image_id: str) -> str:
    data = {"ImageId": image_id, "InstanceType": "t3.micro"}
    made = aws.client("ec2").create_launch_template(LaunchTemplateName="seats", LaunchTemplateData=data)
    return made["LaunchTemplate"]["LaunchTemplateId"]


def with_launch_template(image_id: str, **properties) -> dict:
    template = instance_only(
        LaunchTemplate={
            "LaunchTemplateId": ref("Template"),
            "Version": attribute("Template", "LatestVersionNumber"),
        },
        **properties,
    )
    del template["Resources"]["Instance"]["Properties"]["ImageId"]
    template["Resources"]["Template"] = resource("LaunchTemplate", LaunchTemplateData={"ImageId": image_id})
    return template


@pytest.mark.parametrize(
    "reference, started",
    [
        (AMAZON_LINUX_2_PARAMETER, NEWER_AMAZON_LINUX_2),
        (f"{AMAZON_LINUX_2_PARAMETER}:83", AMAZON_LINUX_2),
    ],
)
def test_a_public_parameter_names_the_image_to_start(aws, reference, started):
    assert launch(aws, image(reference)) == started


@pytest.mark.parametrize("ending", ["", ":1", ":tested"])
def test_a_parameter_of_the_account_names_the_image_to_start(aws, ending):
    put(aws, AMAZON_LINUX_2)
    aws.client("ssm").label_parameter_version(Name=OWN, ParameterVersion=1, Labels=["tested"])
    assert launch(aws, image(f"{OWN}{ending}")) == AMAZON_LINUX_2


def test_a_parameter_of_the_account_needs_the_data_type_of_an_image(aws):
    put(aws, AMAZON_LINUX_2, DataType="text")
    with pytest.raises(ClientError, match=f"SsmInvalidParameter.*{UNSUPPORTED}"):
        launch(aws, image(OWN))
    with pytest.raises(ClientError, match=f"SsmInvalidParameter.*{UNSUPPORTED}"):
        launch_template(aws, image(OWN))


@pytest.mark.parametrize(
    "reference", [OWN, f"{AMAZON_LINUX_2_PARAMETER}:84", f"{AMAZON_LINUX_2_PARAMETER}:x"]
)
def test_a_parameter_that_is_not_there_is_an_invalid_alias(aws, reference):
    for start in (launch, launch_template):
        with pytest.raises(ClientError, match=f"SsmInvalidParameter.*aliases are invalid: {reference}"):
            start(aws, image(reference))


def test_a_parameter_that_names_no_image_starts_nothing(aws):
    put(aws, MISSING)
    with pytest.raises(ClientError, match="InvalidAMIID.NotFound"):
        launch(aws, image(OWN))
    with pytest.raises(ClientError, match=r'InvalidAMIID.Malformed.*Invalid id: "al2023" \(expecting "ami-'):
        launch(aws, "al2023")


def test_an_instance_of_a_template_tells_the_image_and_not_the_parameter(aws):
    aws.create(instance_only(image(AMAZON_LINUX_2_PARAMETER)))
    assert [instance["ImageId"] for instance in aws.running()] == [NEWER_AMAZON_LINUX_2]


@pytest.mark.parametrize("made", [instance_only, with_launch_template])
def test_a_moved_parameter_is_no_change_and_replaces_nothing(aws, made):
    aws.create(made(image(AMAZON_LINUX_2_PARAMETER)))
    (before,) = aws.running()
    aws.set_parameter(AMAZON_LINUX_2_PARAMETER, AMAZON_LINUX_2)
    with pytest.raises(ClientError, match="No updates are to be performed"):
        aws.update(made(image(AMAZON_LINUX_2_PARAMETER)))

    template = made(image(AMAZON_LINUX_2_PARAMETER), Monitoring=True)
    template["Resources"]["Added"] = instance_only(image(AMAZON_LINUX_2_PARAMETER))["Resources"]["Instance"]
    aws.update(template)
    images = {instance["InstanceId"]: instance["ImageId"] for instance in aws.running()}
    assert images.pop(before["InstanceId"]) == NEWER_AMAZON_LINUX_2
    assert list(images.values()) == [AMAZON_LINUX_2]


def test_another_parameter_or_version_replaces_the_instance(aws):
    aws.create(instance_only(image(AMAZON_LINUX_2_PARAMETER)))
    aws.update(instance_only(image(f"{AMAZON_LINUX_2_PARAMETER}:83")))
    assert [instance["ImageId"] for instance in aws.running()] == [AMAZON_LINUX_2]


@pytest.mark.parametrize("made", [instance_only, with_launch_template])
def test_a_stack_with_a_parameter_that_is_not_there_fails(aws, made):
    aws.create(made(image("/workshop/lost")))
    assert aws.status() == "ROLLBACK_COMPLETE"
    assert LOST in aws.failure()
    assert "HandlerErrorCode: SsmInvalidParameter" in aws.failure()


def test_a_launch_template_shows_the_parameter_or_what_it_names(aws):
    template = launch_template(aws, image(AMAZON_LINUX_2_PARAMETER))

    def shown(**keywords) -> str:
        (version,) = aws.client("ec2").describe_launch_template_versions(
            LaunchTemplateId=template, Versions=["1"], **keywords
        )["LaunchTemplateVersions"]
        return version["LaunchTemplateData"]["ImageId"]

    assert shown() == image(AMAZON_LINUX_2_PARAMETER)
    assert shown(ResolveAlias=True) == NEWER_AMAZON_LINUX_2
    assert shown() == image(AMAZON_LINUX_2_PARAMETER)


def test_an_auto_scaling_group_starts_what_the_parameter_names(aws):
    aws.client("autoscaling").create_auto_scaling_group(
        AutoScalingGroupName="seats",
        LaunchTemplate={"LaunchTemplateId": launch_template(aws, image(AMAZON_LINUX_2_PARAMETER))},
        MinSize=1,
        MaxSize=1,
        AvailabilityZones=["eu-west-3a"],
    )
    assert [instance["ImageId"] for instance in aws.running()] == [NEWER_AMAZON_LINUX_2]


def test_a_launch_configuration_takes_an_id_only(aws):
    with pytest.raises(
        ClientError, match=r'AMI resolve:ssm:\S+ is invalid: Invalid id: .* \(expecting "ami-'
    ):
        aws.client("autoscaling").create_launch_configuration(
            LaunchConfigurationName="seats",
            ImageId=image(AMAZON_LINUX_2_PARAMETER),
            InstanceType="t3.micro",
        )


@pytest.mark.parametrize("fleet_type", ["instant", "maintain", "request"])
def test_an_ec2_fleet_takes_a_parameter_only_to_start_at_once(aws, fleet_type):
    specification = {
        "LaunchTemplateId": launch_template(aws, image(AMAZON_LINUX_2_PARAMETER)),
        "Version": "1",
    }

    def create() -> None:
        aws.client("ec2").create_fleet(
            Type=fleet_type,
            LaunchTemplateConfigs=[{"LaunchTemplateSpecification": specification}],
            TargetCapacitySpecification={
                "TotalTargetCapacity": 1,
                "DefaultTargetCapacityType": "on-demand",
            },
        )

    if fleet_type == "instant":
        create()
        assert [instance["ImageId"] for instance in aws.running()] == [NEWER_AMAZON_LINUX_2]
    else:
        with pytest.raises(ClientError, match=f"type {fleet_type} .* AMI"):
            create()


def test_a_spot_fleet_takes_an_id_only(aws):
    specification = {
        "LaunchTemplateId": launch_template(aws, image(AMAZON_LINUX_2_PARAMETER)),
        "Version": "1",
    }
    with pytest.raises(ClientError, match="Spot Fleet .* AMI"):
        aws.client("ec2").request_spot_fleet(
            SpotFleetRequestConfig={
                "IamFleetRole": "arn:aws:iam::123456789012:role/fleet",
                "TargetCapacity": 1,
                "AllocationStrategy": "lowestPrice",
                "LaunchTemplateConfigs": [{"LaunchTemplateSpecification": specification}],
            }
        )

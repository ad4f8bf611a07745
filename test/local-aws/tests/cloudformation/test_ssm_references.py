from __future__ import annotations

import pytest
from botocore.exceptions import ClientError
from workshop import (
    AMAZON_LINUX_2,
    AMAZON_LINUX_2_PARAMETER,
    MISSING,
    NEWER_AMAZON_LINUX_2,
    instance_only,
    with_ssm_parameter,
)

PREVIOUS = [{"ParameterKey": "Image", "UsePreviousValue": True}]


def dynamic(reference: str) -> str:
    return f"{{{{resolve:ssm:{reference}}}}}"


def images_of(instances) -> list[str]:
    return [instance["ImageId"] for instance in instances]


def failures(aws) -> list[str]:
    return [
        event["ResourceStatusReason"] for event in aws.events() if event["ResourceStatus"] == "CREATE_FAILED"
    ]


def test_a_dynamic_reference_stands_for_the_latest_version(aws):
    aws.create(instance_only(dynamic(AMAZON_LINUX_2_PARAMETER)))
    assert images_of(aws.running()) == [NEWER_AMAZON_LINUX_2]


def test_a_dynamic_reference_may_name_a_version(aws):
    aws.create(instance_only(dynamic(f"{AMAZON_LINUX_2_PARAMETER}:83")))
    assert images_of(aws.running()) == [AMAZON_LINUX_2]


def test_a_dynamic_reference_may_be_put_together_by_a_function(aws):
    aws.create(instance_only({"Fn::Join": ["", ["{{resolve:ssm:", AMAZON_LINUX_2_PARAMETER, ":83}}"]]}))
    assert images_of(aws.running()) == [AMAZON_LINUX_2]


@pytest.mark.parametrize("reference", [f"{AMAZON_LINUX_2_PARAMETER}:84", "/aws/service/lost"])
def test_a_dynamic_reference_to_what_is_not_there_fails_the_stack(aws, reference):
    aws.create(instance_only(dynamic(reference)))
    assert aws.status() == "ROLLBACK_COMPLETE"
    (reason,) = failures(aws)
    assert f"[ssm:{reference}] cannot be found" in reason


def test_another_version_in_a_dynamic_reference_replaces_the_instance(aws):
    aws.create(instance_only(dynamic(f"{AMAZON_LINUX_2_PARAMETER}:83")))
    aws.update(instance_only(dynamic(f"{AMAZON_LINUX_2_PARAMETER}:216")))
    assert images_of(aws.running()) == [NEWER_AMAZON_LINUX_2]


def test_a_moved_parameter_alone_is_no_change_of_a_dynamic_reference(aws):
    template = instance_only(dynamic(AMAZON_LINUX_2_PARAMETER))
    aws.create(template)
    aws.set_parameter(AMAZON_LINUX_2_PARAMETER, AMAZON_LINUX_2)
    with pytest.raises(ClientError, match="No updates are to be performed"):
        aws.update(template)


def test_a_parameter_of_an_ssm_type_is_described_by_its_name_and_value(aws):
    aws.create(with_ssm_parameter())
    (stack,) = aws.client("cloudformation").describe_stacks()["Stacks"]
    assert stack["Parameters"] == [
        {
            "ParameterKey": "Image",
            "ParameterValue": AMAZON_LINUX_2_PARAMETER,
            "ResolvedValue": NEWER_AMAZON_LINUX_2,
        }
    ]
    assert images_of(aws.running()) == [NEWER_AMAZON_LINUX_2]


def test_a_parameter_of_an_ssm_type_may_name_a_version(aws):
    aws.create(with_ssm_parameter(f"{AMAZON_LINUX_2_PARAMETER}:83"))
    assert images_of(aws.running()) == [AMAZON_LINUX_2]


@pytest.mark.parametrize("parameters", [[], PREVIOUS])
def test_a_moved_parameter_replaces_the_instance_with_the_same_template(aws, parameters):
    aws.create(with_ssm_parameter())
    aws.set_parameter(AMAZON_LINUX_2_PARAMETER, AMAZON_LINUX_2)
    aws.update(with_ssm_parameter(), Parameters=parameters)
    assert images_of(aws.running()) == [AMAZON_LINUX_2]


def test_a_parameter_that_has_not_moved_is_no_change(aws):
    aws.create(with_ssm_parameter())
    with pytest.raises(ClientError, match="No updates are to be performed"):
        aws.update(with_ssm_parameter(), Parameters=PREVIOUS)


def test_a_parameter_that_moved_to_a_missing_image_is_tried_again(aws):
    aws.create(with_ssm_parameter())
    aws.set_parameter(AMAZON_LINUX_2_PARAMETER, MISSING)
    aws.update(with_ssm_parameter(), Parameters=PREVIOUS)
    assert aws.status() == "UPDATE_ROLLBACK_COMPLETE"
    aws.update(with_ssm_parameter(), Parameters=PREVIOUS)
    assert aws.status() == "UPDATE_ROLLBACK_COMPLETE"
    assert images_of(aws.running()) == [NEWER_AMAZON_LINUX_2]


def test_a_parameter_that_is_not_there_is_told_by_its_name(aws):
    with pytest.raises(ClientError, match=r"Unable to fetch parameters \[/aws/service/lost\]"):
        aws.create(with_ssm_parameter("/aws/service/lost"))

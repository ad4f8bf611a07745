from __future__ import annotations

import pytest
from botocore.exceptions import ClientError
from workshop import instance_only


def cpu_credits(aws, **keywords) -> list[str]:
    found = aws.client("ec2").describe_instance_credit_specifications(**keywords)
    return [specification["CpuCredits"] for specification in found["InstanceCreditSpecifications"]]


@pytest.mark.parametrize(("instance_type", "default"), [("t2.micro", "standard"), ("t3.micro", "unlimited")])
def test_an_instance_has_the_credits_of_its_type(aws, instance_type, default):
    aws.create(instance_only(instance_type=instance_type))
    assert cpu_credits(aws, InstanceIds=[aws.outputs()["InstanceId"]]) == [default]


def test_an_instance_has_the_credits_of_its_template(aws):
    aws.create(instance_only(CreditSpecification={"CPUCredits": "standard"}))
    ids = [aws.outputs()["InstanceId"]]
    assert cpu_credits(aws, InstanceIds=ids) == ["standard"]
    aws.update(instance_only(CreditSpecification={"CPUCredits": "unlimited"}))
    assert [instance["InstanceId"] for instance in aws.running()] == ids
    assert cpu_credits(aws, InstanceIds=ids) == ["unlimited"]


def test_only_unlimited_instances_are_listed_unless_others_are_named(aws):
    aws.create(instance_only(CreditSpecification={"CPUCredits": "standard"}))
    aws.create(instance_only(), "Second")
    aws.create(instance_only(instance_type="m5.large"), "Third")
    assert cpu_credits(aws) == ["unlimited"]


def test_credits_are_for_burstable_types(aws):
    aws.create(instance_only(instance_type="m5.large", CreditSpecification={"CPUCredits": "standard"}))
    assert "'m5.large' is not a burstable performance instance type" in aws.failure()
    assert aws.running() == []
    aws.create(instance_only(instance_type="m5.large"), "Second")
    with pytest.raises(ClientError, match="is not a burstable performance instance"):
        cpu_credits(aws, InstanceIds=[aws.outputs("Second")["InstanceId"]])

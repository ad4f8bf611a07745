from __future__ import annotations

from typing import Any

from workshop import NEWER_AMAZON_LINUX_2, attribute, instance_only, ref


def with_alarm(**properties: Any) -> dict[str, Any]:
    """An instance that stops when it is idle."""
    template = instance_only()
    template["Resources"]["Alarm"] = {
        "Type": "AWS::CloudWatch::Alarm",
        "Properties": {
            "AlarmActions": [{"Fn::Sub": "arn:${AWS::Partition}:automate:${AWS::Region}:ec2:stop"}],
            "ComparisonOperator": "LessThanThreshold",
            "Dimensions": [{"Name": "InstanceId", "Value": ref("Instance")}],
            "EvaluationPeriods": 24,
            "MetricName": "CPUUtilization",
            "Namespace": "AWS/EC2",
            "Period": 300,
            "Statistic": "Average",
            "Threshold": 5,
            "TreatMissingData": "notBreaching",
            **properties,
        },
    }
    template["Outputs"].update(Alarm={"Value": ref("Alarm")}, Arn={"Value": attribute("Alarm", "Arn")})
    return template


def alarms(aws) -> list[dict[str, Any]]:
    return aws.client("cloudwatch").describe_alarms()["MetricAlarms"]


def test_an_alarm_is_as_its_template_says(aws):
    aws.create(with_alarm())
    (alarm,) = alarms(aws)
    outputs = aws.outputs()
    assert (alarm["AlarmName"], alarm["AlarmArn"]) == (outputs["Alarm"], outputs["Arn"])
    assert alarm["AlarmActions"] == ["arn:aws:automate:eu-west-3:ec2:stop"]
    assert alarm["Dimensions"] == [{"Name": "InstanceId", "Value": outputs["InstanceId"]}]
    assert (alarm["Threshold"], alarm["Period"], alarm["EvaluationPeriods"]) == (5, 300, 24)
    assert (alarm["StateValue"], alarm["ActionsEnabled"]) == ("INSUFFICIENT_DATA", True)


def test_an_alarm_is_changed_in_place_and_follows_its_instance(aws):
    aws.create(with_alarm())
    name = aws.outputs()["Alarm"]
    template = with_alarm(Threshold=10)
    template["Resources"]["Instance"]["Properties"]["ImageId"] = NEWER_AMAZON_LINUX_2
    aws.update(template)
    (alarm,) = alarms(aws)
    assert (alarm["AlarmName"], alarm["Threshold"]) == (name, 10)
    assert alarm["Dimensions"][0]["Value"] == aws.outputs()["InstanceId"]


def test_an_alarm_goes_with_its_stack(aws):
    aws.create(with_alarm())
    aws.client("cloudformation").delete_stack(StackName="Workshop")
    assert alarms(aws) == []


def test_a_property_that_would_be_ignored_is_refused(aws):
    aws.create(with_alarm(Metrics=[]))
    assert aws.status() == "ROLLBACK_COMPLETE"
    assert "The local AWS does not know Metrics of AWS::CloudWatch::Alarm." in aws.failure()

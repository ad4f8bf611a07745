from __future__ import annotations

from typing import Any

from workshop import attribute, ref, resource, role, workshop


def with_flow_log(retention: int = 90, traffic: str = "ALL") -> dict[str, Any]:
    template = workshop()
    template["Resources"].update(
        LogGroup={"Type": "AWS::Logs::LogGroup", "Properties": {"RetentionInDays": retention}},
        FlowLogRole=role("vpc-flow-logs.amazonaws.com"),
        FlowLog=resource(
            "FlowLog",
            ResourceId=ref("Vpc"),
            ResourceType="VPC",
            TrafficType=traffic,
            LogGroupName=ref("LogGroup"),
            DeliverLogsPermissionArn=attribute("FlowLogRole", "Arn"),
        ),
    )
    template["Outputs"] = {"LogGroup": {"Value": ref("LogGroup")}, "Vpc": {"Value": ref("Vpc")}}
    return template


def flow_logs(aws) -> list[dict[str, Any]]:
    return aws.client("ec2").describe_flow_logs()["FlowLogs"]


def log_groups(aws) -> list[dict[str, Any]]:
    return aws.client("logs").describe_log_groups()["logGroups"]


def test_a_flow_log_goes_to_its_log_group(aws):
    aws.create(with_flow_log())
    outputs = aws.outputs()
    (flow_log,), (log_group,) = flow_logs(aws), log_groups(aws)
    assert (flow_log["ResourceId"], flow_log["LogGroupName"]) == (outputs["Vpc"], outputs["LogGroup"])
    assert (flow_log["DeliverLogsStatus"], flow_log["TrafficType"]) == ("SUCCESS", "ALL")
    assert (log_group["logGroupName"], log_group["retentionInDays"]) == (outputs["LogGroup"], 90)


def test_how_long_a_log_group_keeps_its_events_is_changed_in_place(aws):
    aws.create(with_flow_log())
    name = aws.outputs()["LogGroup"]
    aws.update(with_flow_log(7))
    assert [(group["logGroupName"], group["retentionInDays"]) for group in log_groups(aws)] == [(name, 7)]


def test_a_flow_log_and_its_log_group_go_with_their_stack(aws):
    aws.create(with_flow_log())
    stack_id = aws.events()[0]["StackId"]
    aws.client("cloudformation").delete_stack(StackName="Workshop")
    assert aws.status(stack_id) == "DELETE_COMPLETE"
    assert (flow_logs(aws), log_groups(aws)) == ([], [])


def test_a_log_group_that_is_to_be_retained_outlives_its_stack(aws):
    template = with_flow_log()
    template["Resources"]["LogGroup"]["DeletionPolicy"] = "Retain"
    aws.create(template)
    aws.client("cloudformation").delete_stack(StackName="Workshop")
    assert (len(flow_logs(aws)), len(log_groups(aws))) == (0, 1)

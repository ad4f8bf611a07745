from __future__ import annotations

from typing import Any

import pytest
from botocore.exceptions import ClientError
from workshop import instance_only

REGION = {"Ref": "AWS::Region"}
IN_PARIS = {"Fn::Contains": [["eu-west-3"], REGION]}


def with_rule(assertion: Any, condition: Any = None) -> dict[str, Any]:
    rule = {"Assertions": [{"Assert": assertion, "AssertDescription": "This is for London only."}]}
    return {
        **instance_only(),
        "Rules": {"Place": {**rule, **({"RuleCondition": condition} if condition else {})}},
    }


@pytest.mark.parametrize(
    "assertion",
    [
        {"Fn::Not": [IN_PARIS]},
        {"Fn::Equals": [REGION, "eu-west-2"]},
        {"Fn::And": [IN_PARIS, {"Fn::Contains": [["eu-west-2"], REGION]}]},
        {"Fn::EachMemberIn": [["eu-west-2", REGION], ["eu-west-2"]]},
        {"Fn::EachMemberEquals": [["eu-west-2", REGION], "eu-west-2"]},
    ],
)
def test_a_rule_that_does_not_hold_refuses_the_template_before_anything_is_made(aws, assertion):
    with pytest.raises(ClientError, match=r"Rule Place: This is for London only\."):
        aws.create(with_rule(assertion))
    assert aws.running() == []


@pytest.mark.parametrize(
    "rule",
    [
        [IN_PARIS],
        [{"Fn::Or": [{"Fn::Equals": [REGION, "eu-west-2"]}, IN_PARIS]}],
        [{"Fn::Not": [IN_PARIS]}, {"Fn::Not": [IN_PARIS]}],
    ],
)
def test_a_rule_that_holds_or_does_not_apply_lets_the_template_pass(aws, rule):
    aws.create(with_rule(*rule))
    assert aws.status() == "CREATE_COMPLETE"


def test_an_update_is_refused_too(aws):
    aws.create(instance_only())
    with pytest.raises(ClientError, match=r"This is for London only\."):
        aws.update(with_rule({"Fn::Not": [IN_PARIS]}))

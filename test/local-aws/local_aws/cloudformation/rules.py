"""Rules of a template, which CloudFormation evaluates before it makes or changes anything; moto passes them over."""

from __future__ import annotations

from typing import Any

from moto.cloudformation import parsing
from moto.cloudformation.exceptions import ValidationError
from moto.cloudformation.parsing import ResourceMap

from local_aws.patches import extends

FUNCTIONS = {
    "Fn::And": all,
    "Fn::Or": any,
    "Fn::Not": lambda values: not values[0],
    "Fn::Equals": lambda values: values[0] == values[1],
    "Fn::Contains": lambda values: values[1] in values[0],
    "Fn::EachMemberEquals": lambda values: all(value == values[1] for value in values[0]),
    "Fn::EachMemberIn": lambda values: all(value in values[1] for value in values[0]),
}


@extends(ResourceMap)
def load_parameters(original: Any, self: ResourceMap) -> None:
    original(self)
    for name, rule in (self._template.get("Rules") or {}).items():
        if value_of(rule.get("RuleCondition", True), self):
            for assertion in rule["Assertions"]:
                if not value_of(assertion["Assert"], self):
                    described = assertion.get("AssertDescription", "the assertion is false")
                    raise ValidationError(message=f"Template validation error: Rule {name}: {described}")


def value_of(expression: Any, resources: ResourceMap) -> Any:
    """What an expression of a rule stands for. A function that is for Service Catalog alone is refused."""
    if isinstance(expression, list):
        return [value_of(item, resources) for item in expression]
    if not isinstance(expression, dict):
        return expression
    [(name, value)] = expression.items()
    if name in FUNCTIONS:
        return FUNCTIONS[name](value_of(value, resources))
    if name == "Ref":
        return parsing.clean_json(expression, resources)
    raise ValidationError(message=f"Template format error: {name} is not supported in rules here")

from __future__ import annotations

from typing import Any

from workshop import ref

ACCOUNT = "123456789012"
MAIL = {"SubscriptionType": "EMAIL", "Address": "ada@example.com"}


def with_budget(unit: str = "USD", limit: float = 50, **properties: Any) -> dict[str, Any]:
    notification = {"NotificationType": "ACTUAL", "ComparisonOperator": "GREATER_THAN", "Threshold": 80}
    return {
        "Resources": {
            "Budget": {
                "Type": "AWS::Budgets::Budget",
                "Properties": {
                    "Budget": {
                        "BudgetType": "COST",
                        "TimeUnit": "MONTHLY",
                        "BudgetLimit": {"Amount": limit, "Unit": unit},
                        "CostFilters": {
                            "TagKeyValue": [{"Fn::Sub": "aws:cloudformation:stack-name$${AWS::StackName}"}]
                        },
                    },
                    "NotificationsWithSubscribers": [{"Notification": notification, "Subscribers": [MAIL]}],
                    **properties,
                },
            }
        },
        "Outputs": {"Budget": {"Value": ref("Budget")}},
    }


def budgets(aws) -> list[dict[str, Any]]:
    return aws.client("budgets").describe_budgets(AccountId=ACCOUNT)["Budgets"]


def test_a_budget_is_as_its_template_says(aws):
    aws.create(with_budget())
    (budget,) = budgets(aws)
    assert budget["BudgetName"] == aws.outputs()["Budget"]
    assert (budget["BudgetLimit"], budget["TimeUnit"]) == ({"Amount": "50", "Unit": "USD"}, "MONTHLY")
    assert budget["CostFilters"] == {"TagKeyValue": ["aws:cloudformation:stack-name$Workshop"]}
    key = {"AccountId": ACCOUNT, "BudgetName": budget["BudgetName"]}
    client = aws.client("budgets")
    (notification,) = client.describe_notifications_for_budget(**key)["Notifications"]
    assert (notification["NotificationType"], notification["Threshold"]) == ("ACTUAL", 80)
    told = client.describe_subscribers_for_notification(**key, Notification=notification)
    assert told["Subscribers"] == [MAIL]


def test_another_limit_is_changed_in_place_and_another_address_makes_another_budget(aws):
    aws.create(with_budget())
    name = aws.outputs()["Budget"]
    aws.update(with_budget(limit=70))
    (budget,) = budgets(aws)
    assert (budget["BudgetName"], budget["BudgetLimit"]["Amount"]) == (name, "70")
    aws.update(with_budget(limit=70, NotificationsWithSubscribers=[]))
    (budget,) = budgets(aws)
    assert budget["BudgetName"] != name


def test_a_budget_goes_with_its_stack(aws):
    aws.create(with_budget())
    aws.client("cloudformation").delete_stack(StackName="Workshop")
    assert budgets(aws) == []


def test_another_currency_is_refused(aws):
    aws.create(with_budget(unit="EUR"))
    assert aws.status() == "ROLLBACK_COMPLETE"
    assert "EUR is not in the supported unit set: [USD]" in aws.failure()


def test_a_property_that_would_be_ignored_is_refused(aws):
    aws.create(with_budget(ResourceTags=[]))
    assert "The local AWS does not know ResourceTags of AWS::Budgets::Budget." in aws.failure()

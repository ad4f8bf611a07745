"""AWS::Budgets::Budget, which moto ignores, and who is told."""

from __future__ import annotations

import json
from typing import Any

from moto.budgets.models import Budget, budgets_backends
from moto.budgets.responses import BudgetsResponse
from moto.core.common_models import CloudFormationModel
from moto.core.exceptions import JsonRESTError
from moto.utilities.utils import get_partition

from local_aws.cloudformation.template_resource import ChangeableResource
from local_aws.patches import replaces
from local_aws.unsupported import refuse_unknown

UNITS = ["USD"]
KNOWN = {"BudgetLimit", "BudgetName", "BudgetType", "CostFilters", "TimeUnit"}


class TemplateBudget(ChangeableResource, CloudFormationModel):
    """A budget of costs; nothing is billed, so that nobody gets a mail."""

    resource_type = "AWS::Budgets::Budget"
    name_property = "BudgetName"
    properties = frozenset({"Budget", "NotificationsWithSubscribers"})

    def __init__(self, name: str, properties: dict[str, Any], account_id: str, region_name: str):
        self.physical_resource_id = properties["Budget"].get("BudgetName", name)
        self._account_id = account_id
        self._backend = budgets_backends[account_id][get_partition(region_name)]
        notifications = properties.get("NotificationsWithSubscribers", [])
        self._backend.create_budget(account_id, self.budget(properties), notifications)

    def change(self, properties: dict[str, Any]) -> None:
        changed = Budget(self.budget(properties), [])
        changed.notifications = self._budgets[self.physical_resource_id].notifications
        self._budgets[self.physical_resource_id] = changed

    def delete(self, account_id: str, region_name: str) -> None:
        self._backend.delete_budget(account_id, self.physical_resource_id)

    @property
    def _budgets(self) -> dict[str, Budget]:
        return self._backend.budgets[self._account_id]

    def budget(self, properties: dict[str, Any]) -> dict[str, Any]:
        budget = properties["Budget"]
        refuse_unknown(f"the Budget of {self.resource_type}", budget, KNOWN)
        limit = budget["BudgetLimit"]
        if limit["Unit"] not in UNITS:
            problem = f"{limit['Unit']} is not in the supported unit set: [{', '.join(UNITS)}]"
            raise JsonRESTError("InvalidParameterException", f"Unable to create/update budget - {problem}")
        return {
            **budget,
            "BudgetName": self.physical_resource_id,
            "BudgetLimit": {**limit, "Amount": str(limit["Amount"])},
        }


@replaces(BudgetsResponse)
def describe_subscribers_for_notification(self: BudgetsResponse) -> str:
    budgets = self.backend.budgets[self._get_param("AccountId")]
    wanted = self._get_param("Notification")
    notifications = budgets[self._get_param("BudgetName")].notifications
    subscribers = [each.subscribers for each in notifications if {**each.details, **wanted} == each.details]
    return json.dumps({"Subscribers": subscribers[0] if subscribers else []})

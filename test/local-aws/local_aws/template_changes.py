"""What CloudFormation does with resources that moto has a model of, and moto does not."""

from __future__ import annotations

from typing import Any, Callable

Change = Callable[[Any, dict[str, Any]], None]


def when_created(model: Any, change: Change) -> None:
    """Let this be done with a resource that moto has made of a template, and with its properties."""
    create = model.create_from_cloudformation_json.__func__

    def create_from_cloudformation_json(
        cls: type[Any],
        resource_name: str,
        cloudformation_json: dict[str, Any],
        account_id: str,
        region_name: str,
        **kwargs: Any,
    ) -> Any:
        resource = create(cls, resource_name, cloudformation_json, account_id, region_name, **kwargs)
        change(resource, cloudformation_json["Properties"])
        return resource

    model.create_from_cloudformation_json = classmethod(create_from_cloudformation_json)


def when_updated(model: Any, change: Change) -> None:
    """Let this be done with a resource whose properties an update of the template changes to these."""

    def update_from_cloudformation_json(
        cls: type[Any],
        original_resource: Any,
        new_resource_name: str,
        cloudformation_json: dict[str, Any],
        account_id: str,
        region_name: str,
    ) -> Any:
        change(original_resource, cloudformation_json["Properties"])
        return original_resource

    model.update_from_cloudformation_json = classmethod(update_from_cloudformation_json)

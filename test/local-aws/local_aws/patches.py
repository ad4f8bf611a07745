"""How a module changes moto: by being imported, in any order."""

from __future__ import annotations

from typing import Any, Callable


def replaces(owner: Any, name: str | None = None) -> Callable[[Any], Any]:
    """Puts a function, property or method in the place of the one of the same or of this name."""

    def put(function: Any) -> Any:
        setattr(owner, name or getattr(function, "fget", function).__name__, function)
        return function

    return put


def extends(owner: Any, name: str | None = None) -> Callable[[Any], Any]:
    """The same for a function that is given the one that it replaces before its arguments."""

    def put(function: Any) -> Any:
        attribute = name or function.__name__
        original = getattr(owner, attribute)
        setattr(owner, attribute, lambda *arguments, **keywords: function(original, *arguments, **keywords))
        return function

    return put


def when_created(model: Any) -> Callable[[Any], Any]:
    """Lets a function be called with each resource that is made of a template, and with its properties."""

    def put(change: Any) -> Any:
        create = model.create_from_cloudformation_json

        def create_from_cloudformation_json(
            resource_name: str, cloudformation_json: dict[str, Any], *arguments: Any, **keywords: Any
        ) -> Any:
            resource = create(resource_name, cloudformation_json, *arguments, **keywords)
            change(resource, cloudformation_json["Properties"])
            return resource

        model.create_from_cloudformation_json = staticmethod(create_from_cloudformation_json)
        return change

    return put


def when_updated(model: Any) -> Callable[[Any], Any]:
    """The same for each resource whose properties an update of the template changes to these."""

    def put(change: Any) -> Any:
        def update_from_cloudformation_json(
            original_resource: Any, new_resource_name: str, cloudformation_json: dict[str, Any], **_: Any
        ) -> Any:
            change(original_resource, cloudformation_json["Properties"])
            return original_resource

        model.update_from_cloudformation_json = staticmethod(update_from_cloudformation_json)
        return change

    return put

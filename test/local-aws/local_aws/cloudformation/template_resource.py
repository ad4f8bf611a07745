"""Resources of templates that moto has no model of."""

from __future__ import annotations

from typing import Any, Callable

from local_aws.unsupported import refuse_unknown


class TemplateResource:
    """A resource that is made by its constructor. One that is a CloudFormationModel too is known to moto by
    being defined."""

    resource_type: str
    name_property = ""
    properties: frozenset[str]
    attributes: dict[str, Callable[[Any], str]] = {}

    def __init__(self, name: str, properties: dict[str, Any], account_id: str, region_name: str):
        raise NotImplementedError

    @classmethod
    def cloudformation_type(cls) -> str:
        return cls.resource_type

    @classmethod
    def cloudformation_name_type(cls) -> str:
        return cls.name_property

    @classmethod
    def has_cfn_attr(cls, attr: str) -> bool:
        return attr in cls.attributes

    def get_cfn_attribute(self, attribute_name: str) -> str:
        return self.attributes[attribute_name](self)

    @classmethod
    def create_from_cloudformation_json(
        cls,
        resource_name: str,
        cloudformation_json: dict[str, Any],
        account_id: str,
        region_name: str,
        **kwargs: Any,
    ) -> TemplateResource:
        return cls(resource_name, cls.known_properties(cloudformation_json), account_id, region_name)

    @classmethod
    def known_properties(cls, cloudformation_json: dict[str, Any]) -> dict[str, Any]:
        properties = cloudformation_json["Properties"]
        refuse_unknown(cls.resource_type, properties, cls.properties)
        return properties


class ChangeableResource(TemplateResource):
    """One whose properties can be changed, but for those that replace it."""

    def change(self, properties: dict[str, Any]) -> None:
        raise NotImplementedError

    @classmethod
    def update_from_cloudformation_json(
        cls,
        original_resource: ChangeableResource,
        new_resource_name: str,
        cloudformation_json: dict[str, Any],
        account_id: str,
        region_name: str,
    ) -> ChangeableResource:
        original_resource.change(cls.known_properties(cloudformation_json))
        return original_resource

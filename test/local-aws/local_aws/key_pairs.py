"""AWS::EC2::KeyPair."""

from __future__ import annotations

from typing import Any

from moto.core.common_models import CloudFormationModel
from moto.ec2.models import ec2_backends


class TemplateKeyPair(CloudFormationModel):
    """A key pair of a template; its private key is not put into the parameter store."""

    def __init__(self, name: str, pair: Any):
        self._pair = pair
        self.physical_resource_id = name

    @staticmethod
    def cloudformation_name_type() -> str:
        return "KeyName"

    @staticmethod
    def cloudformation_type() -> str:
        return "AWS::EC2::KeyPair"

    @classmethod
    def has_cfn_attr(cls, attr: str) -> bool:
        return attr in ("KeyPairId", "KeyFingerprint")

    def get_cfn_attribute(self, attribute_name: str) -> str:
        return {"KeyPairId": self._pair.id, "KeyFingerprint": self._pair.fingerprint}[attribute_name]

    @classmethod
    def create_from_cloudformation_json(
        cls,
        resource_name: str,
        cloudformation_json: Any,
        account_id: str,
        region_name: str,
        **kwargs: Any,
    ) -> TemplateKeyPair:
        properties = cloudformation_json["Properties"]
        backend = ec2_backends[account_id][region_name]
        material = properties.get("PublicKeyMaterial")
        if material:
            return cls(resource_name, backend.import_key_pair(resource_name, material.encode(), {}))
        return cls(
            resource_name, backend.create_key_pair(resource_name, properties.get("KeyType", "rsa"), {})
        )

    def delete(self, account_id: str, region_name: str) -> None:
        ec2_backends[account_id][region_name].delete_key_pair(self.physical_resource_id)


def install() -> None:
    """CloudFormation makes key pairs; moto ignores the resource, but knows every class of models that is
    defined, so that defining the one above is enough."""

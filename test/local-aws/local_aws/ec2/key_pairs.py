"""AWS::EC2::KeyPair, which moto ignores."""

from __future__ import annotations

from typing import Any

from moto.core.common_models import CloudFormationModel
from moto.ec2.models import ec2_backends
from moto.ec2.models.core import TaggedEC2Resource
from moto.ssm.models import ssm_backends

from local_aws.cloudformation.template_resource import TemplateResource


class TemplateKeyPair(TemplateResource, TaggedEC2Resource, CloudFormationModel):
    """A key pair of a template. One that is not imported leaves its private key in the parameter store."""

    resource_type = "AWS::EC2::KeyPair"
    name_property = "KeyName"
    properties = frozenset({"KeyFormat", "KeyName", "KeyType", "PublicKeyMaterial", "Tags"})
    attributes = {
        "KeyFingerprint": lambda self: self._pair.key_fingerprint,
        "KeyPairId": lambda self: self.id,
    }

    def __init__(self, name: str, properties: dict[str, Any], account_id: str, region_name: str):
        self.physical_resource_id = name
        self.ec2_backend = ec2_backends[account_id][region_name]
        material = properties.get("PublicKeyMaterial")
        if material:
            self._pair = self.ec2_backend.import_key_pair(name, material.encode(), {})
        else:
            self._pair = self.ec2_backend.create_key_pair(name, properties.get("KeyType", "rsa"), {})
        self.id = self._pair.id
        self._private_key = None if material else f"/ec2/keypair/{self.id}"
        if self._private_key:
            ssm_backends[account_id][region_name].put_parameter(
                name=self._private_key,
                description=None,
                value=self._pair.key_material,
                parameter_type="SecureString",
                allowed_pattern=None,
                keyid=None,
                overwrite=False,
                tags=[],
                data_type="text",
                tier=None,
                policies=None,
            )

    def delete(self, account_id: str, region_name: str) -> None:
        self.ec2_backend.delete_key_pair(self.physical_resource_id)
        if self._private_key:
            ssm_backends[account_id][region_name].delete_parameter(self._private_key)

"""Resources that are accepted, and never read."""

from __future__ import annotations

import logging
import sys
import warnings
from typing import Any

from moto.cloudformation import parsing
from moto.core.common_models import CloudFormationModel

reported_types: set[str] = set()


class IgnoredResource:
    def __init__(self, name: str):
        self.physical_resource_id = name

    @staticmethod
    def cloudformation_name_type() -> str:
        return ""

    @classmethod
    def create_from_cloudformation_json(
        cls,
        resource_name: str,
        cloudformation_json: Any,
        account_id: str,
        region_name: str,
        **kwargs: Any,
    ) -> IgnoredResource:
        return cls(resource_name)

    @classmethod
    def update_from_cloudformation_json(
        cls,
        original_resource: IgnoredResource,
        new_resource_name: str,
        cloudformation_json: Any,
        account_id: str,
        region_name: str,
    ) -> IgnoredResource:
        return original_resource

    def delete(self, account_id: str, region_name: str) -> None:
        """There is nothing behind it."""


class CdkMetadata(IgnoredResource, CloudFormationModel):
    """What the CDK puts into every stack."""

    @staticmethod
    def cloudformation_type() -> str:
        return "AWS::CDK::Metadata"


class BucketPolicy(IgnoredResource, CloudFormationModel):
    """A part of what `cdk bootstrap` makes."""

    @staticmethod
    def cloudformation_type() -> str:
        return "AWS::S3::BucketPolicy"


def install() -> None:
    """CloudFormation makes every resource of a template; moto passes over what it has no code for, with two
    warnings each time the stack is read. Here each type is reported once, but for those above."""
    logging.getLogger("moto").setLevel(logging.ERROR)
    warnings.filterwarnings("ignore", message="Tried to parse ")
    find_class = parsing.resource_class_from_type

    def find_class_or_report(resource_type: str) -> Any:
        resource_class = find_class(resource_type)
        if resource_class is None and resource_type not in reported_types:
            reported_types.add(resource_type)
            print(f"local_aws: {resource_type} is passed over, nothing is made for it.", file=sys.stderr)
        return resource_class

    parsing.resource_class_from_type = find_class_or_report

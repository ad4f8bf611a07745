"""Resources that are accepted, and never read.

CloudFormation makes every resource of a template; moto passes over what it has no code for, with two warnings
each time the stack is read. Here each type is reported once, but for those below."""

from __future__ import annotations

import logging
import sys
import warnings
from typing import Any

from moto.cloudformation import parsing
from moto.core.common_models import CloudFormationModel

from local_aws.cloudformation.template_resource import ChangeableResource
from local_aws.patches import extends

logging.getLogger("moto").setLevel(logging.ERROR)
warnings.filterwarnings("ignore", message="Tried to parse ")
reported_types: set[str] = set()


class IgnoredResource(ChangeableResource):
    def __init__(self, name: str, properties: dict[str, Any], account_id: str, region_name: str):
        self.physical_resource_id = name

    def change(self, properties: dict[str, Any]) -> None:
        """There is nothing behind it."""

    def delete(self, account_id: str, region_name: str) -> None:
        """There is nothing behind it."""


class CdkMetadata(IgnoredResource, CloudFormationModel):
    """What the CDK puts into every stack."""

    resource_type = "AWS::CDK::Metadata"
    properties = frozenset({"Analytics"})


class BucketPolicy(IgnoredResource, CloudFormationModel):
    """A part of what `cdk bootstrap` makes."""

    resource_type = "AWS::S3::BucketPolicy"
    properties = frozenset({"Bucket", "PolicyDocument"})


@extends(parsing)
def resource_class_from_type(original: Any, resource_type: str) -> Any:
    resource_class = original(resource_type)
    if resource_class is None and resource_type not in reported_types:
        reported_types.add(resource_type)
        print(f"local_aws: {resource_type} is passed over, nothing is made for it.", file=sys.stderr)
    return resource_class

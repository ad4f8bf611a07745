"""Images that are named by an SSM parameter, which EC2 reads when it starts an instance: resolve:ssm:NAME,
with the number or the label of a version after another colon.

EC2 checks the parameter that a launch template names, and shows what it stands for if it is asked to; launch
configurations, Spot fleets and most EC2 fleets take an id only. To moto it is any text."""

from __future__ import annotations

from typing import Any

from moto.autoscaling.exceptions import ValidationError
from moto.autoscaling.models import AutoScalingBackend
from moto.core.responses import ActionResult
from moto.ec2.exceptions import EC2ClientError
from moto.ec2.models.fleets import FleetsBackend
from moto.ec2.models.launch_templates import LaunchTemplate, LaunchTemplateVersion
from moto.ec2.models.spot_requests import SpotRequestBackend
from moto.ec2.responses.launch_templates import LaunchTemplates

from local_aws.cloudformation.ssm_references import parameter_named
from local_aws.patches import extends

PREFIX = "resolve:ssm:"
DATA_TYPE = "aws:ec2:image"


@extends(LaunchTemplate)
def create_version(
    original: Any, self: LaunchTemplate, data: dict[str, Any], description: str
) -> LaunchTemplateVersion:
    resolved_image_id(self.ec2_backend, data.get("ImageId"))
    return original(self, data, description)


@extends(LaunchTemplates)
def describe_launch_template_versions(original: Any, self: LaunchTemplates) -> ActionResult:
    answer = original(self)
    if self._get_bool_param("ResolveAlias", False):
        for version in answer.result["LaunchTemplateVersions"]:
            data = version["LaunchTemplateData"]
            image_id = resolved_image_id(self.ec2_backend, data.get("ImageId"))
            version["LaunchTemplateData"] = {**data, "ImageId": image_id}
    return answer


@extends(AutoScalingBackend)
def create_launch_configuration(original: Any, self: AutoScalingBackend, **keywords: Any) -> Any:
    image_id = keywords.get("image_id") or ""
    if image_id.startswith(PREFIX):
        raise ValidationError(f'AMI {image_id} is invalid: Invalid id: "{image_id}" (expecting "ami-...")')
    return original(self, **keywords)


@extends(FleetsBackend)
def create_fleet(original: Any, self: FleetsBackend, **keywords: Any) -> Any:
    kind = keywords["fleet_type"]
    if kind != "instant":
        refuse_parameters(self, keywords["launch_template_configs"], f"An EC2 Fleet of type {kind}")
    return original(self, **keywords)


@extends(SpotRequestBackend)
def request_spot_fleet(original: Any, self: SpotRequestBackend, *arguments: Any, **keywords: Any) -> Any:
    refuse_parameters(self, keywords.get("launch_template_config"), "A Spot Fleet")
    return original(self, *arguments, **keywords)


def resolved_image_id(backend: Any, image_id: str | None) -> str | None:
    """The id that a parameter holds now, if it is one that is given for an image, or the id itself."""
    if not image_id or not image_id.startswith(PREFIX):
        return image_id
    reference = image_id.removeprefix(PREFIX)
    parameter = parameter_named(backend.account_id, backend.region_name, reference)
    if parameter is None:
        raise EC2ClientError("SsmInvalidParameter", f"The following aliases are invalid: {reference}")
    if parameter.data_type != DATA_TYPE and not parameter.name.startswith("/aws/service/"):
        raise EC2ClientError(
            "SsmInvalidParameter",
            f"Unsupported data type. The following parameter data types are supported: {DATA_TYPE}",
        )
    return parameter.value


def refuse_parameters(backend: Any, configs: list[dict[str, Any]] | None, who: str) -> None:
    """Fail if what a fleet is to start names its image by a parameter."""
    for config in configs or []:
        template = launch_template_data(backend, config["LaunchTemplateSpecification"])
        for override in config.get("Overrides") or [{}]:
            if {**template, **override}.get("ImageId", "").startswith(PREFIX):
                raise EC2ClientError(
                    "InvalidParameterValue", f"{who} takes the ID of an AMI, not a parameter"
                )


def launch_template_data(backend: Any, reference: dict[str, Any] | None) -> dict[str, Any]:
    """What the named version of a launch template says, or nothing."""
    if not reference:
        return {}
    if reference.get("LaunchTemplateId"):
        template = backend.get_launch_template(reference["LaunchTemplateId"])
    else:
        template = backend.get_launch_template_by_name(reference["LaunchTemplateName"])
    return template.get_version(reference.get("Version") or "$Default").data

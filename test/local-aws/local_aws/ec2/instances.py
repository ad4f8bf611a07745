"""Instances.

AWS refuses images that are not there or do not fit the instance type, makes the volumes of the image, and
deletes no instance that is protected; moto launches and deletes anything, gives it another root volume,
ignores most properties of the template, and cannot update an instance."""

from __future__ import annotations

from typing import Any

from moto.ec2.exceptions import EC2ClientError
from moto.ec2.models import ec2_backends
from moto.ec2.models.amis import Ami
from moto.ec2.models.instance_types import INSTANCE_TYPES
from moto.ec2.models.instances import Instance, InstanceBackend, MetadataOptions, Reservation

from local_aws.cloudformation.templates import as_bool, as_list, tags_in
from local_aws.ec2.cpu_credits import check_cpu_credits
from local_aws.ec2.image_parameters import launch_template_data, resolved_image_id
from local_aws.ec2.images import check_image_id
from local_aws.ec2.volumes import attach_volumes, volume_mappings
from local_aws.patches import extends, replaces, when_updated
from local_aws.unsupported import refuse_unknown

PROPERTIES = {
    "AvailabilityZone",
    "BlockDeviceMappings",
    "CreditSpecification",
    "DisableApiTermination",
    "EbsOptimized",
    "IamInstanceProfile",
    "ImageId",
    "InstanceInitiatedShutdownBehavior",
    "InstanceType",
    "KeyName",
    "LaunchTemplate",
    "MetadataOptions",
    "Monitoring",
    "NetworkInterfaces",
    "PrivateIpAddress",
    "PropagateTagsToVolumeOnCreation",
    "SecurityGroupIds",
    "SecurityGroups",
    "SourceDestCheck",
    "SubnetId",
    "Tags",
    "Tenancy",
    "UserData",
}


@extends(InstanceBackend)
def run_instances(
    original: Any,
    self: InstanceBackend,
    image_id: str,
    count: int,
    user_data: Any,
    security_group_names: list[str],
    **kwargs: Any,
) -> Reservation:
    launch_template = launch_template_data(self, kwargs.get("launch_template"))
    image = image_to_launch(self, image_id or launch_template.get("ImageId"))
    if kwargs.get("is_instance_type_default") and launch_template.get("InstanceType"):
        kwargs.update(instance_type=launch_template["InstanceType"], is_instance_type_default=False)
    check_instance_type(image, kwargs.get("instance_type"))
    check_key_pair(self, kwargs.get("key_name"))
    mappings = kwargs.get("block_device_mappings") or launch_template.get("BlockDeviceMappings") or []
    volume_tags = kwargs.get("tags", {}).get("volume", {})
    volumes = volume_mappings(image, mappings)
    kwargs["block_device_mappings"] = []
    interfaces = set(self.enis)
    reservation = original(self, image.id, count, user_data, security_group_names, **kwargs)
    for instance in reservation.instances:
        instance.root_device_type = image.root_device_type
        instance.platform_details = getattr(image, "platform_details", None)
        instance.usage_operation = getattr(image, "usage_operation", None)
        instance.cpu_options = cpu_options(instance.instance_type)
        attach_volumes(instance, volumes, volume_tags)
        for interface in instance.nics.values():
            interface.delete_on_termination = interface.id not in interfaces
    return reservation


def image_to_launch(backend: Any, image_id: str | None) -> Ami:
    if not image_id:
        raise EC2ClientError("MissingParameter", "The request must contain the parameter ImageId")
    image_id = resolved_image_id(backend, image_id)
    check_image_id(image_id)
    (image,) = backend.describe_images([image_id])
    if image.state != "available":
        raise EC2ClientError("InvalidAMIID.Unavailable", f"The image ID '{image_id}' is not available")
    return image


def cpu_options(instance_type: str) -> dict[str, int]:
    cpu = INSTANCE_TYPES.get(instance_type, {}).get("VCpuInfo", {})
    return {"CoreCount": cpu.get("DefaultCores"), "ThreadsPerCore": cpu.get("DefaultThreadsPerCore")}


def check_instance_type(image: Ami, instance_type: str | None) -> None:
    known = INSTANCE_TYPES.get(instance_type)
    if known is None:
        return
    architectures = known["ProcessorInfo"]["SupportedArchitectures"]
    if image.architecture and image.architecture not in architectures:
        raise EC2ClientError(
            "InvalidParameterValue",
            f"The architecture '{','.join(architectures)}' of the specified instance type does not match the "
            f"architecture '{image.architecture}' of the specified AMI. Specify an instance type and an AMI "
            "that have matching architectures, and try again. You can use 'describe-instance-types' or "
            "'describe-images' to discover the architecture of the instance type or AMI.",
        )
    if image.root_device_type not in known.get("SupportedRootDeviceTypes", [image.root_device_type]):
        raise EC2ClientError(
            "InvalidParameterCombination",
            f"The instance type '{instance_type}' does not support an AMI with a root device type of "
            f"'{image.root_device_type}'.",
        )


def check_tenancy(instance_type: str, tenancy: str | None) -> None:
    """Which host it is that an instance is placed on, nobody sees here."""
    if instance_type.startswith("mac") and tenancy != "host":
        raise EC2ClientError(
            "Unsupported",
            "The requested configuration is currently not supported. Please check the documentation for supported "
            "configurations.",
        )


def check_key_pair(backend: Any, name: str | None) -> None:
    if name and name not in backend.key_pairs:
        raise EC2ClientError("InvalidKeyPair.NotFound", f"The key pair '{name}' does not exist")


@replaces(Instance)
@classmethod
def create_from_cloudformation_json(
    cls: type[Instance],
    resource_name: str,
    cloudformation_json: dict[str, Any],
    account_id: str,
    region_name: str,
    **kwargs: Any,
) -> Instance:
    backend = ec2_backends[account_id][region_name]
    template_properties = cloudformation_json["Properties"]
    refuse_unknown("AWS::EC2::Instance", template_properties, PROPERTIES)
    launch_template = launch_template_data(backend, template_properties.get("LaunchTemplate"))
    properties = {**launch_template, **template_properties}
    instance_type = properties.get("InstanceType", "m1.small")
    check_cpu_credits(instance_type, properties)
    check_tenancy(instance_type, properties.get("Tenancy"))
    interface = next(iter(as_list(properties.get("NetworkInterfaces"))), {})
    public_address = interface.get("AssociatePublicIpAddress")
    reservation = backend.run_instances(
        image_id=properties.get("ImageId"),
        count=1,
        user_data=properties.get("UserData"),
        security_group_names=as_list(properties.get("SecurityGroups")),
        security_group_ids=as_list(properties.get("SecurityGroupIds") or interface.get("GroupSet")),
        instance_type=instance_type,
        is_instance_type_default="InstanceType" not in properties,
        region_name=region_name,
        subnet_id=properties.get("SubnetId") or interface.get("SubnetId"),
        associate_public_ip=None if public_address is None else as_bool(public_address),
        key_name=properties.get("KeyName"),
        private_ip=properties.get("PrivateIpAddress"),
        placement=properties.get("AvailabilityZone"),
        metadata_options=metadata_options(launch_template, template_properties),
        block_device_mappings=as_list(properties.get("BlockDeviceMappings")),
        tags={"volume": tags_in(properties)}
        if as_bool(properties.get("PropagateTagsToVolumeOnCreation", False))
        else {},
    )
    instance = reservation.instances[0]
    set_switches(instance, properties)
    associate_profile(instance, properties.get("IamInstanceProfile"))
    return instance


@when_updated(Instance)
def change_instance(instance: Instance, after: dict[str, Any]) -> None:
    before = instance.template_definition["Properties"]
    backend = instance.ec2_backend
    refuse_unknown("AWS::EC2::Instance", after, PROPERTIES)
    launch_template = launch_template_data(backend, after.get("LaunchTemplate"))
    instance_type = after.get("InstanceType", instance.instance_type)
    image = image_to_launch(backend, instance.image_id)
    check_instance_type(image, instance_type)
    check_cpu_credits(instance_type, after)
    instance.instance_type = instance_type
    instance.user_data = after.get("UserData", instance.user_data)
    set_switches(instance, {**launch_template, **after})
    instance.metadata_options = MetadataOptions(metadata_options(launch_template, after))
    for device, settings in volume_mappings(image, as_list(after.get("BlockDeviceMappings"))).items():
        ends = as_bool(settings.get("DeleteOnTermination", True))
        instance.block_device_mapping[device].delete_on_termination = ends
    if before.get("SecurityGroupIds") != after.get("SecurityGroupIds"):
        backend.modify_instance_security_groups(instance.id, as_list(after.get("SecurityGroupIds")))
    if before.get("IamInstanceProfile") != after.get("IamInstanceProfile"):
        associate_profile(instance, after.get("IamInstanceProfile"))


@replaces(Instance)
def delete(self: Instance, account_id: str, region_name: str) -> None:
    if self.state != "terminated":  # by hand, which CloudFormation does not mind
        self.ec2_backend.terminate_instances([self.id])  # fails for an instance that is protected from it


def set_switches(instance: Instance, properties: dict[str, Any]) -> None:
    """Set what can be switched on and off while the instance runs."""
    instance.disable_api_termination = as_bool(properties.get("DisableApiTermination", False))
    instance.ebs_optimized = as_bool(properties.get("EbsOptimized", False))
    instance.instance_initiated_shutdown_behavior = properties.get(
        "InstanceInitiatedShutdownBehavior", "stop"
    )
    instance.monitoring_state = "enabled" if as_bool(properties.get("Monitoring", False)) else "disabled"
    instance.source_dest_check = as_bool(properties.get("SourceDestCheck", True))
    instance.cpu_credits = next(iter((properties.get("CreditSpecification") or {}).values()), None)


def metadata_options(launch_template: dict[str, Any], properties: dict[str, Any]) -> dict[str, Any]:
    return {**(launch_template.get("MetadataOptions") or {}), **(properties.get("MetadataOptions") or {})}


def associate_profile(instance: Instance, profile: str | dict[str, str] | None) -> None:
    """Give the instance this profile, by its name or as a launch template refers to it, in place of any
    other."""
    backend = instance.ec2_backend
    association = backend.iam_instance_profile_associations.get(instance.id)
    if association:
        backend.disassociate_iam_instance_profile(association.association_id)
    if profile:
        reference = {"Name": profile} if isinstance(profile, str) else profile
        backend.associate_iam_instance_profile(
            instance.id,
            iam_instance_profile_name=reference.get("Name"),
            iam_instance_profile_arn=reference.get("Arn"),
        )

"""What a Python user reads who writes the wrong thing: the messages are all that reaches Python."""
import re
import subprocess
import sys

import pytest
from aws_cdk import App, Duration, Environment, Size, Stack, aws_autoscaling as autoscaling, aws_ec2 as ec2
from aws_cdk.assertions import Template
from cdk_workshop_instance import (
    AmiFamily, AmiSelector, AmiUpdates, AutoStop, AutoStopAction, RootDevice, WorkshopAccess, WorkshopInstance,
)

AL2 = "/aws/service/ami-amazon-linux-latest/amzn2-ami-hvm-x86_64-gp2"
AL1_S3 = "/aws/service/ami-amazon-linux-latest/amzn-ami-hvm-x86_64-s3"


@pytest.fixture
def stack():
    return Stack(App(), "Stack", env=Environment(region="eu-west-3"))


def synth_error(stack):
    with pytest.raises(RuntimeError) as error:
        stack.node.root.synth()
    return str(error.value)


def test_the_default_synthesizes(stack):
    WorkshopInstance(stack, "Workshop")
    assert stack.node.root.synth()


def test_an_id_that_is_none():
    with pytest.raises(RuntimeError, match='AmiSelector.generic_linux: "ami-1", given for eu-west-3, is not an AMI id; write "ami-" and 8 or 17'):
        AmiSelector.generic_linux({"eu-west-3": "ami-1"})


def test_a_lookup_without_owners():
    with pytest.raises(RuntimeError, match="owners is empty, and anyone can publish a newer image under this name"):
        AmiSelector.lookup(name="al2023-*", owners=[])


def test_a_lookup_must_say_its_owners():
    with pytest.raises(TypeError, match="owners"):
        AmiSelector.lookup(name="al2023-*")


def test_an_arm64_image_from_instance_store():
    with pytest.raises(RuntimeError, match="there is no arm64 image with an instance-store root device"):
        AmiSelector.from_ssm_parameter("/my/ami", root_device=RootDevice.INSTANCE_STORE, architecture=ec2.InstanceArchitecture.ARM_64)


def test_a_region_that_is_missing_from_the_map(stack):
    WorkshopInstance(stack, "Workshop", machine_image=AmiSelector.generic_linux({"us-east-1": "ami-01fde5e5b31e98551"}))
    assert "[Stack/Workshop] AmiSelector.generic_linux: the map has no AMI id for eu-west-3" in synth_error(stack)


def test_an_architecture_that_does_not_fit(stack):
    WorkshopInstance(
        stack, "Workshop", instance_type=ec2.InstanceType("t4g.micro"), machine_image=AmiSelector.from_ssm_parameter(AL2)
    )
    assert "[Stack/Workshop] t4g.micro is arm64 and cannot boot AmiSelector.from_ssm_parameter" in synth_error(stack)


def test_a_root_device_that_does_not_fit_in_a_construct_of_aws_cdk_lib(stack):
    ec2.LaunchTemplate(
        stack, "Template", instance_type=ec2.InstanceType("t2.micro"), machine_image=AmiSelector.from_ssm_parameter(AL1_S3)
    )
    assert "[Stack/Template] t2.micro cannot boot AmiSelector.from_ssm_parameter" in synth_error(stack)


def test_an_auto_scaling_group_is_checked_too(stack):
    vpc = ec2.Vpc(stack, "Vpc", nat_gateways=0)
    autoscaling.AutoScalingGroup(
        stack,
        "Group",
        vpc=vpc,
        vpc_subnets=ec2.SubnetSelection(subnet_type=ec2.SubnetType.PUBLIC),
        instance_type=ec2.InstanceType("t4g.micro"),
        machine_image=AmiSelector.from_ssm_parameter(AL2),
    )
    assert "t4g.micro is arm64" in synth_error(stack)


def test_a_lookup_in_a_stack_without_an_account(stack):
    WorkshopInstance(stack, "Workshop", machine_image=AmiSelector.lookup(name="al2023-ami-2023.*", owners=["amazon"]))
    assert "give the stack an account and a region" in synth_error(stack)


def test_on_request_in_a_stack_without_an_account(stack):
    WorkshopInstance(stack, "Workshop", machine_image=AmiSelector.from_ssm_parameter(AL2, updates=AmiUpdates.ON_REQUEST))
    assert "or say AmiUpdates.ON_LAUNCH" in synth_error(stack)


def test_a_size_for_a_root_volume_that_is_not_known(stack):
    with pytest.raises(RuntimeError, match="Stack/Workshop: root_volume_size cannot be applied"):
        WorkshopInstance(
            stack,
            "Workshop",
            machine_image=AmiSelector.generic_linux({"eu-west-3": "ami-01fde5e5b31e98551"}),
            root_volume_size=Size.gibibytes(20),
        )


def test_an_image_that_is_not_pinned(tmp_path):
    file = tmp_path / "ami.lock.json"
    file.write_text('{"version": 1, "images": {}}')
    with pytest.raises(RuntimeError, match='has no entry "web", nor any other; pin one with "cdk-ami pin web --family UBUNTU_24_04'):
        AmiSelector.from_lock_file("web", file=str(file))


def test_pinned_images_are_looked_for_in_the_folder_that_the_app_is_started_in(tmp_path):
    app = tmp_path / "elsewhere" / "app.py"
    app.parent.mkdir()
    app.write_text('from cdk_workshop_instance import AmiSelector\nAmiSelector.from_lock_file("web")')
    result = subprocess.run([sys.executable, str(app)], cwd=tmp_path, capture_output=True, text=True)
    assert f'there is no file {tmp_path}/ami.lock.json; make it with "cdk-ami pin web' in result.stderr


def test_a_string_is_no_machine_image(stack):
    with pytest.raises((TypeError, RuntimeError), match="(?i)machine_?image"):
        WorkshopInstance(stack, "Workshop", machine_image="ami-01fde5e5b31e98551")


def test_a_family_without_such_an_image():
    with pytest.raises(RuntimeError, match="AmiFamily.AMAZON_LINUX_2 has no x86_64 image with an instance-store root device; it has x86_64 ebs, arm64 ebs."):
        AmiSelector.latest(AmiFamily.AMAZON_LINUX_2, root_device=RootDevice.INSTANCE_STORE)


def test_the_catalog_can_be_read():
    assert AmiFamily.UBUNTU_24_04.owners() == ["099720109477"]
    assert AmiFamily.UBUNTU_24_04.default_user == "ubuntu"
    assert AmiFamily.UBUNTU_24_04.parameter_name(ec2.InstanceArchitecture.ARM_64).endswith("/arm64/hvm/ebs-gp3/ami-id")
    assert len(AmiFamily.all()) > 40


def test_attributes_read_as_in_python():
    selector = AmiSelector.from_ssm_parameter(AL2)
    assert selector.architecture == ec2.InstanceArchitecture.X86_64
    assert selector.root_device == RootDevice.EBS
    assert selector.root_device_name == "/dev/xvda"
    assert selector.updates == AmiUpdates.ON_DEPLOY


def test_an_instance_that_is_set_up_and_kept_up_to_date(stack):
    user_data = ec2.UserData.for_linux()
    user_data.add_commands("echo mine")
    init = ec2.CloudFormationInit.from_elements(ec2.InitFile.from_string("/etc/motd", "hello"))
    ubuntu = AmiSelector.latest(AmiFamily.UBUNTU_24_04)
    WorkshopInstance(
        stack, "Workshop", machine_image=ubuntu, user_data=user_data, init=init, keep_up_to_date=True,
        init_options=ec2.ApplyCloudFormationInitOptions(timeout=Duration.minutes(20)), keep_up_to_date_interval=Duration.minutes(1),
    )
    assert user_data.render() == "#!/bin/bash\necho mine"
    Template.from_stack(stack).has_resource("AWS::EC2::Instance", {"CreationPolicy": {"ResourceSignal": {"Timeout": "PT20M"}}})


def test_keep_up_to_date_without_init(stack):
    with pytest.raises(RuntimeError, match="Stack/Workshop: keep_up_to_date is about init, and there is none; give init"):
        WorkshopInstance(stack, "Workshop", keep_up_to_date=True)


def message_of(call):
    with pytest.raises(RuntimeError) as error:
        call()
    return str(error.value)


def told(message, pattern):
    """What the message says to type, as it stands there."""
    found = re.search(pattern, message)
    assert found, f"{pattern} is not in: {message}"
    return found[0]


def synthesizes(**props):
    stack = Stack(App(), "Stack", env=Environment(region="eu-west-3"))
    WorkshopInstance(stack, "Workshop", **props)
    stack.node.root.synth()


ANYONE = [ec2.Peer.any_ipv4()]
ARM = ec2.InstanceType("t4g.micro")
INIT = ec2.CloudFormationInit.from_elements(ec2.InitFile.from_string("/etc/motd", "hello"))
OWN = {"eu-west-3": "ami-01fde5e5b31e98551"}
TERMINATE = AutoStop.when_idle(action=AutoStopAction.TERMINATE)

# What is wrong; what the message says to type, as a pattern; an app that types it.
TYPED = {
    "anyone may connect": (
        lambda: WorkshopAccess.http(80, allow_from=ANYONE),
        r"allow_from_anywhere=True",
        "WorkshopAccess.http(80, allow_from=ANYONE, {told})",
    ),
    "nobody may connect": (
        lambda: WorkshopAccess.http(80, allow_from=[]),
        r"ec2\.Peer\.ipv4\(.*?\)",
        "WorkshopAccess.http(80, allow_from=[{told}])",
    ),
    "nobody can get in": (
        lambda: synthesizes(access=[]),
        r"WorkshopAccess\.\w+\(\)",
        "synthesizes(access=[{told}])",
    ),
    "a version in the name": (
        lambda: AmiSelector.from_ssm_parameter("/my/ami:3"),
        r"parameter_version=\d+",
        "AmiSelector.from_ssm_parameter('/my/ami', {told})",
    ),
    "an id for a parameter": (
        lambda: AmiSelector.from_ssm_parameter("ami-01fde5e5b31e98551"),
        r"AmiSelector\.generic_linux\(.*?\)",
        "{told}",
    ),
    "a search in a stack without an account": (
        lambda: starts(AmiSelector.lookup(name="al2023-*", owners=["amazon"])),
        r"env=Environment\(.*?\)",
        "Stack(App(), 'Stack', {told})",
    ),
    "an empty map": (
        lambda: AmiSelector.generic_linux({}),
        r"\{.*?\}",
        "AmiSelector.generic_linux({told})",
    ),
    "arm64 from instance store": (
        lambda: AmiSelector.from_ssm_parameter("/my/ami", root_device=RootDevice.INSTANCE_STORE, architecture=ec2.InstanceArchitecture.ARM_64),
        r"ec2\.InstanceArchitecture\.\w+",
        "AmiSelector.from_ssm_parameter('/my/ami', root_device=RootDevice.INSTANCE_STORE, architecture={told})",
    ),
    "a key of the context that nothing keeps": (
        lambda: AmiSelector.from_ssm_parameter("/my/ami", cache_key="mine"),
        r"updates=AmiUpdates\.\w+",
        "AmiSelector.from_ssm_parameter('/my/ami', cache_key='mine', {told})",
    ),
    "an interval of nothing": (
        lambda: synthesizes(init=INIT, keep_up_to_date_interval=Duration.minutes(5)),
        r"keep_up_to_date=True",
        "synthesizes(init=INIT, keep_up_to_date_interval=Duration.minutes(5), {told})",
    ),
    "an interval that is too short": (
        lambda: synthesizes(init=INIT, keep_up_to_date=True, keep_up_to_date_interval=Duration.seconds(5)),
        r"Duration\.\w+\(\d+\)",
        "synthesizes(init=INIT, keep_up_to_date=True, keep_up_to_date_interval={told})",
    ),
    "an image of which nothing is known": (
        lambda: synthesizes(init=INIT, machine_image=AmiSelector.generic_linux(OWN)),
        r"family=AmiFamily\.\w+",
        "synthesizes(init=INIT, machine_image=AmiSelector.generic_linux(OWN, {told}))",
    ),
    "an image of another architecture": (
        lambda: starts(AmiSelector.generic_linux(OWN, architecture=ec2.InstanceArchitecture.X86_64), instance_type=ARM),
        r"architecture=ec2\.InstanceArchitecture\.\w+",
        "synthesizes(instance_type=ARM, machine_image=AmiSelector.generic_linux(OWN, {told}))",
    ),
    "a protected instance that is to be terminated": (
        lambda: synthesizes(hardened=True, auto_stop=[TERMINATE]),
        r"disable_api_termination=False",
        "synthesizes(hardened=True, auto_stop=[TERMINATE], {told})",
    ),
}


def starts(machine_image, **props):
    app = App()
    WorkshopInstance(Stack(app, "Stack"), "Workshop", machine_image=machine_image, **props)
    app.synth()


@pytest.mark.parametrize("wrong, pattern, right", TYPED.values(), ids=TYPED)
def test_what_a_message_says_to_type_runs(wrong, pattern, right):
    code = told(message_of(wrong), pattern).replace("<region>", "eu-west-3").replace("ami-…", "ami-01fde5e5b31e98551")
    eval(right.replace("{told}", code))


@pytest.mark.parametrize("wrong", [wrong for wrong, _, _ in TYPED.values()], ids=TYPED)
def test_no_name_is_written_as_in_typescript(wrong):
    message = re.sub(r"\[ack: .*?\]", "", message_of(wrong))
    assert re.findall(r"\b[a-z]+[A-Z]\w*", message) == []

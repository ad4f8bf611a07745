import os

from aws_cdk import App, Environment, Stack
from cdk_workshop_instance import AmiFamily, AmiSelector, AmiUpdates, WorkshopInstance

PARAMETER = "/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-6.1-x86_64"

# The ways to choose an image, each in a stack of its name.
SELECTORS = {
    "Latest": AmiSelector.latest(AmiFamily.UBUNTU_24_04),
    "GenericLinux": AmiSelector.generic_linux({"eu-west-3": "ami-03cd84e5bcdbb5761"}, root_device_name="/dev/xvda"),
    "SsmParameter": AmiSelector.from_ssm_parameter(PARAMETER),
    "SsmParameterOnDeploy": AmiSelector.from_ssm_parameter(PARAMETER, updates=AmiUpdates.ON_DEPLOY),
    "SsmParameterOnRequest": AmiSelector.from_ssm_parameter(PARAMETER, updates=AmiUpdates.ON_REQUEST),
    "SsmParameterVersion": AmiSelector.from_ssm_parameter(
        "/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-6.12-x86_64", parameter_version=38
    ),
    "Lookup": AmiSelector.lookup(name="al2023-ami-2023.*-kernel-6.1-x86_64", owners=["amazon"]),
}

app = App()
env = Environment(account=os.environ.get("CDK_DEFAULT_ACCOUNT"), region="eu-west-3")

for name, machine_image in SELECTORS.items():
    WorkshopInstance(Stack(app, name, env=env), "Instance", machine_image=machine_image)

app.synth()

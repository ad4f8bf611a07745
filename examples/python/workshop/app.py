from aws_cdk import App, Environment, Stack, aws_ec2 as ec2
from cdk_workshop_instance import AmiSelector, WorkshopInstance

app = App()
stack = Stack(app, "Workshop", env=Environment(region="eu-west-3"))

WorkshopInstance(
    stack,
    "Instance",
    instance_type=ec2.InstanceType.of(ec2.InstanceClass.T2, ec2.InstanceSize.MICRO),
    machine_image=AmiSelector.generic_linux({"eu-west-3": "ami-01fde5e5b31e98551"}, root_device_name="/dev/xvda"),
)

app.synth()

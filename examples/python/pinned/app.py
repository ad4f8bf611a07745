from aws_cdk import App, Environment, Stack
from cdk_workshop_instance import AmiSelector, WorkshopInstance

app = App()

# What ami.lock.json has for the region of each stack: "cdk-ami update" moves it.
machine_image = AmiSelector.from_lock_file("web")

for region in ["eu-west-3", "eu-west-1"]:
    stack = Stack(app, f"Pinned-{region}", env=Environment(region=region))
    WorkshopInstance(stack, "Instance", machine_image=machine_image)

app.synth()

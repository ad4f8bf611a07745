from aws_cdk import App, Environment, Stack
from cdk_workshop_instance import AmiSelector, WorkshopFleet

app = App()
stack = Stack(app, "PinnedFleet", env=Environment(region="eu-west-3"))

# All seats start what ami.lock.json has for the region: "cdk-ami update" moves it.
WorkshopFleet(
    stack, "Fleet",
    seat_names=["red", "green", "blue"],
    machine_image=AmiSelector.from_lock_file("web"),
)
app.synth()

import os

from aws_cdk import App, Environment, Stack
from cdk_workshop_instance import WorkshopFleet

app = App()
seat_names = os.environ["SEATS"].split(",")
WorkshopFleet(Stack(app, "Agnostic"), "Fleet", seat_names=seat_names)
env = Environment(account=os.environ["CDK_DEFAULT_ACCOUNT"], region="eu-west-3")
WorkshopFleet(Stack(app, "InRegion", env=env), "Fleet", seat_names=seat_names)
app.synth()

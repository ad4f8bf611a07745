import sys

from aws_cdk import App, Environment, Stack
from cdk_workshop_instance import WorkshopInstance

app = App(outdir=sys.argv[1])
stack = Stack(app, "Stack", env=Environment(region="eu-west-3"))
vpc = None
for i in range(int(sys.argv[2])):
    vpc = WorkshopInstance(stack, f"Instance{i}", vpc=vpc).vpc
app.synth()

from aws_cdk import App, Environment, Stack, Stage
from cdk_workshop_instance import WorkshopFleet
from constructs import Construct

# Account → its seats. Another seat in one of them leaves all instances alone.
ROOMS = {
    "111111111111": ["red", "green", "blue"],
    "222222222222": ["cyan", "magenta", "yellow", "black"],
}


class Room(Stage):
    """One account of the workshop; each of its stacks takes some hundred seats."""

    def __init__(self, scope: Construct, id: str, *, env: Environment, seat_names: list[str]) -> None:
        super().__init__(scope, id, env=env)
        WorkshopFleet(Stack(self, "Workshop"), "Fleet", seat_names=seat_names)


app = App()

# npx aws-cdk@2 deploy 'Room-111111111111/*' --profile PROFILE_OF_THAT_ACCOUNT
for account, seat_names in ROOMS.items():
    Room(app, f"Room-{account}", env=Environment(account=account, region="eu-west-3"), seat_names=seat_names)

app.synth()

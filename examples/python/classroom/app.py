from aws_cdk import App, Duration, Environment, Stack, TimeZone, aws_ec2 as ec2
from aws_cdk.aws_scheduler import ScheduleExpression
from cdk_workshop_instance import AutoStop, WorkshopAccess, WorkshopBudget, WorkshopFleet, WorkshopInstance

app = App()
env = Environment(region="eu-west-3")
classroom = [ec2.Peer.ipv4("203.0.113.0/24")]

# Every way in; the instances share a network.
access = Stack(app, "Access", env=env)
vpc = WorkshopInstance(access, "SessionManager", access=[WorkshopAccess.session_manager()]).vpc
WorkshopInstance(access, "Endpoint", vpc=vpc, access=[WorkshopAccess.instance_connect_endpoint()])
WorkshopInstance(
    access, "Ssh",
    vpc=vpc,
    access=[WorkshopAccess.ssh(key_pair=ec2.KeyPair(access, "KeyPair"), allow_from=classroom)],
)
WorkshopInstance(
    access, "Web",
    vpc=vpc,
    access=[WorkshopAccess.session_manager(), WorkshopAccess.http(8080, allow_from=classroom)],
)

# Set up, and kept as the app says.
WorkshopInstance(
    Stack(app, "SetUp", env=env), "Instance",
    init=ec2.CloudFormationInit.from_elements(
        ec2.InitPackage.yum("git"),
        ec2.InitFile.from_string("/home/ec2-user/welcome.txt", "Welcome to the workshop.\n"),
    ),
    keep_up_to_date=True,
)

# Stopped when nobody works on them, and in the evening of every weekday.
auto_stop = Stack(app, "AutoStop", env=env)
idle = WorkshopInstance(auto_stop, "WhenIdle", auto_stop=[AutoStop.when_idle(idle_for=Duration.hours(1))])
at_six = ScheduleExpression.cron(hour="18", minute="0", week_day="MON-FRI", time_zone=TimeZone.EUROPE_PARIS)
WorkshopInstance(auto_stop, "AtSix", vpc=idle.vpc, auto_stop=[AutoStop.at(at_six)])

# A seat for everyone, and a mail when they have cost too much.
WorkshopFleet(
    Stack(app, "Fleet", env=env), "Fleet",
    seats=30,
    budget=WorkshopBudget.monthly(limit=50, email_addresses=["organiser@example.com"]),
)

app.synth()

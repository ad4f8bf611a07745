"""What people write in their first hour: each ends in a sentence of this library with the fix, or in words that docs/errors.md explains."""
import importlib
import json
import pathlib

import pytest
from aws_cdk import App, Environment, Size, Stack, aws_ec2 as ec2
from aws_cdk.aws_scheduler import ScheduleExpression
from cdk_workshop_instance import AmiChecks, AmiFamily, AmiSelector, AutoStart, AutoStop, RootDevice, WorkshopAccess, WorkshopFleet, WorkshopInstance

PAGE = (pathlib.Path(__file__).parents[3] / "docs" / "errors.md").read_text()
ID = "ami-01fde5e5b31e98551"
PEERS = [ec2.Peer.ipv4("203.0.113.7/32")]
UBUNTU = AmiFamily.UBUNTU_24_04
ARM_64 = ec2.InstanceArchitecture.ARM_64


def starts(env=Environment(region="eu-west-3"), **props):
    app = App()
    WorkshopInstance(Stack(app, "Stack", env=env), "Workshop", **props)
    app.synth()


def fleet(**props):
    app = App()
    made = WorkshopFleet(Stack(app, "Stack", env=Environment(region="eu-west-3")), "Fleet", **props)
    app.synth()
    return made


def deployed(region, **props):
    """Says what CloudFormation does where a rule of the template does not hold."""
    app = App()
    WorkshopInstance(Stack(app, "Stack"), "Workshop", **props)
    template = json.loads(pathlib.Path(app.synth().directory, "Stack.template.json").read_text())
    for rule in template["Rules"].values():
        for assertion in rule["Assertions"]:
            [regions, _] = assertion["Assert"].get("Fn::Contains", [[region], None])
            if region not in regions:
                raise RuntimeError(assertion["AssertDescription"])


# What is wrong; what our sentence says.
OURS = {
    "a family as the image": (lambda: starts(machine_image=UBUNTU), "Stack/Workshop: machine_image is AmiFamily.UBUNTU_24_04; write AmiSelector.latest(AmiFamily.UBUNTU_24_04)."),
    "an owner that is none": (lambda: AmiSelector.lookup(name="al2023-*", owners=[]), "anyone can publish a newer image under this name"),
    "a company as the owner": (lambda: AmiSelector.lookup(name="ubuntu-*", owners=["canonical"]), '"canonical" is not an owner; write a 12-digit account id'),
    "a search for everything": (lambda: AmiSelector.lookup(name="*", owners=["amazon"]), "a name made of wildcards only"),
    "a search without an account": (lambda: starts(machine_image=AmiSelector.lookup(name="al2023-*", owners=["amazon"])), "env=Environment(account="),
    "the app as the scope": (lambda: WorkshopInstance(App(), "Workshop"), "WorkshopInstance: scope is <root>; write the Stack that it belongs to."),
    "a time in place of a schedule": (lambda: AutoStop.at(ScheduleExpression.expression("18:00")), '"18:00" is no schedule of EventBridge Scheduler'),
    "a line of a crontab": (lambda: AutoStart.at(ScheduleExpression.expression("0 8 * * 1-5")), 'write one such as "cron(0 18 * * ? *)"'),
    "an id in capitals": (lambda: AmiSelector.generic_linux({"eu-west-3": ID.upper()}), '"AMI-01FDE5E5B31E98551", given for eu-west-3, is not an AMI id'),
    "a region without its second hyphen": (lambda: AmiSelector.generic_linux({"eu-west3": ID}), '"eu-west3" is not the name of a region'),
    "no hops": (lambda: starts(http_put_response_hop_limit=0), "http_put_response_hop_limit is 0; write a whole number from 1 to 64."),
    "a seat without its hyphen": (lambda: fleet(seats=2).connect_commands("seat1"), 'connect_commands has no seat "seat1"; name one of seat-1, seat-2.'),
    "an empty map": (lambda: AmiSelector.generic_linux({}), "the map is empty; give at least one region"),
    "key and value the other way round": (lambda: AmiSelector.generic_linux({ID: "eu-west-3"}), f'"{ID}" is not the name of a region'),
    "a zone in place of a region": (lambda: AmiSelector.generic_linux({"eu-west-3a": ID}), '"eu-west-3a" is not the name of a region'),
    "an id that is cut off": (lambda: AmiSelector.generic_linux({"eu-west-3": "ami-1"}), '"ami-1", given for eu-west-3, is not an AMI id'),
    "a map without the region of the stack": (lambda: starts(machine_image=AmiSelector.generic_linux({"us-east-1": ID})), "the map has no AMI id for eu-west-3"),
    "a map without the region of an agnostic stack": (
        lambda: deployed("eu-west-3", machine_image=AmiSelector.generic_linux({"us-east-1": ID})),
        "Stack/Workshop: there is no AMI id for the region of this stack, only for us-east-1; add one to the map of AmiSelector, or deploy to one of these.",
    ),
    "an ARN of a parameter": (lambda: AmiSelector.from_ssm_parameter("arn:aws:ssm:eu-west-3::parameter/x"), "a name has letters, digits and _ . - / only"),
    "an id in place of a parameter": (lambda: AmiSelector.from_ssm_parameter(ID), "this is an AMI id: use AmiSelector.generic_linux"),
    "a version in the name": (lambda: AmiSelector.from_ssm_parameter("/my/ami:3"), "parameter_version=3"),
    "a version that is no whole number": (lambda: AmiSelector.from_ssm_parameter("/my/ami", parameter_version=1.5), "parameter_version 1.5 is not a version"),
    "the syntax of CloudFormation": (lambda: AmiSelector.from_ssm_parameter("{{resolve:ssm:/my/ami}}"), "write the name alone"),
    "a file that is not there": (lambda: AmiSelector.from_lock_file("web", file="/nowhere/ami.lock.json"), "there is no file /nowhere/ami.lock.json; make it with"),
    "a folder in place of a file": (lambda: AmiSelector.from_lock_file("web", file="/tmp"), "/tmp is a folder; name a file."),
    "a root device that a family does not have": (lambda: AmiSelector.latest(UBUNTU, root_device=RootDevice.INSTANCE_STORE), "it has x86_64 ebs, arm64 ebs."),
    "an arm64 type with an x86_64 image": (
        lambda: starts(instance_type=ec2.InstanceType("t4g.micro"), machine_image=AmiSelector.from_ssm_parameter("/x", architecture=ec2.InstanceArchitecture.X86_64)),
        "t4g.micro is arm64 and cannot boot",
    ),
    "an arm64 image with an x86_64 type": (lambda: starts(machine_image=AmiSelector.latest(UBUNTU, architecture=ARM_64)), "t3.micro is x86_64 and cannot boot"),
    "a size of part of a gibibyte": (lambda: starts(root_volume_size=Size.mebibytes(20)), "write Size.gibibytes(20)."),
    "no access": (lambda: starts(access=[]), "leave it out for WorkshopAccess.session_manager()"),
    "a port that is none": (lambda: WorkshopAccess.http(80.5, allow_from=PEERS), "80.5 is not a port; write a whole number"),
    "everybody who may connect": (lambda: WorkshopAccess.http(80, allow_from=[ec2.Peer.any_ipv4()]), "allow_from_anywhere=True"),
    "nobody who may connect": (lambda: WorkshopAccess.http(80, allow_from=[]), "allow_from is empty, so that nobody can connect"),
    "a fleet without seats": (lambda: fleet(), "takes either seats, their number, or seat_names; write one of the two"),
    "seats and names": (lambda: fleet(seats=2, seat_names=["a", "b"]), "takes either seats, their number, or seat_names; write one of the two"),
    "no seats": (lambda: fleet(seats=0), "seats is 0; write a whole number from 1"),
    "half a seat": (lambda: fleet(seats=2.5), "seats is 2.5; write a whole number from 1"),
    "the same name twice": (lambda: fleet(seat_names=["red", "red"]), 'seat_names has "red" twice'),
    "a seat that there is not": (lambda: fleet(seats=2).connect_commands("seat-3"), 'connect_commands has no seat "seat-3"; name one of seat-1, seat-2.'),
    "options of nothing": (lambda: starts(keep_up_to_date=True), "keep_up_to_date is about init, and there is none"),
}

# What is wrong; what somebody else says before us; how the page has it.
OTHERS = {
    "a text as the image": (lambda: starts(machine_image=ID), "Key 'machineImage': Unable to deserialize value", "Key 'machineImage': Unable to deserialize value"),
    "a map as the image": (lambda: starts(machine_image={"eu-west-3": ID}), "Key 'machineImage': Unable to deserialize value", "Key 'machineImage': Unable to deserialize value"),
    "the class of the selectors": (lambda: starts(machine_image=AmiSelector), "Don't know how to convert object to JSON", "Don't know how to convert object to JSON"),
    "a method that is not called": (lambda: starts(machine_image=AmiSelector.latest), "Cannot pass function as argument here", "Cannot pass function as argument here"),
    "a selector that is constructed": (lambda: AmiSelector(ID), "AmiSelector() takes no arguments", "AmiSelector() takes no arguments"),
    "a family that is constructed": (lambda: AmiFamily("x"), "AmiFamily() takes no arguments", "AmiFamily() takes no arguments"),
    "an empty selector": (lambda: starts(machine_image=AmiSelector()), "has no attribute '__jsii_ref__'", "has no attribute '__jsii_ref__'"),
    "the class of the families": (lambda: AmiSelector.latest(AmiFamily), "got cdk_workshop_instance.AmiFamily instead", "got cdk_workshop_instance.AmiFamily instead"),
    "the name of a family": (lambda: AmiSelector.latest("UBUNTU_24_04"), "type of argument family must be", "type of argument family must be"),
    "a family that there is not": (lambda: AmiFamily.UBUNTU_2404, "has no attribute 'UBUNTU_2404'", "has no attribute 'UBUNTU_2404'"),
    "no family": (lambda: AmiSelector.latest(None), "type of argument family must be", "type of argument family must be"),
    "options in a dictionary": (lambda: AmiSelector.latest(UBUNTU, {}), "takes 2 positional arguments but 3 were given", "takes 2 positional arguments but 3 were given"),
    "options as in TypeScript": (lambda: AmiSelector.latest(UBUNTU, rootDevice=RootDevice.EBS), "got an unexpected keyword argument", "got an unexpected keyword argument"),
    "a member of an enum as text": (lambda: AmiSelector.latest(UBUNTU, updates="ON_LAUNCH"), "type of argument updates must be one of", "type of argument updates must be one of"),
    "an architecture as text": (lambda: AmiSelector.latest(UBUNTU, architecture="amd64"), "type of argument architecture must be one of", "type of argument …"),
    "an owner as text": (lambda: AmiSelector.lookup(name="al2023-*", owners="amazon"), "Key 'owners': Unable to deserialize value", "Key 'owners': Unable to deserialize value"),
    "no owners": (lambda: AmiSelector.lookup(name="al2023-*"), "missing 1 required keyword-only argument: 'owners'", "missing 1 required keyword-only argument: 'owners'"),
    "owners that are not set": (lambda: AmiSelector.lookup(name="al2023-*", owners=None), "owners must be a sequence; got NoneType", "type of argument owners must be a sequence; got NoneType"),
    "an owner as a number": (lambda: AmiSelector.lookup(name="al2023-*", owners=[99720109477]), "owners[0] must be str; got int", "type of argument owners[0] must be str; got int"),
    "a name in place of a search": (lambda: AmiSelector.lookup("al2023-*"), "takes 1 positional argument but 2 were given", "takes 1 positional argument but 2 were given"),
    "a filter without a list": (lambda: AmiSelector.lookup(name="al2023-*", owners=["amazon"], filters={"tag:Stage": "prod"}), "Key 'filters': Unable", "Key 'filters': Unable"),
    "an id in place of a map": (lambda: AmiSelector.generic_linux(ID), "type of argument ami_map must be", "type of argument ami_map must be"),
    "a list in place of a map": (lambda: AmiSelector.generic_linux([ID]), "type of argument ami_map must be", "type of argument ami_map must be"),
    "a region without an id": (lambda: AmiSelector.generic_linux({"eu-west-3": None}), "Passed to parameter amiMap of static method", "Passed to parameter amiMap of static method"),
    "an instance type as text": (lambda: starts(instance_type="t3.micro"), "type of argument instance_type must be one of", "type of argument instance_type must be one of"),
    "a size without a unit": (lambda: starts(root_volume_size=20), "type of argument root_volume_size must be one of", "type of argument root_volume_size must be one of"),
    "one access in place of a list": (lambda: starts(access=WorkshopAccess.session_manager()), "type of argument access must be one of", "type of argument access must be one of"),
    "an access as text": (lambda: starts(access=["ssh"]), "type of argument access must be one of", "type of argument access must be one of"),
    "an address as text": (lambda: WorkshopAccess.http(80, allow_from=["203.0.113.7/32"]), "Key 'allowFrom'", "Key 'allowFrom'"),
    "one peer in place of a list": (lambda: WorkshopAccess.http(80, allow_from=PEERS[0]), "type of argument allow_from must be a sequence", "type of argument allow_from must be a sequence"),
    "no peers": (lambda: WorkshopAccess.http(80), "missing 1 required keyword-only argument: 'allow_from'", "'allow_from'"),
    "a key by its name": (lambda: WorkshopAccess.ssh(key_pair="my-key", allow_from=PEERS), "Key 'keyPair'", "Key 'keyPair'"),
    "a port as text": (lambda: WorkshopAccess.http("80", allow_from=PEERS), "type of argument port must be one of", "type of argument port must be one of"),
    "one way to stop in place of a list": (lambda: starts(auto_stop=AutoStop.when_idle()), "type of argument auto_stop must be one of", "type of argument auto_stop must be one of"),
    "a time without a unit": (lambda: AutoStop.when_idle(idle_for=30), "type of argument idle_for must be one of", "type of argument idle_for must be one of"),
    "a schedule as text": (lambda: AutoStop.at("cron(0 18 * * ? *)"), "type of argument schedule must be", "type of argument schedule must be"),
    "user data as text": (lambda: starts(user_data="#!/bin/bash"), "type of argument user_data must be one of", "type of argument user_data must be one of"),
    "init as a list": (lambda: starts(init=[ec2.InitPackage.apt("nginx")]), "type of argument init must be one of", "type of argument init must be one of"),
    "a VPC by its id": (lambda: starts(vpc="vpc-123"), "Key 'vpc': Unable to deserialize value", "Key 'vpc': Unable to deserialize value"),
    "a role by its name": (lambda: starts(role="admin"), "Key 'role': Unable to deserialize value", "Key 'role'"),
    "a zone in place of zones": (lambda: starts(availability_zones="eu-west-3a"), "Key 'availabilityZones'", "Key 'availabilityZones'"),
    "a number of seats as text": (lambda: fleet(seats="3"), "type of argument seats must be one of", "type of argument seats must be one of"),
    "names as one text": (lambda: fleet(seat_names="red,green"), "Key 'seatNames'", "Key 'seatNames'"),
    "names as numbers": (lambda: fleet(seat_names=[1, 2]), "type of argument seat_names must be one of", "type of argument seat_names must be one of"),
    "a seat by its number": (lambda: fleet(seats=2).seats[0], "'WorkshopFleet' object has no attribute 'seats'", "'WorkshopFleet' object has no attribute 'seats'"),
    "an instance by its number": (lambda: fleet(seats=2).instances[0], "0", "KeyError: 0"),
    "properties as in TypeScript": (lambda: starts(machineImage=None), "got an unexpected keyword argument 'machineImage'", "got an unexpected keyword argument 'machineImage'"),
    "no id": (lambda: WorkshopInstance(Stack(App(), "Stack")), "missing 1 required positional argument: 'id'", "missing 1 required positional argument: 'id'"),
    "no scope": (lambda: WorkshopInstance(id="Workshop"), "missing 1 required positional argument: 'scope'", "missing 1 required positional argument: 'scope'"),
    "a name as the scope": (lambda: WorkshopInstance("Stack", "Workshop"), "type of argument scope must be constructs.Construct; got str instead", "type of argument scope must be constructs.Construct; got str instead"),
    "properties in an object": (lambda: WorkshopInstance(Stack(App(), "Stack"), "Workshop", {}), "takes 3 positional arguments but 4 were given", "takes 3 positional arguments but 4 were given"),
    "another package": (lambda: importlib.import_module("cdk_workshop"), "No module named 'cdk_workshop'", "No module named 'cdk_workshop'"),
    "a module for each class": (lambda: importlib.import_module("cdk_workshop_instance.workshop_instance"), "No module named 'cdk_workshop_instance.workshop_instance'", "No module named 'cdk_workshop_instance.workshop_instance'"),
    "a class in other capitals": (lambda: exec("from cdk_workshop_instance import WorkShopInstance"), "cannot import name 'WorkShopInstance' from 'cdk_workshop_instance'", "cannot import name 'WorkShopInstance' from 'cdk_workshop_instance'"),
    "a method as in TypeScript": (lambda: AmiSelector.genericLinux({}), "type object 'AmiSelector' has no attribute 'genericLinux'", "type object 'AmiSelector' has no attribute 'genericLinux'"),
    "a zone of time as text": (lambda: AutoStop.daily("18:00", "Europe/Paris"), "type of argument time_zone must be aws_cdk.TimeZone; got str instead", "type of argument time_zone must be aws_cdk.TimeZone; got str instead"),
    "a time without a zone": (lambda: AutoStop.daily("18:00"), "missing 1 required positional argument: 'time_zone'", "missing 1 required positional argument: 'time_zone'"),
    "a stack to check": (lambda: AmiChecks.add(Stack()), "type of argument stage must be aws_cdk.Stage; got aws_cdk.Stack instead", "type of argument stage must be aws_cdk.Stage; got aws_cdk.Stack instead"),
    "one lock file in place of a list": (lambda: AmiChecks.add(App(), lock_files="ami.lock.json"), "Key 'lockFiles': Unable", "Key 'lockFiles': Unable"),
    "a seat that is no key": (lambda: fleet(seats=2).instances["seat1"], "seat1", "KeyError: 'seat1'"),
    "a property that is called": (lambda: WorkshopInstance(Stack(), "Workshop").connect_command(), "'str' object is not callable", "'str' object is not callable"),
    "an address without a mask": (lambda: ec2.Peer.ipv4("203.0.113.7"), "CIDR mask is missing in IPv4", "CIDR mask is missing in IPv4"),
}


@pytest.mark.parametrize("mistake, sentence", OURS.values(), ids=OURS)
def test_a_sentence_of_ours_says_what_to_write(mistake, sentence):
    with pytest.raises(RuntimeError) as error:
        mistake()
    assert sentence in str(error.value)


@pytest.mark.parametrize("mistake, words, page", OTHERS.values(), ids=OTHERS)
def test_what_others_say_first_is_explained(mistake, words, page):
    with pytest.raises(Exception) as error:
        mistake()
    assert words in str(error.value)
    assert page in PAGE

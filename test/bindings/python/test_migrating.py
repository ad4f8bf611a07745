"""What the page says of the templates before and after holds in Python too."""
import json
import pathlib
import re

import pytest
from aws_cdk import App, Environment, Stack, aws_ec2 as ec2
from aws_cdk.assertions import Template
from cdk_workshop_instance import AmiFamily, AmiSelector, AmiUpdates

PAGE = (pathlib.Path(__file__).parents[3] / "docs" / "migrating-from-machine-image.md").read_text()
SECTIONS = re.findall(r"^## (\w+).*?The template is (unchanged|changed)\..*?```python\n# Before\n(.*?)\n# After\n(.*?)\n```", PAGE, re.MULTILINE | re.DOTALL)


def template_with(machine_image):
    stack = Stack(App(), "Stack", env=Environment(account="123456789012", region="eu-west-3"))
    vpc = ec2.Vpc(stack, "Vpc", nat_gateways=0)
    public = ec2.SubnetSelection(subnet_type=ec2.SubnetType.PUBLIC)
    ec2.Instance(stack, "Instance", vpc=vpc, vpc_subnets=public, instance_type=ec2.InstanceType("t3.micro"), machine_image=machine_image)
    return json.dumps(Template.from_stack(stack).to_json(), sort_keys=True)


def test_the_page_has_all_methods():
    assert len(SECTIONS) == PAGE.count("\n## ") > 9


@pytest.mark.parametrize("verdict, before, after", [section[1:] for section in SECTIONS], ids=[section[0] for section in SECTIONS])
def test_the_template_is_as_the_page_says(verdict, before, after):
    same = template_with(eval(before)) == template_with(eval(after))
    assert ("unchanged" if same else "changed") == verdict

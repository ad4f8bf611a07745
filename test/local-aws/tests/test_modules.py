from __future__ import annotations

import json
import subprocess
import sys

import boto3
import pytest
from conftest import environment
from workshop import workshop

BACKWARDS = """
import importlib, pathlib, sys
from local_aws import environment, __main__
environment.prepare()
folder = pathlib.Path(__main__.__file__).parent
for path in sorted(folder.glob("*/*.py"), reverse=True):
    importlib.import_module(f"local_aws.{path.parent.name}.{path.stem}")
sys.exit(__main__.main())
"""


@pytest.mark.parametrize("order", [["-m", "local_aws"], ["-c", BACKWARDS]])
def test_the_modules_close_their_gaps_in_any_order(order):
    server = subprocess.Popen(
        [sys.executable, *order], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environment()
    )
    try:
        cloudformation = boto3.client(
            "cloudformation",
            region_name="eu-west-3",
            endpoint_url=json.loads(server.stdout.readline())["url"],
            aws_access_key_id="testing",
            aws_secret_access_key="testing",
        )
        cloudformation.create_stack(
            StackName="Workshop",
            TemplateBody=json.dumps(workshop(Monitoring=True)),
            Capabilities=["CAPABILITY_IAM"],
        )
        template = json.dumps(workshop(Monitoring=False))
        cloudformation.update_stack(
            StackName="Workshop", TemplateBody=template, Capabilities=["CAPABILITY_IAM"]
        )
        (stack,) = cloudformation.describe_stacks(StackName="Workshop")["Stacks"]
        assert stack["StackStatus"] == "UPDATE_COMPLETE"
    finally:
        server.stdin.close()
        server.wait(timeout=20)
        server.stdout.close()

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Callable

import boto3
import pytest
from botocore.config import Config

ROOT = Path(__file__).resolve().parent.parent
REGION = "eu-west-3"


class LocalAws:
    """A running server, and the files it serves."""

    def __init__(self, url: str, images: Path, parameters: Path):
        self.url = url
        self.images = images
        self.parameters = parameters
        self._clients: dict[tuple[str, str], Any] = {}

    def client(self, service: str, region: str = REGION) -> Any:
        """A client that reports an error at once, so that a test does not wait for retries."""
        if (service, region) not in self._clients:
            self._clients[service, region] = boto3.client(
                service,
                region_name=region,
                endpoint_url=self.url,
                aws_access_key_id="testing",
                aws_secret_access_key="testing",
                config=Config(retries={"total_max_attempts": 1}, s3={"addressing_style": "path"}),
            )
        return self._clients[service, region]

    def reset(self) -> None:
        """Empty the account, and serve the files of the repository again."""
        shutil.rmtree(self.images)
        shutil.copytree(ROOT / "data" / "images", self.images)
        shutil.copyfile(ROOT / "data" / "parameters.json", self.parameters)
        urllib.request.urlopen(urllib.request.Request(f"{self.url}/moto-api/reset", method="POST")).read()

    def publish_image(self, **entry: Any) -> None:
        (self.images / f"{entry['ami_id']}.json").write_text(json.dumps([entry]))

    def set_parameter(self, name: str, value: Any) -> None:
        parameters = json.loads(self.parameters.read_text())
        self.parameters.write_text(json.dumps({**parameters, name: value}))

    def status(self, stack: str = "Workshop", region: str = REGION) -> str:
        stacks = self.client("cloudformation", region).describe_stacks(StackName=stack)["Stacks"]
        return stacks[0]["StackStatus"]

    def outputs(self, stack: str = "Workshop", region: str = REGION) -> dict[str, str]:
        stacks = self.client("cloudformation", region).describe_stacks(StackName=stack)["Stacks"]
        return {output["OutputKey"]: output["OutputValue"] for output in stacks[0]["Outputs"]}

    def events(self, stack: str = "Workshop") -> list[dict[str, Any]]:
        """The events of a stack, the oldest first."""
        events = self.client("cloudformation").describe_stack_events(StackName=stack)["StackEvents"]
        return sorted(events, key=lambda event: event["Timestamp"])

    def failure(self, stack: str = "Workshop") -> str:
        """Why the first resource of a stack failed that did."""
        return next(
            event["ResourceStatusReason"]
            for event in self.events(stack)
            if event["ResourceStatus"].endswith("_FAILED")
        )

    def create(
        self, template: dict[str, Any], stack: str = "Workshop", region: str = REGION, **keywords: Any
    ) -> None:
        self.client("cloudformation", region).create_stack(
            StackName=stack, TemplateBody=json.dumps(template), Capabilities=["CAPABILITY_IAM"], **keywords
        )

    def update(self, template: dict[str, Any], stack: str = "Workshop", **keywords: Any) -> None:
        self.client("cloudformation").update_stack(
            StackName=stack, TemplateBody=json.dumps(template), Capabilities=["CAPABILITY_IAM"], **keywords
        )

    def running(self, region: str = REGION) -> list[dict[str, Any]]:
        reservations = self.client("ec2", region).describe_instances(
            Filters=[{"Name": "instance-state-name", "Values": ["running"]}]
        )["Reservations"]
        return [instance for reservation in reservations for instance in reservation["Instances"]]


def environment() -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(ROOT)}


@pytest.fixture
def start() -> Iterator[Callable[..., subprocess.Popen]]:
    """Start the command line with these arguments; what still runs at the end of the test is stopped."""
    processes: list[subprocess.Popen] = []

    def start_process(*arguments: str, **keywords: Any) -> subprocess.Popen:
        process = subprocess.Popen(
            [sys.executable, "-m", "local_aws", *arguments],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env={**environment(), **keywords},
        )
        processes.append(process)
        return process

    yield start_process
    for process in processes:
        process.kill()
        process.wait()
        for stream in (process.stdin, process.stdout, process.stderr):
            stream.close()


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LocalAws]:
    folder = tmp_path_factory.mktemp("data")
    images = shutil.copytree(ROOT / "data" / "images", folder / "images")
    parameters = shutil.copy(ROOT / "data" / "parameters.json", folder)
    process = subprocess.Popen(
        [sys.executable, "-m", "local_aws", "--images", str(images), "--parameters", str(parameters)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env=environment(),
    )
    yield LocalAws(json.loads(process.stdout.readline())["url"], Path(images), Path(parameters))
    process.stdin.close()
    process.wait(timeout=20)


@pytest.fixture
def aws(server: LocalAws) -> LocalAws:
    """The running server, with nothing in its account."""
    server.reset()
    return server

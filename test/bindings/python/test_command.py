"""The commands as pip installs them."""
import json
import os
import pathlib
import subprocess
import sys

COMMAND = pathlib.Path(sys.executable).parent / "cdk-ami"


def cdk_ami(folder, *arguments, **variables):
    return subprocess.run([COMMAND, *arguments], cwd=folder, env={**os.environ, **variables}, capture_output=True, text=True)


def test_it_prints_to_standard_output(tmp_path):
    result = cdk_ami(tmp_path, "families", "--json")
    assert (result.returncode, result.stderr) == (0, "")
    assert "UBUNTU_24_04" in [family["id"] for family in json.loads(result.stdout)]


def test_its_exit_code_and_its_message_arrive(tmp_path):
    result = cdk_ami(tmp_path, "pin", "web")
    assert (result.returncode, result.stdout) == (2, "")
    assert result.stderr.startswith("error: web is not in ami.lock.json yet; ")
    assert '"cdk-ami pin web --family ' in result.stderr


def test_it_runs_in_the_folder_of_the_user(tmp_path):
    (tmp_path / "my images.json").write_text('{"version": 2}')
    result = cdk_ami(tmp_path, "update", "--file", "my images.json")
    assert (result.returncode, result.stdout) == (2, "")
    assert "my images.json: the file is of version 2" in result.stderr


def test_the_other_command_is_there_too(tmp_path):
    result = subprocess.run([COMMAND.with_name("cdk-workshop"), "--help"], cwd=tmp_path, capture_output=True, text=True)
    assert result.returncode == 0
    assert result.stdout.startswith("Usage: cdk-workshop")


def test_it_does_not_load_the_library(tmp_path):
    result = cdk_ami(tmp_path, "--version", PYTHONPROFILEIMPORTTIME="1")
    assert "subprocess" in result.stderr
    assert "aws_cdk" not in result.stderr
    assert "jsii" not in result.stderr


def test_it_says_what_is_missing_where_there_is_no_node(tmp_path):
    result = cdk_ami(tmp_path, "--version", JSII_NODE="no-node")
    assert (result.returncode, result.stdout) == (2, "")
    assert result.stderr == "error: cdk-ami runs on Node.js 20 or later, and there is no node on the PATH; install it.\n"

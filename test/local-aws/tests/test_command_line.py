from __future__ import annotations

import json
import signal
import socket
import urllib.request

import boto3
import pytest

WAIT = 20


def announced(process) -> dict:
    return json.loads(process.stdout.readline())


def test_it_announces_itself_in_one_line(start):
    process = start()
    announcement = announced(process)
    assert announcement["pid"] == process.pid
    assert urllib.request.urlopen(f"{announcement['url']}/moto-api/").status == 200
    output, errors = process.communicate(timeout=WAIT)
    assert (output, errors, process.returncode) == ("", "", 0)


def test_it_ends_with_its_standard_input(start):
    process = start()
    announced(process)
    process.stdin.close()
    assert process.wait(timeout=WAIT) == 0


def test_it_stays_when_told_to(start):
    process = start("--stay")
    url = announced(process)["url"]
    process.stdin.close()
    with pytest.raises(Exception, match="timed out"):
        process.wait(timeout=1)
    assert urllib.request.urlopen(f"{url}/moto-api/").status == 200


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_it_ends_at_a_signal(start, number):
    process = start("--stay")
    announced(process)
    process.send_signal(number)
    assert process.wait(timeout=WAIT) == 0


def test_it_listens_on_this_machine_only_and_on_the_port_it_is_told(start):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    assert announced(start("--port", str(port)))["url"] == f"http://127.0.0.1:{port}"
    with socket.socket() as elsewhere:
        assert elsewhere.connect_ex(("127.0.0.2", port)) != 0


def test_settings_for_clients_do_not_reach_it(start):
    process = start(AWS_ENDPOINT_URL="http://127.0.0.1:1", AWS_PROFILE="lost", MOTO_ACCOUNT_ID="999999999999")
    client = boto3.client(
        "sts",
        endpoint_url=announced(process)["url"],
        region_name="eu-west-3",
        aws_access_key_id="testing",
        aws_secret_access_key="testing",
    )
    assert client.get_caller_identity()["Account"] == "123456789012"


def test_a_port_that_is_taken_is_told(start):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        process = start("--port", str(taken.getsockname()[1]))
        _, errors = process.communicate(timeout=WAIT)
    assert process.returncode == 2
    assert "cannot be listened on" in errors


@pytest.mark.parametrize("option", ["--images", "--parameters"])
def test_a_file_that_is_not_there_is_told_in_one_sentence(start, tmp_path, option):
    process = start(option, str(tmp_path / "lost.json"))
    output, errors = process.communicate(timeout=WAIT)
    assert (process.returncode, output) == (2, "")
    assert (
        errors == f"local_aws: The file {tmp_path / 'lost.json'} cannot be read: No such file or directory.\n"
    )

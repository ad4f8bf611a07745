from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from local_aws.ec2.image_file import open_image_file  # noqa: E402
from local_aws.ssm.parameter_file import open_parameter_file, versions_in  # noqa: E402
from local_aws.watched_file import FileError  # noqa: E402

IMAGE = {
    "ami_id": "ami-0aaaaaaaaaaaaaaaa",
    "name": "image",
    "owner_id": "137112412989",
    "creation_date": "2026-01-01T00:00:00.000Z",
    "architecture": "x86_64",
}
NAME = "/aws/service/image"


def written(folder: Path, data, name: str = "file.json") -> Path:
    path = folder / name
    path.write_text(data if isinstance(data, str) else json.dumps(data))
    return path


def test_an_entry_may_be_silent_about_what_is_usual(tmp_path):
    (entry,) = open_image_file(written(tmp_path, [IMAGE])).content
    assert entry["owner_alias"] == "amazon"
    assert entry["root_device_type"] == "ebs"
    assert entry["regions"] is None


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ("[", "is not valid JSON"),
        ({}, "It must hold a list of images."),
        ([{**IMAGE, "colour": "red"}], "The image ami-0aaaaaaaaaaaaaaaa has an unknown key 'colour'."),
        ([{**IMAGE, "public": "yes"}], "has a 'public' of the wrong type: 'yes'."),
        ([{**IMAGE, "creation_date": "today"}], "has a 'creation_date' that is not like"),
        ([{"ami_id": "ami-1"}], "The image ami-1 has no 'name'."),
        ([IMAGE, IMAGE], "The image ami-0aaaaaaaaaaaaaaaa is listed twice."),
    ],
)
def test_a_broken_list_of_images_is_told(tmp_path, data, sentence):
    with pytest.raises(FileError) as error:
        open_image_file(written(tmp_path, data))
    assert sentence in str(error.value)


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ([], "It must hold an object"),
        ({"/workshop": "ami-1"}, "does not start with /aws/service/"),
        ({NAME: 1}, "has a value that is not a text: 1"),
        ({NAME: {"paris": "ami-1"}}, "has a value for 'paris', which is not a region"),
        ({NAME: {"versions": {"latest": "ami-1"}}}, "has a version 'latest', which is not a positive number"),
        ({NAME: {"versions": {}}}, "has no versions"),
        ({NAME: {"versions": {"1": "ami-1"}, "latest": 1}}, "has an unknown key 'latest'"),
    ],
)
def test_a_broken_list_of_parameters_is_told(tmp_path, data, sentence):
    with pytest.raises(FileError) as error:
        open_parameter_file(written(tmp_path, data))
    assert sentence in str(error.value)


def test_the_highest_version_is_the_latest():
    assert versions_in({"versions": {"216": "b", "83": "a"}}, "eu-west-3") == [(83, "a"), (216, "b")]


def test_a_file_that_breaks_later_keeps_its_last_good_content(tmp_path, capsys):
    file = open_image_file(written(tmp_path, [IMAGE]))
    written(tmp_path, "[")
    file.refresh()
    assert (len(file.content), file.revision) == (1, 1)
    assert "What it held before is still served." in capsys.readouterr().err
    written(tmp_path, [])
    file.refresh()
    assert (file.content, file.revision) == ([], 2)


def test_the_files_of_a_folder_are_read_as_one_list(tmp_path):
    written(tmp_path, [IMAGE], "debian.json")
    file = open_image_file(tmp_path)
    written(tmp_path, [{**IMAGE, "ami_id": "ami-0bbbbbbbbbbbbbbbb"}], "amazon-linux.json")
    file.refresh()
    assert [entry["ami_id"] for entry in file.content] == ["ami-0bbbbbbbbbbbbbbbb", "ami-0aaaaaaaaaaaaaaaa"]
    assert file.revision == 2


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ("[", "broken.json is not valid JSON"),
        ({}, "broken.json cannot be used: It must hold a list."),
        ([IMAGE], "The image ami-0aaaaaaaaaaaaaaaa is listed twice."),
    ],
)
def test_a_broken_file_of_a_folder_is_told(tmp_path, data, sentence):
    written(tmp_path, [IMAGE], "debian.json")
    written(tmp_path, data, "broken.json")
    with pytest.raises(FileError) as error:
        open_image_file(tmp_path)
    assert sentence in str(error.value)


def test_a_folder_without_files_is_told(tmp_path):
    with pytest.raises(FileError, match="has no JSON files"):
        open_image_file(tmp_path)

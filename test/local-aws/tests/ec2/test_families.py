from __future__ import annotations

import json
import re
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from local_aws.ec2.image_file import open_image_file  # noqa: E402
from local_aws.ssm.parameter_file import open_parameter_file, versions_in  # noqa: E402

REGION = "eu-west-3"
ATTACKER = "666666666666"
ACCOUNTS = {
    "ALMALINUX": "764336703387",
    "ALPINE": "538276064493",
    "AMAZON_LINUX": "137112412989",
    "BOTTLEROCKET": "296779064547",
    "CENTOS": "125523088429",
    "DEBIAN": "136693071363",
    "DEEP_LEARNING": "898082745236",
    "ECS": "591542846629",
    "EKS": "602401143452",
    "FEDORA": "125523088429",
    "FLATCAR": "075585003325",
    "FREEBSD": "782442783595",
    "MACOS": "628277914472",
    "NIXOS": "427812963091",
    "RHEL": "309956199498",
    "ROCKY": "792107900819",
    "SLES": "013907871322",
    "UBUNTU": "099720109477",
    "WINDOWS": "801119661308",
}

# What differs between two builds of the same image: a date, a version with a commit, or a patch release.
BUILD = re.compile(
    r"(\d+\.)?2\d{7}(-\d{6}|-\d{4})?|\d{4}\.\d{2}\.\d{2}$|\d+\.\d+\.\d+-[0-9a-f]{8}"
    r"|(?<=^nixos/26\.05\.)\d+\.[0-9a-f]{12}|(?<=^alpine-3\.\d\d\.)\d+|(?<=^Flatcar-stable-)\d+\.\d+\.\d+"
)

IMAGES = open_image_file(ROOT / "data" / "images").content
BY_ID = {image["ami_id"]: image for image in IMAGES}
PARAMETERS = open_parameter_file(ROOT / "data" / "parameters.json").content
EXPECTED = [
    (family, architecture, root_device, image_id)
    for family, architectures in json.loads((ROOT / "data" / "expected-images.json").read_text()).items()
    for architecture, root_devices in architectures.items()
    for root_device, image_id in root_devices.items()
]
EXPECTED_IDS = {image_id for *_, image_id in EXPECTED}
each_expected_image = pytest.mark.parametrize(
    ("family", "architecture", "root_device", "image_id"),
    EXPECTED,
    ids=[" ".join(case[:3]) for case in EXPECTED],
)


def same(image: dict[str, Any], *keys: str) -> list[dict[str, Any]]:
    """The images that agree with an image in these keys."""
    return [other for other in IMAGES if all(other[key] == image[key] for key in keys)]


def builds_of(image: dict[str, Any]) -> list[dict[str, Any]]:
    """The image and all those that differ from it in their build only, whoever published them."""
    return [
        other
        for other in same(image, "architecture", "root_device_type")
        if BUILD.sub("*", other["name"]) == BUILD.sub("*", image["name"])
    ]


def starting_like(image: dict[str, Any]) -> list[dict[str, Any]]:
    """The images whose name starts the same way, up to what differs between two builds."""
    start = BUILD.split(image["name"])[0]
    return [other for other in IMAGES if other["name"].startswith(start)]


def newest(images: list[dict[str, Any]]) -> dict[str, Any]:
    return max(images, key=lambda image: image["creation_date"])


@each_expected_image
def test_the_expected_image_is_there(family, architecture, root_device, image_id):
    image = BY_ID[image_id]
    assert (image["architecture"].removesuffix("_mac"), image["root_device_type"]) == (architecture, root_device)
    assert image["regions"] is None or REGION in image["regions"]


@each_expected_image
def test_the_expected_image_is_of_its_publisher(family, architecture, root_device, image_id):
    (account,) = [account for publisher, account in ACCOUNTS.items() if family.startswith(publisher)]
    assert BY_ID[image_id]["owner_id"] == account


@each_expected_image
def test_the_newest_image_of_such_a_name_is_the_attackers(family, architecture, root_device, image_id):
    image = BY_ID[image_id]
    for images in (starting_like(image), builds_of(image)):
        assert newest(images)["owner_id"] == ATTACKER
        assert newest(images)["creation_date"] > image["creation_date"]


@each_expected_image
def test_the_expected_image_is_the_newest_build_of_its_publisher(family, architecture, root_device, image_id):
    image = BY_ID[image_id]
    builds = [
        build
        for build in builds_of(image)
        if build["owner_id"] == image["owner_id"] and build["deprecation_time"] == image["deprecation_time"]
    ]
    assert newest(builds) == image


@each_expected_image
def test_the_publisher_has_an_older_image(family, architecture, root_device, image_id):
    image = BY_ID[image_id]
    others = same(image, "owner_id", "architecture", "root_device_type")
    assert any(other["creation_date"] < image["creation_date"] for other in others)


def test_the_attacker_imitates_expected_images_only():
    imitations = {build["ami_id"] for image_id in EXPECTED_IDS for build in builds_of(BY_ID[image_id])}
    attackers = {image["ami_id"] for image in IMAGES if image["owner_id"] == ATTACKER}
    assert attackers - imitations == set()


@pytest.mark.parametrize("name", PARAMETERS)
def test_a_parameter_names_an_image_of_a_publisher_in_its_region(name):
    value = PARAMETERS[name]
    regions = [REGION] if isinstance(value, str) or "versions" in value else value
    for region in regions:
        for _, image_id in versions_in(value, region):
            image = BY_ID[image_id]
            assert image["owner_id"] in ACCOUNTS.values()
            assert image["regions"] is None or region in image["regions"]


def test_all_expected_images_can_be_launched_by_their_ids(aws):
    found = aws.client("ec2").describe_images(ImageIds=sorted(EXPECTED_IDS))["Images"]
    assert {image["ImageId"] for image in found} == EXPECTED_IDS

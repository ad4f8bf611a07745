from __future__ import annotations

import pytest
from botocore.exceptions import ClientError
from workshop import AMAZON_LINUX_2, MISSING, NEWER_AMAZON_LINUX_2

AMAZON_LINUX_2_NAMES = "amzn2-ami-hvm-2.0.*-x86_64-gp2"
ATTACKER = "666666666666"
OWN = "ami-0ff0000000000001a"


def search(aws, name="*", region="eu-west-3", owners=(), **keywords):
    """The images of this name, the newest first."""
    images = aws.client("ec2", region).describe_images(
        Filters=[{"Name": "name", "Values": [name]}], Owners=list(owners), **keywords
    )["Images"]
    return sorted(images, key=lambda image: image["CreationDate"], reverse=True)


def test_the_newest_image_of_amazon_is_found_by_alias_and_by_account(aws):
    assert search(aws, AMAZON_LINUX_2_NAMES, owners=["amazon"])[0]["ImageId"] == NEWER_AMAZON_LINUX_2
    assert search(aws, AMAZON_LINUX_2_NAMES, owners=["137112412989"])[0]["ImageId"] == NEWER_AMAZON_LINUX_2


@pytest.mark.parametrize(
    "name",
    [
        AMAZON_LINUX_2_NAMES,
        "al2023-ami-2023.*-kernel-6.1-x86_64",
        "ubuntu/images/hvm-ssd/ubuntu-jammy-22.04-amd64-server-*",
        "ubuntu/images/hvm-ssd-gp3/ubuntu-noble-24.04-amd64-server-*",
    ],
)
def test_the_attackers_newer_image_wins_a_search_without_owners(aws, name):
    assert search(aws, name)[0]["OwnerId"] == ATTACKER


def test_only_amazons_own_accounts_have_its_alias(aws):
    owners = {image["OwnerId"] for image in search(aws, owners=["amazon"])}
    assert owners == {"137112412989", "296779064547", "591542846629", "602401143452", "628277914472", "801119661308", "898082745236"}
    assert all("ImageOwnerAlias" not in image for image in search(aws, owners=[ATTACKER]))


def test_an_image_keeps_the_date_of_its_creation(aws):
    (image,) = aws.client("ec2").describe_images(ImageIds=[AMAZON_LINUX_2])["Images"]
    assert image["CreationDate"].startswith("2023-03-23T19:58:37")
    assert image["Name"] == "amzn2-ami-hvm-2.0.20230320.0-x86_64-gp2"


def test_a_deprecated_image_is_hidden_unless_asked_for(aws):
    shown = search(aws, AMAZON_LINUX_2_NAMES, owners=["amazon"])
    everything = search(aws, AMAZON_LINUX_2_NAMES, owners=["amazon"], IncludeDeprecated=True)
    (hidden,) = [image for image in everything if image not in shown]
    assert hidden["CreationDate"] > shown[0]["CreationDate"]
    assert hidden["DeprecationTime"]
    assert aws.client("ec2").describe_images(ImageIds=[hidden["ImageId"]])["Images"] == [hidden]


def test_a_private_image_of_a_stranger_is_hidden(aws):
    assert "555555555555" not in {image["OwnerId"] for image in search(aws)}
    with pytest.raises(ClientError, match="InvalidAMIID.NotFound"):
        aws.client("ec2").describe_images(ImageIds=["ami-05e0000000000001a"])


def test_a_private_image_of_the_account_itself_is_found(aws):
    assert [image["Name"] for image in search(aws, owners=["self"])] == ["golden-image-2026-06"]


def test_an_image_that_is_not_there_is_an_error(aws):
    with pytest.raises(ClientError, match="InvalidAMIID.NotFound"):
        aws.client("ec2").describe_images(ImageIds=[AMAZON_LINUX_2, MISSING])


def test_an_id_that_is_none_is_an_error(aws):
    with pytest.raises(ClientError, match="InvalidAMIID.Malformed"):
        aws.client("ec2").describe_images(ImageIds=["ami-1"])


def test_images_are_described_in_pages_when_asked_for(aws):
    paginator = aws.client("ec2").get_paginator("describe_images")
    pages = list(paginator.paginate(Owners=["amazon"], PaginationConfig={"PageSize": 50}))
    assert len(pages) > 1
    assert [len(page["Images"]) for page in pages[:-1]] == [50] * (len(pages) - 1)
    everything = aws.client("ec2").describe_images(Owners=["amazon"])["Images"]
    assert [image for page in pages for image in page["Images"]] == everything


def test_launch_permissions_are_told_to_the_owner_only(aws):
    ask = aws.client("ec2").describe_image_attribute
    assert ask(ImageId=OWN, Attribute="launchPermission")["LaunchPermissions"] == []
    with pytest.raises(ClientError, match="AuthFailure.*Not authorized for image"):
        ask(ImageId=AMAZON_LINUX_2, Attribute="launchPermission")
    with pytest.raises(ClientError, match="InvalidAMIID.NotFound"):
        ask(ImageId=MISSING, Attribute="launchPermission")


@pytest.mark.parametrize(
    ("name", "value", "count"),
    [
        ("creation-date", "2023-03-*", 1),
        ("ena-support", "false", 0),
        ("block-device-mapping.volume-type", "gp9", 0),
        ("root-device-type", "ebs", 1),
        ("is-public", "true", 1),
        ("owner-alias", "amazon", 1),
    ],
)
def test_images_are_filtered(aws, name, value, count):
    filters = [
        {"Name": "name", "Values": ["amzn2-ami-hvm-2.0.20230320.0-*"]},
        {"Name": name, "Values": [value]},
    ]
    assert len(aws.client("ec2").describe_images(Filters=filters)["Images"]) == count


def test_only_images_with_an_ebs_root_have_a_root_volume(aws):
    found = {image["RootDeviceType"]: image for image in search(aws, "amzn-ami-*", IncludeDeprecated=True)}
    assert found["ebs"]["BlockDeviceMappings"][0]["DeviceName"] == "/dev/xvda"
    assert found["instance-store"]["BlockDeviceMappings"] == []


def test_an_image_published_later_is_found(aws):
    assert search(aws, AMAZON_LINUX_2_NAMES, owners=["amazon"])
    aws.publish_image(
        ami_id="ami-0aaaaaaaaaaaaaaaa",
        name="amzn2-ami-hvm-2.0.20270101.0-x86_64-gp2",
        owner_id="137112412989",
        creation_date="2027-01-01T00:00:00.000Z",
        architecture="x86_64",
        regions=["eu-west-3"],
    )
    assert search(aws, AMAZON_LINUX_2_NAMES, owners=["amazon"])[0]["ImageId"] == "ami-0aaaaaaaaaaaaaaaa"
    other_region = search(aws, AMAZON_LINUX_2_NAMES, "us-east-1", owners=["amazon"])
    assert other_region[0]["ImageId"] == NEWER_AMAZON_LINUX_2

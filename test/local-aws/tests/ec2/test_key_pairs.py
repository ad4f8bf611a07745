from __future__ import annotations

from typing import Any

from workshop import attribute, instance_only, ref, resource

PUBLIC_KEY = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIGPBkPfWNS7NDEL7q2vIBoqaFrxqnOLHfMhJqJcCGGsR workshop"


def with_key_pair(**properties: Any) -> dict[str, Any]:
    template = instance_only(KeyName=ref("Key"))
    template["Resources"]["Key"] = resource("KeyPair", KeyName="workshop-key", **properties)
    template["Outputs"] = {
        "Id": {"Value": attribute("Key", "KeyPairId")},
        "Fingerprint": {"Value": attribute("Key", "KeyFingerprint")},
    }
    return template


def key_pairs(aws) -> list[dict[str, Any]]:
    return aws.client("ec2").describe_key_pairs()["KeyPairs"]


def test_a_key_pair_leaves_its_private_key_in_the_parameter_store(aws):
    aws.create(with_key_pair(Tags=[{"Key": "Colour", "Value": "red"}]))
    (pair,) = key_pairs(aws)
    assert aws.outputs() == {"Id": pair["KeyPairId"], "Fingerprint": pair["KeyFingerprint"]}
    assert {"Key": "Colour", "Value": "red"} in pair["Tags"]
    parameter = aws.client("ssm").get_parameter(
        Name=f"/ec2/keypair/{pair['KeyPairId']}", WithDecryption=True
    )["Parameter"]
    assert "PRIVATE KEY" in parameter["Value"]
    assert aws.running()[0]["KeyName"] == "workshop-key"


def test_a_public_key_can_be_imported(aws):
    aws.create(with_key_pair(PublicKeyMaterial=PUBLIC_KEY))
    (pair,) = key_pairs(aws)
    parameters = aws.client("ssm").describe_parameters()["Parameters"]
    assert f"/ec2/keypair/{pair['KeyPairId']}" not in [parameter["Name"] for parameter in parameters]


def test_a_key_pair_and_its_private_key_go_with_their_stack(aws):
    aws.create(with_key_pair())
    name = f"/ec2/keypair/{aws.outputs()['Id']}"
    aws.client("cloudformation").delete_stack(StackName="Workshop")
    assert key_pairs(aws) == []
    assert aws.client("ssm").get_parameters(Names=[name])["InvalidParameters"] == [name]

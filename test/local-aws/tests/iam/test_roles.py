from __future__ import annotations

from workshop import ref, role, workshop

SSM_POLICY = "arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore"


def inline(action: str) -> dict:
    statement = {"Effect": "Allow", "Action": action, "Resource": "*"}
    return {
        "PolicyName": "Workshop",
        "PolicyDocument": {"Version": "2012-10-17", "Statement": [statement]},
    }


def template(action="s3:GetObject", managed=()):
    return {"Resources": {"Role": role(Policies=[inline(action)], ManagedPolicyArns=list(managed))}}


def read_back(aws):
    """The action of the inline policy, and the managed policies, of the only role."""
    iam = aws.client("iam")
    (found,) = iam.list_roles()["Roles"]
    (name,) = iam.list_role_policies(RoleName=found["RoleName"])["PolicyNames"]
    document = iam.get_role_policy(RoleName=found["RoleName"], PolicyName=name)["PolicyDocument"]
    attached = iam.list_attached_role_policies(RoleName=found["RoleName"])["AttachedPolicies"]
    return document["Statement"][0]["Action"], [policy["PolicyArn"] for policy in attached]


def test_the_policies_of_a_role_can_be_read_back(aws):
    aws.create(template(managed=[SSM_POLICY]))
    assert read_back(aws) == ("s3:GetObject", [SSM_POLICY])


def test_the_policies_of_a_role_change_in_place(aws):
    aws.create(template(managed=[SSM_POLICY]))
    aws.update(template("s3:PutObject"))
    assert aws.status() == "UPDATE_COMPLETE"
    assert read_back(aws) == ("s3:PutObject", [])


def test_a_role_with_policies_can_be_deleted(aws):
    aws.create(template(managed=[SSM_POLICY]))
    aws.client("cloudformation").delete_stack(StackName="Workshop")
    assert aws.client("iam").list_roles()["Roles"] == []


def test_a_managed_policy_that_does_not_exist_fails_the_stack(aws):
    aws.create(template(managed=["arn:aws:iam::aws:policy/Lost"]))
    assert aws.status() == "ROLLBACK_COMPLETE"


def test_two_instances_share_a_profile_whose_role_can_be_changed(aws):
    template = workshop()
    template["Resources"]["Second"] = template["Resources"]["Instance"]
    aws.create(template)
    first, second = aws.running()
    assert first["IamInstanceProfile"]["Arn"] == second["IamInstanceProfile"]["Arn"]
    template["Resources"]["Other"] = role(RoleName="other")
    template["Resources"]["Profile"]["Properties"]["Roles"] = [ref("Other")]
    aws.update(template)
    (profile,) = aws.client("iam").list_instance_profiles()["InstanceProfiles"]
    assert profile["Arn"] == first["IamInstanceProfile"]["Arn"]
    assert [found["RoleName"] for found in profile["Roles"]] == ["other"]

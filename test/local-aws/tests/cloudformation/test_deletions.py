from __future__ import annotations

from workshop import ref, resource, workshop


def test_what_moto_leaves_behind_is_deleted_with_the_stack(aws):
    template = workshop()
    template["Resources"].update(
        Address=resource("EIP", Domain="vpc", InstanceId=ref("Instance")),
        Interface=resource("NetworkInterface", SubnetId=ref("Subnet")),
        Nat=resource(
            "NatGateway", SubnetId=ref("Subnet"), AllocationId={"Fn::GetAtt": ["Address2", "AllocationId"]}
        ),
        Address2=resource("EIP", Domain="vpc"),
        Volume=resource("Volume", Size=1, AvailabilityZone="eu-west-3a"),
        VolumeAttachment=resource(
            "VolumeAttachment", VolumeId=ref("Volume"), InstanceId=ref("Instance"), Device="/dev/sdf"
        ),
        Policy={
            "Type": "AWS::IAM::ManagedPolicy",
            "Properties": {
                "PolicyDocument": {
                    "Version": "2012-10-17",
                    "Statement": [{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*"}],
                }
            },
        },
    )
    aws.create(template)
    assert aws.status() == "CREATE_COMPLETE"
    stack_id = aws.events()[0]["StackId"]
    aws.client("cloudformation").delete_stack(StackName="Workshop")
    ec2, iam = aws.client("ec2"), aws.client("iam")
    assert aws.status(stack_id) == "DELETE_COMPLETE"
    assert ec2.describe_addresses()["Addresses"] == []
    assert ec2.describe_network_interfaces()["NetworkInterfaces"] == []
    assert ec2.describe_volumes()["Volumes"] == []
    assert {gateway["State"] for gateway in ec2.describe_nat_gateways()["NatGateways"]} == {"deleted"}
    assert iam.list_policies(Scope="Local")["Policies"] == []
    assert len(ec2.describe_vpcs()["Vpcs"]) == 1

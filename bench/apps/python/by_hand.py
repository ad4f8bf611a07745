import sys

from aws_cdk import App, Aws, CfnOutput, Environment, Stack, aws_ec2 as ec2, aws_iam as iam

PARAMETER = "/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-x86_64"
CHANNELS = ["CreateControlChannel", "CreateDataChannel", "OpenControlChannel", "OpenDataChannel"]

app = App(outdir=sys.argv[1])
stack = Stack(app, "Stack", env=Environment(region="eu-west-3"))
vpc = ec2.Vpc(
    stack,
    "Vpc",
    max_azs=1,
    nat_gateways=0,
    restrict_default_security_group=False,
    subnet_configuration=[ec2.SubnetConfiguration(name="public", subnet_type=ec2.SubnetType.PUBLIC, cidr_mask=24)],
)
for i in range(int(sys.argv[2])):
    role = iam.Role(
        stack,
        f"Role{i}",
        assumed_by=iam.ServicePrincipal("ec2.amazonaws.com"),
        inline_policies={
            "SessionManager": iam.PolicyDocument(
                statements=[
                    iam.PolicyStatement(
                        actions=["ssm:UpdateInstanceInformation"], resources=[f"arn:{Aws.PARTITION}:ec2:*:*:instance/*"]
                    ),
                    iam.PolicyStatement(actions=[f"ssmmessages:{channel}" for channel in CHANNELS], resources=["*"]),
                ]
            )
        },
    )
    instance = ec2.Instance(
        stack,
        f"Instance{i}",
        vpc=vpc,
        vpc_subnets=ec2.SubnetSelection(subnet_type=ec2.SubnetType.PUBLIC),
        instance_type=ec2.InstanceType("t3.micro"),
        machine_image=ec2.MachineImage.resolve_ssm_parameter_at_launch(PARAMETER),
        role=role,
        http_tokens=ec2.HttpTokens.REQUIRED,
        http_put_response_hop_limit=1,
        credit_specification=ec2.CpuCredits.STANDARD,
    )
    instance.instance.block_device_mappings = [
        ec2.CfnInstance.BlockDeviceMappingProperty(
            device_name="/dev/xvda", ebs=ec2.CfnInstance.EbsProperty(encrypted=True, volume_type="gp3")
        )
    ]
    CfnOutput(stack, f"InstanceId{i}", value=instance.instance_id, description="The id of the instance")
    CfnOutput(
        stack,
        f"ConnectCommand{i}",
        value=f"aws ssm start-session --target {instance.instance_id} --region {stack.region}",
        description="Opens a shell through Session Manager",
    )
    CfnOutput(
        stack,
        f"ConsoleUrl{i}",
        value=f"https://{stack.region}.console.aws.amazon.com/systems-manager/session-manager/{instance.instance_id}?region={stack.region}",
        description="Opens a shell on the instance in a browser",
    )
app.synth()

package main

import (
	"fmt"
	"os"
	"strconv"

	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsiam"
	"github.com/aws/jsii-runtime-go"
)

const parameter = "/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-x86_64"

func main() {
	defer jsii.Close()

	app := awscdk.NewApp(&awscdk.AppProps{Outdir: &os.Args[1]})
	stack := awscdk.NewStack(app, jsii.String("Stack"), &awscdk.StackProps{
		Env: &awscdk.Environment{Region: jsii.String("eu-west-3")},
	})
	vpc := awsec2.NewVpc(stack, jsii.String("Vpc"), &awsec2.VpcProps{
		MaxAzs:                       jsii.Number(1),
		NatGateways:                  jsii.Number(0),
		RestrictDefaultSecurityGroup: jsii.Bool(false),
		SubnetConfiguration: &[]*awsec2.SubnetConfiguration{
			{Name: jsii.String("public"), SubnetType: awsec2.SubnetType_PUBLIC, CidrMask: jsii.Number(24)},
		},
	})
	count, _ := strconv.Atoi(os.Args[2])
	for i := range count {
		instance := awsec2.NewInstance(stack, jsii.String(fmt.Sprint("Instance", i)), &awsec2.InstanceProps{
			Vpc:                     vpc,
			VpcSubnets:              &awsec2.SubnetSelection{SubnetType: awsec2.SubnetType_PUBLIC},
			InstanceType:            awsec2.NewInstanceType(jsii.String("t3.micro")),
			MachineImage:            awsec2.MachineImage_ResolveSsmParameterAtLaunch(jsii.String(parameter), nil),
			Role:                    role(stack, fmt.Sprint("Role", i)),
			HttpTokens:              awsec2.HttpTokens_REQUIRED,
			HttpPutResponseHopLimit: jsii.Number(1),
			CreditSpecification:     awsec2.CpuCredits_STANDARD,
		})
		instance.Instance().SetBlockDeviceMappings(&[]interface{}{
			&awsec2.CfnInstance_BlockDeviceMappingProperty{
				DeviceName: jsii.String("/dev/xvda"),
				Ebs:        &awsec2.CfnInstance_EbsProperty{Encrypted: jsii.Bool(true), VolumeType: jsii.String("gp3")},
			},
		})
		id, region := *instance.InstanceId(), *stack.Region()
		output(stack, fmt.Sprint("InstanceId", i), id, "The id of the instance")
		output(stack, fmt.Sprint("ConnectCommand", i),
			fmt.Sprintf("aws ssm start-session --target %s --region %s", id, region), "Opens a shell through Session Manager")
		output(stack, fmt.Sprint("ConsoleUrl", i),
			fmt.Sprintf("https://%s.console.aws.amazon.com/systems-manager/session-manager/%s?region=%s", region, id, region),
			"Opens a shell on the instance in a browser")
	}
	app.Synth(nil)
}

func output(stack awscdk.Stack, id, value, description string) {
	awscdk.NewCfnOutput(stack, &id, &awscdk.CfnOutputProps{Value: &value, Description: &description})
}

func role(stack awscdk.Stack, id string) awsiam.Role {
	return awsiam.NewRole(stack, &id, &awsiam.RoleProps{
		AssumedBy: awsiam.NewServicePrincipal(jsii.String("ec2.amazonaws.com"), nil),
		InlinePolicies: &map[string]awsiam.PolicyDocument{
			"SessionManager": awsiam.NewPolicyDocument(&awsiam.PolicyDocumentProps{
				Statements: &[]awsiam.PolicyStatement{
					awsiam.NewPolicyStatement(&awsiam.PolicyStatementProps{
						Actions:   jsii.Strings("ssm:UpdateInstanceInformation"),
						Resources: jsii.Strings("arn:" + *awscdk.Aws_PARTITION() + ":ec2:*:*:instance/*"),
					}),
					awsiam.NewPolicyStatement(&awsiam.PolicyStatementProps{
						Actions: jsii.Strings(
							"ssmmessages:CreateControlChannel",
							"ssmmessages:CreateDataChannel",
							"ssmmessages:OpenControlChannel",
							"ssmmessages:OpenDataChannel",
						),
						Resources: jsii.Strings("*"),
					}),
				},
			}),
		},
	})
}

package main

import (
	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"
	"github.com/aws/jsii-runtime-go"
	"github.com/cdk-workshop-instance/cdk-workshop-instance-go/cdkworkshopinstance"
)

func main() {
	defer jsii.Close()

	app := awscdk.NewApp(nil)
	stack := awscdk.NewStack(app, jsii.String("Workshop"), &awscdk.StackProps{
		Env: &awscdk.Environment{Region: jsii.String("eu-west-3")},
	})

	cdkworkshopinstance.NewWorkshopInstance(stack, jsii.String("Instance"), &cdkworkshopinstance.WorkshopInstanceProps{
		InstanceType: awsec2.NewInstanceType(jsii.String("t2.micro")),
		MachineImage: cdkworkshopinstance.AmiSelector_GenericLinux(
			&map[string]*string{"eu-west-3": jsii.String("ami-01fde5e5b31e98551")},
			&cdkworkshopinstance.GenericLinuxAmiOptions{RootDeviceName: jsii.String("/dev/xvda")},
		),
	})

	app.Synth(nil)
}

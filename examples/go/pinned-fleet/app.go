package main

import (
	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/jsii-runtime-go"
	"github.com/cdk-workshop-instance/cdk-workshop-instance-go/cdkworkshopinstance"
)

func main() {
	defer jsii.Close()

	app := awscdk.NewApp(nil)
	stack := awscdk.NewStack(app, jsii.String("PinnedFleet"), &awscdk.StackProps{
		Env: &awscdk.Environment{Region: jsii.String("eu-west-3")},
	})

	// All seats start what ami.lock.json has for the region: "npx cdk-ami update" moves it.
	cdkworkshopinstance.NewWorkshopFleet(stack, jsii.String("Fleet"), &cdkworkshopinstance.WorkshopFleetProps{
		SeatNames:    jsii.Strings("red", "green", "blue"),
		MachineImage: cdkworkshopinstance.AmiSelector_FromLockFile(jsii.String("web"), nil),
	})

	app.Synth(nil)
}

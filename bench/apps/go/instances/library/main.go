package main

import (
	"fmt"
	"os"
	"strconv"

	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"
	"github.com/aws/jsii-runtime-go"
	"github.com/cdk-workshop-instance/cdk-workshop-instance-go/cdkworkshopinstance"
)

func main() {
	defer jsii.Close()

	app := awscdk.NewApp(&awscdk.AppProps{Outdir: &os.Args[1]})
	stack := awscdk.NewStack(app, jsii.String("Stack"), &awscdk.StackProps{
		Env: &awscdk.Environment{Region: jsii.String("eu-west-3")},
	})
	count, _ := strconv.Atoi(os.Args[2])
	var vpc awsec2.IVpc
	for i := range count {
		vpc = cdkworkshopinstance.NewWorkshopInstance(stack, jsii.String(fmt.Sprint("Instance", i)), &cdkworkshopinstance.WorkshopInstanceProps{
			Vpc: vpc,
		}).Vpc()
	}
	app.Synth(nil)
}

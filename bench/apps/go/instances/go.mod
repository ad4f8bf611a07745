module workshop

go 1.26

require (
	github.com/aws/aws-cdk-go/awscdk/v2 v2.275.0
	github.com/aws/jsii-runtime-go v1.142.0
	github.com/cdk-workshop-instance/cdk-workshop-instance-go/cdkworkshopinstance v0.1.0
)

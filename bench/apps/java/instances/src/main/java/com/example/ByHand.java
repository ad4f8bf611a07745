package com.example;

import java.util.List;
import java.util.Map;
import software.amazon.awscdk.App;
import software.amazon.awscdk.AppProps;
import software.amazon.awscdk.Aws;
import software.amazon.awscdk.CfnOutput;
import software.amazon.awscdk.Environment;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.StackProps;
import software.amazon.awscdk.services.ec2.CfnInstance;
import software.amazon.awscdk.services.ec2.CpuCredits;
import software.amazon.awscdk.services.ec2.HttpTokens;
import software.amazon.awscdk.services.ec2.Instance;
import software.amazon.awscdk.services.ec2.InstanceType;
import software.amazon.awscdk.services.ec2.MachineImage;
import software.amazon.awscdk.services.ec2.SubnetConfiguration;
import software.amazon.awscdk.services.ec2.SubnetSelection;
import software.amazon.awscdk.services.ec2.SubnetType;
import software.amazon.awscdk.services.ec2.Vpc;
import software.amazon.awscdk.services.iam.PolicyDocument;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.iam.Role;
import software.amazon.awscdk.services.iam.ServicePrincipal;

public final class ByHand {
  private static final String PARAMETER = "/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-x86_64";

  public static void main(final String[] args) {
    final App app = new App(AppProps.builder().outdir(args[0]).build());
    final Stack stack = new Stack(app, "Stack", StackProps.builder()
        .env(Environment.builder().region("eu-west-3").build())
        .build());
    final Vpc vpc = Vpc.Builder.create(stack, "Vpc")
        .maxAzs(1)
        .natGateways(0)
        .restrictDefaultSecurityGroup(false)
        .subnetConfiguration(List.of(
            SubnetConfiguration.builder().name("public").subnetType(SubnetType.PUBLIC).cidrMask(24).build()))
        .build();
    for (int i = 0; i < Integer.parseInt(args[1]); i++) {
      final Instance instance = Instance.Builder.create(stack, "Instance" + i)
          .vpc(vpc)
          .vpcSubnets(SubnetSelection.builder().subnetType(SubnetType.PUBLIC).build())
          .instanceType(new InstanceType("t3.micro"))
          .machineImage(MachineImage.resolveSsmParameterAtLaunch(PARAMETER))
          .role(role(stack, "Role" + i))
          .httpTokens(HttpTokens.REQUIRED)
          .httpPutResponseHopLimit(1)
          .creditSpecification(CpuCredits.STANDARD)
          .build();
      instance.getInstance().setBlockDeviceMappings(List.of(CfnInstance.BlockDeviceMappingProperty.builder()
          .deviceName("/dev/xvda")
          .ebs(CfnInstance.EbsProperty.builder().encrypted(true).volumeType("gp3").build())
          .build()));
      final String id = instance.getInstanceId();
      final String region = stack.getRegion();
      CfnOutput.Builder.create(stack, "InstanceId" + i)
          .value(id)
          .description("The id of the instance")
          .build();
      CfnOutput.Builder.create(stack, "ConnectCommand" + i)
          .value("aws ssm start-session --target " + id + " --region " + region)
          .description("Opens a shell through Session Manager")
          .build();
      CfnOutput.Builder.create(stack, "ConsoleUrl" + i)
          .value("https://" + region + ".console.aws.amazon.com/systems-manager/session-manager/" + id + "?region=" + region)
          .description("Opens a shell on the instance in a browser")
          .build();
    }
    app.synth();
  }

  private static Role role(final Stack stack, final String id) {
    return Role.Builder.create(stack, id)
        .assumedBy(new ServicePrincipal("ec2.amazonaws.com"))
        .inlinePolicies(Map.of("SessionManager", PolicyDocument.Builder.create()
            .statements(List.of(
                PolicyStatement.Builder.create()
                    .actions(List.of("ssm:UpdateInstanceInformation"))
                    .resources(List.of("arn:" + Aws.PARTITION + ":ec2:*:*:instance/*"))
                    .build(),
                PolicyStatement.Builder.create()
                    .actions(List.of(
                        "ssmmessages:CreateControlChannel",
                        "ssmmessages:CreateDataChannel",
                        "ssmmessages:OpenControlChannel",
                        "ssmmessages:OpenDataChannel"))
                    .resources(List.of("*"))
                    .build()))
            .build()))
        .build();
  }
}

package com.example;

import io.github.cdkworkshopinstance.AmiSelector;
import io.github.cdkworkshopinstance.GenericLinuxAmiOptions;
import io.github.cdkworkshopinstance.WorkshopInstance;
import java.util.Map;
import software.amazon.awscdk.Environment;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.StackProps;
import software.amazon.awscdk.services.ec2.InstanceType;

public final class App {
  public static void main(final String[] args) {
    final software.amazon.awscdk.App app = new software.amazon.awscdk.App();
    final Stack stack = new Stack(app, "Workshop", StackProps.builder()
        .env(Environment.builder().region("eu-west-3").build())
        .build());

    WorkshopInstance.Builder.create(stack, "Instance")
        .instanceType(new InstanceType("t2.micro"))
        .machineImage(AmiSelector.genericLinux(
            Map.of("eu-west-3", "ami-01fde5e5b31e98551"),
            GenericLinuxAmiOptions.builder().rootDeviceName("/dev/xvda").build()))
        .build();

    app.synth();
  }
}

package com.example;

import io.github.cdkworkshopinstance.WorkshopInstance;
import software.amazon.awscdk.App;
import software.amazon.awscdk.AppProps;
import software.amazon.awscdk.Environment;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.StackProps;
import software.amazon.awscdk.services.ec2.IVpc;

public final class Library {
  public static void main(final String[] args) {
    final App app = new App(AppProps.builder().outdir(args[0]).build());
    final Stack stack = new Stack(app, "Stack", StackProps.builder()
        .env(Environment.builder().region("eu-west-3").build())
        .build());
    IVpc vpc = null;
    for (int i = 0; i < Integer.parseInt(args[1]); i++) {
      vpc = WorkshopInstance.Builder.create(stack, "Instance" + i).vpc(vpc).build().getVpc();
    }
    app.synth();
  }
}

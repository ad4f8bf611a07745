package com.example;

import io.github.cdkworkshopinstance.AmiSelector;
import io.github.cdkworkshopinstance.WorkshopFleet;
import java.util.List;
import software.amazon.awscdk.Environment;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.StackProps;

public final class App {
  public static void main(final String[] args) {
    final software.amazon.awscdk.App app = new software.amazon.awscdk.App();
    final Stack stack = new Stack(app, "PinnedFleet", StackProps.builder()
        .env(Environment.builder().region("eu-west-3").build())
        .build());

    // All seats start what ami.lock.json has for the region: "npx cdk-ami update" moves it.
    WorkshopFleet.Builder.create(stack, "Fleet")
        .seatNames(List.of("red", "green", "blue"))
        .machineImage(AmiSelector.fromLockFile("web"))
        .build();

    app.synth();
  }
}

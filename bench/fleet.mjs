// A fleet in one stack: with the library, and the same resources by hand.
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);
const { App, Aws, CfnOutput, Stack } = require('aws-cdk-lib');
const ec2 = require('aws-cdk-lib/aws-ec2');
const iam = require('aws-cdk-lib/aws-iam');
const { WorkshopFleet } = require('..');

export function withLibrary(seats) {
  const app = new App({ analyticsReporting: false });
  new WorkshopFleet(new Stack(app, 'Stack'), 'Fleet', { seats });
  return app.synth();
}

export function byHand(seats) {
  const app = new App({ analyticsReporting: false });
  const stack = new Stack(app, 'Stack');
  const vpc = new ec2.Vpc(stack, 'Vpc', {
    maxAzs: 1,
    natGateways: 0,
    restrictDefaultSecurityGroup: false,
    subnetConfiguration: [{ name: 'public', subnetType: ec2.SubnetType.PUBLIC, cidrMask: 22 }],
  });
  const securityGroup = new ec2.SecurityGroup(stack, 'SecurityGroup', { vpc });
  const role = new iam.Role(stack, 'Role', {
    assumedBy: new iam.ServicePrincipal('ec2.amazonaws.com'),
    inlinePolicies: {
      SessionManager: new iam.PolicyDocument({
        statements: [
          new iam.PolicyStatement({ actions: ['ssm:UpdateInstanceInformation'], resources: [`arn:${Aws.PARTITION}:ec2:*:*:instance/*`] }),
          new iam.PolicyStatement({
            actions: [
              'ssmmessages:CreateControlChannel',
              'ssmmessages:CreateDataChannel',
              'ssmmessages:OpenControlChannel',
              'ssmmessages:OpenDataChannel',
            ],
            resources: ['*'],
          }),
        ],
      }),
    },
  });
  const instanceProfile = new iam.InstanceProfile(stack, 'InstanceProfile', { role });
  const machineImage = ec2.MachineImage.latestAmazonLinux2023();
  const list = {};
  for (let i = 1; i <= seats; i++) {
    const name = `seat-${i}`;
    const instance = new ec2.Instance(stack, name, {
      vpc,
      vpcSubnets: { subnetType: ec2.SubnetType.PUBLIC },
      instanceType: new ec2.InstanceType('t3.micro'),
      machineImage,
      instanceName: name,
      instanceProfile,
      securityGroup,
      httpTokens: ec2.HttpTokens.REQUIRED,
      httpPutResponseHopLimit: 1,
      creditSpecification: ec2.CpuCredits.STANDARD,
    });
    instance.instance.blockDeviceMappings = [{ deviceName: '/dev/xvda', ebs: { encrypted: true, volumeType: 'gp3' } }];
    instance.instance.availabilityZone = undefined;
    instance.instance.tags.setTag('Seat', name);
    list[name] = {
      instanceId: instance.instanceId, connectCommands: [`aws ssm start-session --target ${instance.instanceId} --region ${stack.region}`],
    };
  }
  new CfnOutput(stack, 'SeatList', { value: stack.toJsonString(list), description: 'Seat, instance id and how to connect' });
  return app.synth();
}

// What a user would write for an instance of a workshop without this package, with the same properties.
import { require } from './installed.mjs';

const { App, Aws, Stack } = require('aws-cdk-lib');
const iam = require('aws-cdk-lib/aws-iam');

export const ec2 = require('aws-cdk-lib/aws-ec2');

/** CloudFormation takes 200 outputs in a stack, and an instance has three. */
const PER_STACK = 50;

/** Synthesizes an app whose stacks are filled with the numbers of their instances. */
export function inStacks(instances, outdir, fill, finish = () => undefined) {
  const app = new App({ analyticsReporting: false, outdir });
  for (let first = 0; first < instances; first += PER_STACK) {
    fill(new Stack(app, `Stack${first}`), Array.from({ length: Math.min(PER_STACK, instances - first) }, (_, i) => first + i));
  }
  finish(app);
  return app.synth();
}

export function vpcByHand(scope, cidrMask) {
  return new ec2.Vpc(scope, 'Vpc', {
    maxAzs: 1,
    natGateways: 0,
    restrictDefaultSecurityGroup: false,
    subnetConfiguration: [{ name: 'public', subnetType: ec2.SubnetType.PUBLIC, cidrMask }],
  });
}

export function roleByHand(scope, id) {
  return new iam.Role(scope, id, {
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
}

export function instanceByHand(scope, id, props) {
  const instance = new ec2.Instance(scope, id, {
    vpcSubnets: { subnetType: ec2.SubnetType.PUBLIC },
    instanceType: new ec2.InstanceType('t3.micro'),
    httpTokens: ec2.HttpTokens.REQUIRED,
    httpPutResponseHopLimit: 1,
    creditSpecification: ec2.CpuCredits.STANDARD,
    ...props,
  });
  instance.instance.blockDeviceMappings = [{ deviceName: '/dev/xvda', ebs: { encrypted: true, volumeType: 'gp3' } }];
  instance.instance.availabilityZone = undefined;
  return instance;
}

export function connectCommand({ instanceId, stack }) {
  return `aws ssm start-session --target ${instanceId} --region ${stack.region}`;
}

// One construct in a stack with a VPC: of this library, and of others that put a machine or a key into it.
import { ec2, inStacks } from './by-hand.mjs';
import { require } from './installed.mjs';

/** The VPC of WorkshopInstance, with its machine. */
export function withLibrary(count, outdir) {
  const { WorkshopInstance } = require('cdk-workshop-instance');
  return inStacks(count, outdir, stack => new WorkshopInstance(stack, 'Instance'));
}

/** The same with a key pair of its own. */
export function withLibraryAndKey(count, outdir) {
  const { WorkshopAccess, WorkshopInstance } = require('cdk-workshop-instance');
  return inStacks(count, outdir, stack => new WorkshopInstance(stack, 'Instance', {
    access: [WorkshopAccess.ssh({ allowFrom: [ec2.Peer.ipv4('203.0.113.7/32')] })],
  }));
}

/** A VPC whose private subnet reaches the internet through a machine of cdk-fck-nat. */
export function cdkFckNat(count, outdir) {
  const { FckNatInstanceProvider } = require('cdk-fck-nat');
  return inStacks(count, outdir, stack => new ec2.Vpc(stack, 'Vpc', {
    maxAzs: 1,
    restrictDefaultSecurityGroup: false,
    natGatewayProvider: new FckNatInstanceProvider({
      instanceType: new ec2.InstanceType('t4g.nano'), machineImage: ec2.MachineImage.latestAmazonLinux2023({ cpuType: ec2.AmazonLinuxCpuType.ARM_64 }),
    }),
  }));
}

/** A VPC with a machine, and a key pair of cdk-ec2-key-pair for it. */
export function cdkEc2KeyPair(count, outdir) {
  const { KeyPair } = require('cdk-ec2-key-pair');
  return inStacks(count, outdir, stack => new ec2.Instance(stack, 'Instance', {
    vpc: new ec2.Vpc(stack, 'Vpc', { maxAzs: 1, natGateways: 0, restrictDefaultSecurityGroup: false }),
    vpcSubnets: { subnetType: ec2.SubnetType.PUBLIC },
    instanceType: new ec2.InstanceType('t3.micro'),
    machineImage: ec2.MachineImage.latestAmazonLinux2023(),
    keyPair: new KeyPair(stack, 'KeyPair', { keyPairName: 'key' }),
  }));
}

// One instance for every family x architecture x root device that exists, named after the three, and one more for
// each that can be searched for, also where its publisher keeps a parameter.
const { App, Stack } = require('aws-cdk-lib');
const ec2 = require('aws-cdk-lib/aws-ec2');
const { AmiFamily, AmiSelector, RootDevice, WorkshopAccess, WorkshopInstance } = require('cdk-workshop-instance');

const stack = new Stack(new App(), 'Families', { env: { account: process.env.CDK_DEFAULT_ACCOUNT, region: 'eu-west-3' } });
let first;

function start(name, { architecture, rootDevice }, machineImage) {
  const ebsType = architecture === ec2.InstanceArchitecture.ARM_64 ? 't4g.micro' : 't3.micro';
  const instance = new WorkshopInstance(stack, name.replaceAll(' ', ''), {
    vpc: first?.vpc,
    role: first?.role,
    securityGroup: first?.instance.connections.securityGroups[0],
    instanceType: new ec2.InstanceType(rootDevice === RootDevice.EBS ? ebsType : 'd2.xlarge'),
    machineImage,
    // The default way in takes an agent, which some lack.
    access: [WorkshopAccess.port(80, { allowFrom: [ec2.Peer.ipv4('203.0.113.7/32')] })],
    instanceName: name,
    outputs: false,
  });
  first ??= instance;
}

for (const family of AmiFamily.all()) {
  for (const variant of family.variants()) {
    const { architecture, rootDevice, imageName } = variant;
    const name = `${family.id} ${architecture} ${rootDevice}`;
    start(name, variant, AmiSelector.latest(family, { architecture, rootDevice }));
    if (imageName !== undefined) {
      start(`${name} searched`, variant, AmiSelector.lookup({ name: imageName, owners: family.owners(), architecture, rootDevice, family }));
    }
  }
}

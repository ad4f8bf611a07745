// One instance for every family x architecture x root device that exists, named after the three.
const { App, Stack } = require('aws-cdk-lib');
const ec2 = require('aws-cdk-lib/aws-ec2');
const { AmiFamily, AmiSelector, RootDevice, WorkshopInstance } = require('cdk-workshop-instance');

const stack = new Stack(new App(), 'Families', { env: { account: process.env.CDK_DEFAULT_ACCOUNT, region: 'eu-west-3' } });
let first;

for (const family of AmiFamily.all()) {
  for (const { architecture, rootDevice } of family.variants()) {
    const name = `${family.id} ${architecture} ${rootDevice}`;
    const ebsType = architecture === ec2.InstanceArchitecture.ARM_64 ? 't4g.micro' : 't3.micro';
    const instance = new WorkshopInstance(stack, name.replaceAll(' ', ''), {
      vpc: first?.vpc,
      role: first?.role,
      securityGroup: first?.instance.connections.securityGroups[0],
      instanceType: new ec2.InstanceType(rootDevice === RootDevice.EBS ? ebsType : 'd2.xlarge'),
      machineImage: AmiSelector.latest(family, { architecture, rootDevice }),
      instanceName: name,
      outputs: false,
    });
    first ??= instance;
  }
}

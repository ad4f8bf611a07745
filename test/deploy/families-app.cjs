// One instance for every family x architecture x root device that exists, named after the three, and one more for
// each that can be searched for, also where its publisher keeps a parameter. One stack does not take them all, and not each
// region has types that boot macOS.
const { App, Stack } = require('aws-cdk-lib');
const ec2 = require('aws-cdk-lib/aws-ec2');
const { AmiFamily, AmiSelector, RootDevice, WorkshopAccess, WorkshopInstance } = require('cdk-workshop-instance');

const app = new App();
const [found, searched, macs] = [['Families', 'eu-west-3'], ['Searched', 'eu-west-3'], ['Macs', 'eu-west-1']].map(([id, region]) => ({
  stack: new Stack(app, id, { env: { account: process.env.CDK_DEFAULT_ACCOUNT, region } }),
}));

const TYPES = { x86_64: 't3.micro', arm64: 't4g.micro', x86_64_mac: 'mac1.metal', arm64_mac: 'mac2.metal' };

function start(shared, name, { architecture, rootDevice }, machineImage) {
  const { stack, first } = shared;
  const isMac = name.startsWith('MACOS');
  const ebsType = TYPES[isMac ? `${architecture}_mac` : architecture];
  const instance = new WorkshopInstance(stack, name.replaceAll(' ', ''), {
    vpc: first?.vpc,
    role: first?.role,
    securityGroup: first?.instance.connections.securityGroups[0],
    instanceType: new ec2.InstanceType(rootDevice === RootDevice.EBS ? ebsType : 'd2.xlarge'),
    machineImage,
    // The default way in takes an agent, which some lack.
    access: [WorkshopAccess.http(80, { allowFrom: [ec2.Peer.ipv4('203.0.113.7/32')] })],
    instanceName: name,
    outputs: false,
  });
  instance.instance.instance.tenancy = isMac ? 'host' : undefined;
  shared.first ??= instance;
}

for (const family of AmiFamily.all()) {
  for (const variant of family.variants()) {
    const { architecture, rootDevice, imageName } = variant;
    const name = `${family.id} ${architecture} ${rootDevice}`;
    start(name.startsWith('MACOS') ? macs : found, name, variant, AmiSelector.latest(family, { architecture, rootDevice }));
    if (imageName !== undefined) {
      start(searched, `${name} searched`, variant, AmiSelector.lookup({ name: imageName, owners: family.owners(), architecture, rootDevice, family }));
    }
  }
}

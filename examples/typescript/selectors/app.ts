import { App, Stack } from 'aws-cdk-lib';
import { AmiFamily, AmiSelector, AmiUpdates, WorkshopInstance } from 'cdk-workshop-instance';

const PARAMETER = '/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-6.1-x86_64';

// The ways to choose an image, each in a stack of its name.
const SELECTORS = {
  Latest: AmiSelector.latest(AmiFamily.UBUNTU_24_04),
  GenericLinux: AmiSelector.genericLinux({ 'eu-west-3': 'ami-03cd84e5bcdbb5761' }, { rootDeviceName: '/dev/xvda' }),
  SsmParameter: AmiSelector.fromSsmParameter(PARAMETER),
  SsmParameterOnDeploy: AmiSelector.fromSsmParameter(PARAMETER, { updates: AmiUpdates.ON_DEPLOY }),
  SsmParameterOnRequest: AmiSelector.fromSsmParameter(PARAMETER, { updates: AmiUpdates.ON_REQUEST }),
  SsmParameterVersion: AmiSelector.fromSsmParameter('/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-6.12-x86_64', { parameterVersion: 38 }),
  Lookup: AmiSelector.lookup({ name: 'al2023-ami-2023.*-kernel-6.1-x86_64', owners: ['amazon'] }),
};

const app = new App();
const env = { account: process.env.CDK_DEFAULT_ACCOUNT, region: 'eu-west-3' };

for (const [name, machineImage] of Object.entries(SELECTORS)) {
  new WorkshopInstance(new Stack(app, name, { env }), 'Instance', { machineImage });
}

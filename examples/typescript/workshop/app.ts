import { App, Stack } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { AmiSelector, WorkshopInstance } from 'cdk-workshop-instance';

const app = new App();
const stack = new Stack(app, 'Workshop', { env: { region: 'eu-west-3' } });

new WorkshopInstance(stack, 'Instance', {
  instanceType: ec2.InstanceType.of(ec2.InstanceClass.T2, ec2.InstanceSize.MICRO),
  machineImage: AmiSelector.genericLinux({ 'eu-west-3': 'ami-01fde5e5b31e98551' }, { rootDeviceName: '/dev/xvda' }),
});

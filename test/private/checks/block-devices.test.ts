import { CfnParameter, Size, Stack } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { AmiFamily, AmiSelector, WorkshopInstance } from '../../../src';
import { stackIn, synthError, template, warnings } from '../../app';

const BESIDE = 'cdk-workshop-instance:blockDeviceBesideRoot';

function launched(family: AmiFamily, ...blockDevices: ec2.BlockDevice[]): Stack {
  const stack = stackIn();
  new ec2.LaunchTemplate(stack, 'Template', { machineImage: AmiSelector.latest(family), blockDevices });
  return stack;
}

const device = (deviceName: string, size = 40) => ({ deviceName, volume: ec2.BlockDeviceVolume.ebs(size, { encrypted: true }) });
const beside = (stack: Stack) => warnings(stack).filter(each => `${each}`.includes(BESIDE));

test('bare CDK: what is meant for the root volume becomes one more', () => {
  const stack = stackIn();
  new ec2.LaunchTemplate(stack, 'Template', { machineImage: ec2.MachineImage.latestAmazonLinux2023(), blockDevices: [device('/dev/sda1')] });
  expect(warnings(stack)).toEqual([]);
});

test('a device that others boot from is warned of, with that of the image', () => {
  expect(beside(launched(AmiFamily.AMAZON_LINUX_2023, device('/dev/sda1')))).toEqual([
    '/dev/sda1 is not the device that AmiSelector.latest(AmiFamily.AMAZON_LINUX_2023) boots from, so it is one more volume, and the root volume stays as the image '
    + `has it, perhaps small and not encrypted; write /dev/xvda, or for a volume of data a name such as /dev/sdf. [ack: ${BESIDE}]`,
  ]);
  expect(beside(launched(AmiFamily.UBUNTU_24_04, device('/dev/xvda')))).toHaveLength(1);
});

test.each<[string, AmiFamily, ec2.BlockDevice[]]>([
  ['the root volume', AmiFamily.AMAZON_LINUX_2023, [device('/dev/xvda')]],
  ['a volume of data', AmiFamily.AMAZON_LINUX_2023, [device('/dev/sdf')]],
  ['the root volume and another with the name of a root', AmiFamily.AMAZON_LINUX_2023, [device('/dev/xvda'), device('/dev/sda1')]],
  ['the root volume on the host', AmiFamily.AMAZON_LINUX_2023, [{ deviceName: '/dev/xvda', volume: ec2.BlockDeviceVolume.ephemeral(0) }]],
  ['a volume on the host with the name of another root', AmiFamily.AMAZON_LINUX_2023, [{ deviceName: '/dev/sda1', volume: ec2.BlockDeviceVolume.ephemeral(0) }]],
  ['a family whose root device is not known', AmiFamily.CENTOS_STREAM_9, [device('/dev/xvda')]],
])('%s is not warned of', (_, family, blockDevices) => {
  const stack = stackIn({ account: '123456789012', region: 'eu-west-3' });
  new ec2.LaunchTemplate(stack, 'Template', { machineImage: AmiSelector.latest(family), blockDevices });
  expect(beside(stack)).toEqual([]);
});

test('a block device beside the root of a WorkshopInstance is what the user says, and is not warned of', () => {
  const stack = stackIn();
  new WorkshopInstance(stack, 'Workshop', { blockDevices: [device('/dev/sda1')] });
  expect(beside(stack)).toEqual([]);
});

test.each([['ECS_OPTIMIZED_AMAZON_LINUX_2023', AmiFamily.ECS_OPTIMIZED_AMAZON_LINUX_2023], ['WINDOWS_SERVER_2022', AmiFamily.WINDOWS_SERVER_2022]])(
  'a root volume that is smaller than the snapshot of %s fails synth', (name, family) => {
    expect(synthError(launched(family, device(family.rootDeviceName!, 20)))).toContain('[Stack/Template] the root volume is given 20 GiB, and EC2 takes no less than the '
      + `snapshot of AmiSelector.latest(AmiFamily.${name}) has, 30 GiB; write that or more, or leave the size out. [ack: cdk-workshop-instance:rootVolumeTooSmall]`);
    expect(template(launched(family, device(family.rootDeviceName!, 30))).Resources).toBeDefined();
  });

test('a root volume of a WorkshopInstance that is too small fails synth, unless an override makes it larger', () => {
  const machineImage = AmiSelector.latest(AmiFamily.WINDOWS_SERVER_2022);
  const stack = stackIn();
  new WorkshopInstance(stack, 'Workshop', { machineImage, rootVolumeSize: Size.gibibytes(8) });
  expect(synthError(stack)).toContain('the root volume is given 8 GiB');
  const other = stackIn();
  const overridden = new WorkshopInstance(other, 'Workshop', { machineImage, rootVolumeSize: Size.gibibytes(8) });
  overridden.instance.instance.addPropertyOverride('BlockDeviceMappings.0.Ebs.VolumeSize', 50);
  expect(template(other).Resources).toBeDefined();
});

test('a size that is a parameter is not checked', () => {
  const stack = stackIn();
  const volumeSize = new CfnParameter(stack, 'Size', { type: 'Number' }).valueAsNumber;
  const { imageId } = AmiSelector.latest(AmiFamily.WINDOWS_SERVER_2022).getImage(stack);
  new ec2.CfnInstance(stack, 'Instance', { imageId, blockDeviceMappings: [{ deviceName: '/dev/sda1', ebs: { volumeSize } }] });
  expect(template(stack).Resources).toBeDefined();
});

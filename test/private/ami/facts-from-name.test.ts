import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { RootDevice } from '../../../src/ami-types';
import { factsFromName } from '../../../src/private/ami/facts-from-name';

const { X86_64, ARM_64 } = ec2.InstanceArchitecture;

test.each([
  ['golden-arm64', { architecture: ARM_64 }, undefined],
  ['golden', { architecture: ARM_64, rootDevice: RootDevice.EBS }, undefined],
  ['golden-arm64', {}, undefined],
  ['golden-arm64', { architecture: X86_64 }, 'architecture is given as x86_64, but the name says arm64; leave architecture out, or name the x86_64 image.'],
  ['golden-x86_64-gp2', { architecture: X86_64, rootDevice: RootDevice.INSTANCE_STORE },
    'rootDevice is given as instance-store, but the name says ebs; leave rootDevice out, or name the instance-store image.'],
])('the name %s contradicts %j: %j', (name, options, contradiction) => {
  expect(factsFromName(name, options).contradiction).toBe(contradiction);
});

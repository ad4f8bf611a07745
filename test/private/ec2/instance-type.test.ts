import { Token } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { RootDevice } from '../../../src/ami-types';
import { architectureOf, canBoot, familyOf, isBurstable } from '../../../src/private/ec2/instance-type';

test.each(['u-6tb1.metal', 'u7i-6tb.112xlarge', 'p6-b200.48xlarge', 'mac2-m2.metal', 'mac-m4.metal'])('bare CDK: the architecture of %s throws', type => {
  expect(() => new ec2.InstanceType(type).architecture).toThrow('Malformed instance type identifier');
});

test.each([
  ['t3.micro', 'x86_64'], ['t2.micro', 'x86_64'], ['m1.small', 'x86_64'], ['g4dn.xlarge', 'x86_64'], ['g6f.large', 'x86_64'], ['gr6f.4xlarge', 'x86_64'],
  ['u-6tb1.metal', 'x86_64'], ['u7in-16tb.224xlarge', 'x86_64'], ['p6-b200.48xlarge', 'x86_64'], ['c7i-flex.large', 'x86_64'], ['x2iedn.metal', 'x86_64'],
  ['t4g.micro', 'arm64'], ['a1.medium', 'arm64'], ['g5g.xlarge', 'arm64'], ['im4gn.large', 'arm64'], ['hpc7g.4xlarge', 'arm64'], ['x2gd.medium', 'arm64'],
  // Grace, not Graviton.
  ['p6e-gb200.36xlarge', 'arm64'],
  // What a new generation has is told by the letter of its processor.
  ['m10g.large', 'arm64'], ['m10i.large', 'x86_64'], ['m10a.large', 'x86_64'], ['u8i-6tb.metal', 'x86_64'],
  ['mac1.metal', 'x86_64_mac'], ['mac2.metal', 'arm64_mac'], ['mac2-m2pro.metal', 'arm64_mac'], ['mac-m4max.metal', 'arm64_mac'],
])('%s is %s', (type, architecture) => {
  expect(architectureOf(type)).toBe(architecture);
});

test.each(['optimal', '', 'T3.micro', 'x t3.micro', 't3.micro!', 't3', '.', Token.asString({ Ref: 'Type' })])('nothing is known of %j', type => {
  expect(architectureOf(type)).toBeUndefined();
  expect(canBoot(type, RootDevice.INSTANCE_STORE)).toBeUndefined();
  expect(isBurstable(type)).toBeUndefined();
  expect(familyOf(type)).toBeUndefined();
});

test.each(['trn3.48xlarge', 'trn3pds.48xlarge', 'p7.48xlarge', 'xyz9.large'])('the processor of %s is not known by its name', type => {
  expect(architectureOf(type)).toBeUndefined();
});

test.each([['m1.small', true], ['d2.xlarge', true], ['x1.32xlarge', true], ['x1e.xlarge', false], ['t2.micro', false], ['m4.large', false]])(
  '%s boots from instance store: %s', (type, boots) => {
    expect(canBoot(type, RootDevice.INSTANCE_STORE)).toBe(boots);
    expect(canBoot(type, RootDevice.EBS)).toBe(true);
  });

test.each([['t2.micro', true], ['t3.micro', true], ['t3a.small', true], ['t4g.2xlarge', true], ['t1.micro', false], ['t8i.micro', false], ['trn1.2xlarge', false], ['m5.large', false]])(
  '%s runs on CPU credits: %s', (type, burstable) => {
    expect(isBurstable(type)).toBe(burstable);
  });

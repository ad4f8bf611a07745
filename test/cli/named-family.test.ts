import { AmiFamily } from '../../src';
import { familyNamed } from '../../src/cli/named-family';

test.each([
  ['UBUNTU_24_04', AmiFamily.UBUNTU_24_04],
  ['ubuntu-24.04', AmiFamily.UBUNTU_24_04],
  ['Ubuntu 24.04', AmiFamily.UBUNTU_24_04],
  ['amazonlinux2', AmiFamily.AMAZON_LINUX_2],
  ['Rocky Linux 9', AmiFamily.ROCKY_9],
  ['noble', AmiFamily.UBUNTU_24_04],
  ['al2023', AmiFamily.AMAZON_LINUX_2023],
  ['amzn2', AmiFamily.AMAZON_LINUX_2],
  ['bookworm', AmiFamily.DEBIAN_12],
  ['AmiFamily.DEBIAN_13', AmiFamily.DEBIAN_13],
  ['AmiFamily_DEBIAN_13()', AmiFamily.DEBIAN_13],
])('%s names a family', (word, family) => {
  expect(familyNamed(word)).toBe(family);
});

test('every family is named by its constant and by what people call it', () => {
  for (const family of AmiFamily.all()) {
    expect([familyNamed(family.id), familyNamed(family.name)]).toEqual([family, family]);
  }
});

test.each([
  ['a part of a name', 'freebsd', '(did you mean FREEBSD_14, FREEBSD_15?)'],
  ['words of a name', 'win2025', '(did you mean WINDOWS_SERVER_2025, WINDOWS_SERVER_2025_CORE?)'],
  ['a name and a code name', 'noble-minimal', '(did you mean UBUNTU_24_04_MINIMAL?)'],
  ['who publishes it', 'redhat', '(did you mean RHEL_8, RHEL_9, RHEL_10?)'],
  ['a typing error', 'ubnutu-24.04', '(did you mean UBUNTU_24_04?)'],
])('fails for %s, and says which families are like it', (_, word, hint) => {
  expect(() => familyNamed(word)).toThrow(`There is no family ${JSON.stringify(word)} ${hint}; "npx --package cdk-workshop-instance cdk-ami families" lists those of this version`);
});

test.each(['', 'solaris'])('fails for %j, which is like no family', word => {
  expect(() => familyNamed(word)).toThrow(`There is no family ${JSON.stringify(word)}; "npx --package cdk-workshop-instance cdk-ami families"`);
});

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { AMAZON_LINUX_PARAMETERS } from './amazon-linux-parameters';
import { AmiFamily, AmiFamilyProps } from '../src/ami-family';
import { AmazonLinuxRelease } from '../src/ami-family-props';
import { RootDevice, UserDataFormat } from '../src/ami-types';
import { FACTS_DATE } from '../src/private/catalog/facts-date';
import { FAMILIES as CATALOG } from '../src/private/catalog/families';
import { isOwner } from '../src/private/ec2/image-search';

const { X86_64, ARM_64 } = ec2.InstanceArchitecture;
const { EBS, INSTANCE_STORE } = RootDevice;

const FAMILIES = AmiFamily.all();
const ROWS = FAMILIES.map(family => [family.id, family] as const);
const PARTITIONS = ['aws', 'aws-us-gov', 'aws-cn', 'aws-eusc'];

/** As EC2 matches a name: `*` stands for any characters, `?` for one. */
function matches(pattern: string, name: string): boolean {
  const escaped = pattern.replace(/[.+^${}()|[\]\\]/g, '\\$&');
  return new RegExp(`^${escaped.replaceAll('*', '.*').replaceAll('?', '.')}$`).test(name);
}

describe.each(ROWS)('%s', (id, family) => {
  test('is the constant of that name', () => {
    expect((AmiFamily as any)[id]).toBe(family);
    expect(`${family}`).toBe(`AmiFamily.${id}`);
  });

  test('has owners that EC2 takes, and never one account of Amazon Linux, which has others in some regions', () => {
    const owners = PARTITIONS.flatMap(partition => family.owners(partition));
    expect(owners.filter(owner => !isOwner(owner))).toEqual([]);
    expect(owners).not.toContain('137112412989');
  });

  test('has a name for every architecture and root device, with no word left open', () => {
    const variants = family.variants();
    expect(variants.length).toBeGreaterThan(0);
    for (const { architecture, rootDevice, parameterName, imageName } of variants) {
      expect(family.parameterName(architecture, rootDevice)).toBe(parameterName);
      expect(family.imageName(architecture, rootDevice)).toBe(imageName);
      expect(parameterName ?? imageName).toBeDefined();
      expect(`${parameterName}${imageName}`).not.toMatch(/[{}]/);
      expect(parameterName ?? '/aws/service/').toMatch(/^\/aws\/service\/[a-zA-Z0-9_./-]*$/);
    }
  });

  test('has owners in every commercial region where it has a name to search for', () => {
    const searched = family.variants().some(variant => variant.imageName !== undefined);
    expect(!searched || family.owners().length > 0).toBe(true);
  });

  test('has a name to search for that says the architecture or is that of one architecture only', () => {
    const names = family.variants().flatMap(variant => variant.imageName ?? []);
    expect(new Set(names).size).toBe(names.length);
  });

  test('moves on to a family that is supported', () => {
    if (family._isPastEndOfSupport()) {
      expect(family.successor).toBeDefined();
    }
    expect((CATALOG as any)[id].successor).toBe(family.successor?.id);
    expect(family.successor?._isPastEndOfSupport()).not.toBe(true);
  });

  test('has an ISO date as end of support, where it is known', () => {
    const date = family.endOfSupport ?? FACTS_DATE;
    expect(new Date(date).toISOString().slice(0, 10)).toBe(date);
  });
});

describe('the docstrings', () => {
  const text = readFileSync(join(__dirname, '..', 'src', 'ami-family.ts'), 'utf8');
  const docstrings = Object.fromEntries([...text.matchAll(/\/\*\* (.*) \*\/\n {2}public static readonly (\w+) =/g)].map(([, doc, id]) => [id, doc]));

  test.each(ROWS)('of %s has no date, and says so where its support has ended', (id, family) => {
    expect(docstrings[id]).toBeDefined();
    expect(docstrings[id]).not.toMatch(/\d{4}-\d{2}/);
    expect(/past its end of/.test(docstrings[id])).toBe(family._isPastEndOfSupport());
  });
});

test('every row says on what it rests, and where that can be read', () => {
  for (const [id, { evidence, source }] of Object.entries(CATALOG)) {
    expect([id, evidence]).toEqual([id, expect.stringMatching(/^(data|publisher|others)$/)]);
    expect([id, source]).toEqual([id, expect.stringMatching(/^https:\/\//)]);
  }
});

test('the catalog is complete, and each constant is in it once', () => {
  const constants = Object.keys(AmiFamily).filter(key => key === key.toUpperCase());
  expect(constants).toEqual(Object.keys(CATALOG));
  expect(FAMILIES.map(family => family.id)).toEqual(constants);
});

test('no two families have a name in common', () => {
  const names = FAMILIES.flatMap(family => family.variants().flatMap(variant => [variant.parameterName, variant.imageName]))
    .filter(name => name !== undefined);
  expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
  expect(new Set(FAMILIES.map(family => family.name)).size).toBe(FAMILIES.length);
});

// What each pattern is meant to find.
test.each([
  ['AMAZON_LINUX_2023_KERNEL_6_1', 'al2023-ami-2023.12.20260930.0-kernel-6.1-x86_64'],
  ['AMAZON_LINUX_2023_KERNEL_6_12', 'al2023-ami-2023.12.20260930.0-kernel-6.12-x86_64'],
  ['AMAZON_LINUX_2023_MINIMAL_KERNEL_6_1', 'al2023-ami-minimal-2023.12.20260930.0-kernel-6.1-x86_64'],
  ['AMAZON_LINUX_2', 'amzn2-ami-kernel-5.10-hvm-2.0.20260930.0-x86_64-gp2'],
  ['AMAZON_LINUX_2_KERNEL_4_14', 'amzn2-ami-hvm-2.0.20260930.0-x86_64-gp2'],
  ['AMAZON_LINUX_2_MINIMAL', 'amzn2-ami-minimal-kernel-5.10-hvm-2.0.20260930.0-x86_64-gp2'],
  ['UBUNTU_22_04', 'ubuntu/images/hvm-ssd/ubuntu-jammy-22.04-amd64-server-20260810'],
  ['UBUNTU_24_04', 'ubuntu/images/hvm-ssd-gp3/ubuntu-noble-24.04-amd64-server-20260810'],
  ['UBUNTU_24_04_MINIMAL', 'ubuntu-minimal/images/hvm-ssd-gp3/ubuntu-noble-24.04-amd64-minimal-20260810'],
  ['UBUNTU_PRO_24_04', 'ubuntu-pro-server/images/hvm-ssd-gp3/ubuntu-noble-24.04-amd64-pro-server-20260810'],
  ['FEDORA_45', 'Fedora-Cloud-Base-AmazonEC2.x86_64-45-20261027.0'],
  ['WINDOWS_SERVER_2016_CORE', 'Windows_Server-2016-English-Core-Base-2026.08.12'],
  ['ECS_OPTIMIZED_AMAZON_LINUX_2023_GPU', 'al2023-ami-ecs-gpu-hvm-2023.0.20260226-kernel-6.1-x86_64-ebs'],
  ['ECS_OPTIMIZED_AMAZON_LINUX_2023_NEURON', 'al2023-ami-ecs-neuron-hvm-2023.0.20260226-kernel-6.1-x86_64'],
  ['EKS_OPTIMIZED_1_36_AMAZON_LINUX_2023', 'amazon-eks-node-al2023-x86_64-standard-1.36-v20260910'],
  ['DEBIAN_13', 'debian-13-amd64-20260810-2566'],
  ['RHEL_9', 'RHEL-9.8.0_HVM-20260729-x86_64-0-Hourly2-GP3'],
  ['RHEL_10', 'RHEL-10.2.0_HVM-20260729-x86_64-0-Hourly2-GP3'],
  ['ROCKY_9', 'Rocky-9-EC2-Base-9.6-20250531.0.x86_64'],
  ['ALMALINUX_10', 'AlmaLinux OS 10.1.20260101 x86_64'],
  ['CENTOS_STREAM_9', 'CentOS Stream 9 x86_64 20260810'],
  ['FEDORA_44', 'Fedora-Cloud-Base-AmazonEC2.x86_64-44-20260810.0'],
  ['SLES_15', 'suse-sles-15-sp7-v20260810-hvm-ssd-x86_64'],
  ['NIXOS_26_05', 'nixos/26.05.5214.3b1f2a9c4d5e-x86_64-linux'],
  ['ALPINE_3_23', 'alpine-3.23.3-x86_64-uefi-cloudinit-r0'],
  ['ALPINE_3_24', 'alpine-3.24.1-aarch64-uefi-cloudinit-r0'],
  ['FLATCAR_STABLE', 'Flatcar-stable-4593.2.1-hvm'],
  ['FLATCAR_STABLE', 'Flatcar-stable-4593.2.1-arm64-hvm'],
  ['WINDOWS_SERVER_2025', 'Windows_Server-2025-English-Full-Base-2026.08.12'],
  ['ECS_OPTIMIZED_AMAZON_LINUX_2023', 'al2023-ami-ecs-hvm-2023.0.20260226-kernel-6.1-x86_64'],
  ['ECS_OPTIMIZED_AMAZON_LINUX_2', 'amzn2-ami-ecs-kernel-5.10-hvm-2.0.20260226-x86_64-ebs'],
])('%s finds %s, and no other family does', (id, name) => {
  const found = FAMILIES.filter(family => family.variants().some(({ imageName }) => imageName !== undefined && matches(imageName, name)));
  expect(found.map(family => family.id)).toEqual([id]);
});

test.each([
  ['AMAZON_LINUX_2023_KERNEL_6_1', 'al2023-ami-minimal-2023.12.20260930.0-kernel-6.1-x86_64'],
  ['AMAZON_LINUX_2023_KERNEL_6_1', 'al2023-ami-ecs-hvm-2023.0.20260226-kernel-6.1-x86_64'],
  ['AMAZON_LINUX_2023_KERNEL_6_1', 'al2023-ami-2023.12.20260930.0-kernel-6.12-x86_64'],
  ['AMAZON_LINUX_2023_KERNEL_6_1', 'al2023-ami-2023.12.20260930.0-kernel-6.18-x86_64'],
  ['AMAZON_LINUX_2023_KERNEL_6_1', 'al2027-preview-ami-2027.0.20260914.0-kernel-7.1-x86_64'],
  ['AMAZON_LINUX_2', 'amzn2-ami-minimal-kernel-5.10-hvm-2.0.20260930.0-x86_64-gp2'],
  ['AMAZON_LINUX_2', 'amzn2-ami-ecs-kernel-5.10-hvm-2.0.20260226-x86_64-ebs'],
  ['AMAZON_LINUX_2', 'amzn2-ami-hvm-2.0.20260930.0-x86_64-gp2'],
  ['AMAZON_LINUX_2', 'amzn2-ami-kernel-5.10-hvm-2.0.20260930.0-x86_64-ebs'],
  ['AMAZON_LINUX_2_KERNEL_4_14', 'amzn2-ami-minimal-hvm-2.0.20260930.0-x86_64-ebs'],
  ['AMAZON_LINUX_2_KERNEL_4_14', 'amzn2-ami-ecs-hvm-2.0.20260226-x86_64-ebs'],
  ['ECS_OPTIMIZED_AMAZON_LINUX_2023', 'al2023-ami-ecs-gpu-hvm-2023.0.20260226-kernel-6.1-x86_64-ebs'],
  ['ECS_OPTIMIZED_AMAZON_LINUX_2023', 'al2023-ami-ecs-neuron-hvm-2023.0.20260226-kernel-6.1-x86_64'],
  ['ECS_OPTIMIZED_AMAZON_LINUX_2', 'amzn2-ami-ecs-kernel-5.10-gpu-hvm-2.0.20260226-x86_64-ebs'],
  ['ECS_OPTIMIZED_AMAZON_LINUX_2', 'amzn2-ami-ecs-kernel-5.10-inf-hvm-2.0.20260226-x86_64-ebs'],
  ['UBUNTU_24_04', 'ubuntu-minimal/images/hvm-ssd-gp3/ubuntu-noble-24.04-amd64-minimal-20260810'],
  ['UBUNTU_24_04', 'ubuntu-pro-server/images/hvm-ssd-gp3/ubuntu-noble-24.04-amd64-pro-server-20260810'],
  ['UBUNTU_24_04', 'ubuntu-eks/k8s_1.33/images/hvm-ssd-gp3/ubuntu-noble-24.04-amd64-server-20260810'],
  ['UBUNTU_PRO_24_04', 'ubuntu-pro-fips-updates-server/images/hvm-ssd-gp3/ubuntu-noble-24.04-amd64-pro-fips-server-20260810'],
  ['FEDORA_45', 'Fedora-Cloud-Base-AmazonEC2.x86_64-45-Prerelease-20261020.n.0'],
  ['EKS_OPTIMIZED_1_36_AMAZON_LINUX_2023', 'amazon-eks-node-al2023-x86_64-nvidia-1.36-v20260910'],
  ['EKS_OPTIMIZED_1_36_AMAZON_LINUX_2023', 'amazon-eks-node-al2023-x86_64-standard-1.37-v20260910'],
  ['WINDOWS_SERVER_2016', 'Windows_Server-2016-English-Core-Base-2026.08.12'],
  ['DEBIAN_13', 'debian-13-backports-amd64-20260810-2566'],
  ['RHEL_8', 'RHEL-8.1.0_HVM-20200101-x86_64-0-Hourly2-GP3'],
  ['RHEL_9', 'RHEL-9.6.0_HVM-20260811-x86_64-0-Hourly2-GP3'],
  ['RHEL_9', 'RHEL-9.8.0_HVM_BETA-20260401-x86_64-0-Hourly2-GP3'],
  ['RHEL_9', 'RHEL-9.8.0_HVM_GA-20260501-x86_64-0-Hourly2-GP3'],
  ['RHEL_9', 'RHEL_HA-9.8.0_HVM-20260729-x86_64-0-Hourly2-GP3'],
  ['RHEL_10', 'RHEL-10.0.0_HVM-20260811-x86_64-0-Hourly2-GP3'],
  ['RHEL_10', 'RHEL-10.2.0_HVM_BETA-20260401-x86_64-0-Hourly2-GP3'],
  ['ROCKY_9', 'Rocky-9-EC2-LVM-9.6-20250531.0.x86_64'],
  ['ROCKY_9', 'Rocky-10-EC2-Base-10.0-20250609.1.x86_64'],
  ['ALMALINUX_10', 'AlmaLinux OS Kitten 10.20260101.0 x86_64'],
  ['CENTOS_STREAM_9', 'CentOS Stream 10 x86_64 20260810'],
  ['FEDORA_43', 'Fedora-Cloud-Base-AmazonEC2.x86_64-44-20260810.0'],
  ['FEDORA_44', 'Fedora-Cloud-Base-AmazonEC2.x86_64-44-Prerelease-20260310.n.0'],
  ['FEDORA_44', 'Fedora-Cloud-Base-AmazonEC2.x86_64-Rawhide-20260810.n.0'],
  ['SLES_15', 'suse-sles-15-sp7-byos-v20260810-hvm-ssd-x86_64'],
  ['SLES_15', 'suse-sles-15-sp7-v20260810-ecs-hvm-ssd-x86_64'],
  ['SLES_15', 'suse-sles-15-sp7-chost-byos-v20260810-hvm-ssd-x86_64'],
  ['SLES_15', 'suse-sles-15-sp7-sapcal-v20260810-hvm-ssd-x86_64'],
  ['SLES_16', 'suse-sles-15-sp7-v20260810-hvm-ssd-x86_64'],
  ['NIXOS_26_05', 'nixos/25.11.9001.0f1e2d3c4b5a-x86_64-linux'],
  ['NIXOS_26_05', 'nixos/26.05beta991.0f1e2d3c4b5a-x86_64-linux'],
  ['NIXOS_26_05', 'smoketest/26.05.5214.3b1f2a9c4d5e-x86_64-linux'],
  ['ALPINE_3_23', 'alpine-3.22.4-x86_64-uefi-cloudinit-r0'],
  ['ALPINE_3_23', 'alpine-3.23.3-x86_64-uefi-tiny-r0'],
  ['ALPINE_3_23', 'alpine-3.23.3-x86_64-bios-cloudinit-r0'],
  ['ALPINE_3_23', 'alpine-3.23.3-x86_64-uefi-cloudinit-metal-r0'],
  ['FLATCAR_STABLE', 'Flatcar-beta-4628.1.0-hvm'],
  ['FLATCAR_STABLE', 'Flatcar-lts-4081.3.6-hvm'],
  ['WINDOWS_SERVER_2022', 'Windows_Server-2022-English-Full-SQL_2022_Standard-2026.08.12'],
  ['WINDOWS_SERVER_2022', 'Windows_Server-2022-English-Core-Base-2026.08.12'],
  ['WINDOWS_SERVER_2022', 'Windows_Server-2025-English-Full-Base-2026.08.12'],
])('the pattern of %s does not match its cousin %s', (id, cousin) => {
  const family: AmiFamily = (AmiFamily as any)[id];
  expect(family.imageName()).toBeDefined();
  expect(matches(family.imageName()!, cousin)).toBe(false);
});

test.each(ROWS.filter(([id]) => id !== 'FLATCAR_STABLE'))('the pattern of %s for one architecture does not match the other', (_, family) => {
  for (const { imageName, architecture } of family.variants().filter(variant => variant.imageName !== undefined)) {
    const others = family.variants().filter(other => other.architecture !== architecture && other.imageName !== undefined);
    expect(others.filter(other => matches(imageName!, other.imageName!.replaceAll('*', '1').replaceAll('?', '1')))).toEqual([]);
  }
});

describe('names', () => {
  test('are of x86_64 and EBS by default', () => {
    expect(AmiFamily.UBUNTU_24_04.parameterName()).toBe('/aws/service/canonical/ubuntu/server/24.04/stable/current/amd64/hvm/ebs-gp3/ami-id');
    expect(AmiFamily.UBUNTU_24_04.imageName()).toBe('ubuntu/images/hvm-ssd-gp3/ubuntu-noble-24.04-amd64-server-*');
  });

  test('take the word of the publisher for an architecture', () => {
    expect(AmiFamily.ROCKY_9.imageName(ARM_64)).toBe('Rocky-9-EC2-Base-9.*.aarch64');
    expect(AmiFamily.FREEBSD_15.parameterName(ARM_64)).toBe('/aws/service/freebsd/arm64/base/ufs/15.1/RELEASE');
  });

  test('may differ from one architecture to the other in more than a word', () => {
    expect(AmiFamily.ECS_OPTIMIZED_AMAZON_LINUX_2023.parameterName()).toBe(
      '/aws/service/ecs/optimized-ami/amazon-linux-2023/recommended/image_id');
    expect(AmiFamily.ECS_OPTIMIZED_AMAZON_LINUX_2023.parameterName(ARM_64)).toBe(
      '/aws/service/ecs/optimized-ami/amazon-linux-2023/arm64/recommended/image_id');
  });

  test('are of an instance-store root device where there is one', () => {
    expect(AmiFamily.AMAZON_LINUX_1.parameterName(X86_64, INSTANCE_STORE)).toBe('/aws/service/ami-amazon-linux-latest/amzn-ami-hvm-x86_64-s3');
  });

  test.each([
    ['AMAZON_LINUX_2', ARM_64, INSTANCE_STORE, 'AmiFamily.AMAZON_LINUX_2 has no arm64 image with an instance-store root device; '
      + 'it has x86_64 ebs, arm64 ebs.'],
    ['AMAZON_LINUX_1', ARM_64, undefined, 'AmiFamily.AMAZON_LINUX_1 has no arm64 image with an ebs root device; '
      + 'it has x86_64 ebs, x86_64 instance-store.'],
    ['WINDOWS_SERVER_2025', ARM_64, EBS, 'AmiFamily.WINDOWS_SERVER_2025 has no arm64 image with an ebs root device; it has x86_64 ebs.'],
    ['UBUNTU_24_04', undefined, INSTANCE_STORE, 'AmiFamily.UBUNTU_24_04 has no x86_64 image with an instance-store root device; '
      + 'it has x86_64 ebs, arm64 ebs.'],
  ])('fails for an image of %s that there is not', (id, architecture, rootDevice, message) => {
    const family: AmiFamily = (AmiFamily as any)[id];
    expect(() => family.parameterName(architecture, rootDevice)).toThrow(new Error(message));
    expect(() => family.imageName(architecture, rootDevice)).toThrow(new Error(message));
  });
});

test('owners differ by partition, are empty where they are not known, and are handed out as a copy', () => {
  expect(AmiFamily.UBUNTU_24_04.owners()).toEqual(['099720109477']);
  expect(AmiFamily.UBUNTU_24_04.owners('aws-cn')).toEqual(['837727238323']);
  expect(AmiFamily.ROCKY_9.owners('aws-us-gov')).toEqual([]);
  AmiFamily.ROCKY_9.owners().push('self');
  AmiFamily.ROCKY_9.variants().pop();
  expect(AmiFamily.ROCKY_9.owners()).toEqual(['792107900819']);
  expect(AmiFamily.ROCKY_9.variants()).toHaveLength(2);
});

test('support ends on the same day for all variants of a release', () => {
  const variants = FAMILIES.flatMap(release => FAMILIES.filter(({ id }) => id.startsWith(`${release.id}_`)).map(variant => ({ release, variant })));
  expect(variants.length).toBeGreaterThan(10);
  for (const { release, variant } of variants) {
    expect([variant.id, variant.endOfSupport]).toEqual([variant.id, release.endOfSupport]);
  }
});

test('support ends after its last day, as of the day of the facts', () => {
  expect(AmiFamily.AMAZON_LINUX_2._isPastEndOfSupport()).toBe(true);
  expect(AmiFamily.AMAZON_LINUX_2023._isPastEndOfSupport()).toBe(false);
  expect(AmiFamily.BOTTLEROCKET_ECS_2._isPastEndOfSupport()).toBe(false);
  expect(custom({ endOfSupport: FACTS_DATE })._isPastEndOfSupport()).toBe(false);
});

test('user data is a shell script, of /bin/sh where there is no bash, PowerShell on Windows, TOML on Bottlerocket', () => {
  expect(AmiFamily.DEBIAN_13.userDataFormat).toBe(UserDataFormat.SHELL);
  expect(FAMILIES.filter(({ userDataFormat }) => userDataFormat === UserDataFormat.POSIX_SHELL).map(({ id }) => id))
    .toEqual(['ALPINE_3_23', 'ALPINE_3_24', 'FREEBSD_14', 'FREEBSD_15']);
  expect(AmiFamily.WINDOWS_SERVER_2025.userDataFormat).toBe(UserDataFormat.POWERSHELL);
  expect(AmiFamily.WINDOWS_SERVER_2025.osType).toBe(ec2.OperatingSystemType.WINDOWS);
  expect(AmiFamily.BOTTLEROCKET_ECS_2.userDataFormat).toBe(UserDataFormat.TOML);
});

function custom(props: Partial<AmiFamilyProps>): AmiFamily {
  return AmiFamily.custom({
    name: 'Alpine 3.24',
    publisher: 'Alpine Linux',
    owners: { aws: ['538276064493'] },
    images: [
      { architecture: X86_64, rootDevice: EBS, imageName: 'alpine-3.24.*-x86_64-uefi-cloudinit-r*' },
      { architecture: ARM_64, rootDevice: EBS, imageName: 'alpine-3.24.*-aarch64-uefi-cloudinit-r*' },
    ],
    ...props,
  });
}

describe('custom', () => {
  test('is a family like any other, but not in the catalog', () => {
    const family = custom({});
    expect(family.id).toBe('Alpine 3.24');
    expect(family.imageName(ARM_64)).toBe('alpine-3.24.*-aarch64-uefi-cloudinit-r*');
    expect(family.parameterName()).toBeUndefined();
    expect(AmiFamily.all()).not.toContain(family);
    expect(() => family.imageName(X86_64, INSTANCE_STORE)).toThrow(
      'AmiFamily.custom("Alpine 3.24") has no x86_64 image with an instance-store root device; it has x86_64 ebs, arm64 ebs.');
  });

  test('of arm64 only has arm64 as its default', () => {
    const family = custom({ images: [{ architecture: ARM_64, rootDevice: EBS, imageName: 'alpine-3.24.*-aarch64-uefi-cloudinit-r*' }] });
    expect(family.imageName()).toBe('alpine-3.24.*-aarch64-uefi-cloudinit-r*');
    expect(() => family.imageName(X86_64)).toThrow('has no x86_64 image with an ebs root device; it has arm64 ebs.');
  });

  test('of both has x86_64 as its default, whichever stands first', () => {
    const images = [ARM_64, X86_64].map(architecture => ({ architecture, rootDevice: EBS, parameterName: `/golden/${architecture}` }));
    expect(custom({ images }).parameterName()).toBe('/golden/x86_64');
  });

  test('may have a parameter and no owners', () => {
    expect(custom({ owners: {}, images: [{ architecture: X86_64, rootDevice: EBS, parameterName: '/golden' }] }).parameterName()).toBe('/golden');
  });

  test('is of Linux with shell scripts where nothing is said, and of Windows with PowerShell', () => {
    const { LINUX, WINDOWS } = ec2.OperatingSystemType;
    expect(custom({})).toMatchObject({ osType: LINUX, userDataFormat: UserDataFormat.SHELL });
    expect(custom({ osType: WINDOWS })).toMatchObject({ osType: WINDOWS, userDataFormat: UserDataFormat.POWERSHELL });
    expect(custom({ osType: WINDOWS, userDataFormat: UserDataFormat.NONE }).userDataFormat).toBe(UserDataFormat.NONE);
  });

  test('may name another one to move to', () => {
    const successor = custom({ name: 'Alpine 3.25' });
    expect(custom({ successor }).successor).toBe(successor);
    expect(custom({ successor: AmiFamily.DEBIAN_13 }).successor).toBe(AmiFamily.DEBIAN_13);
  });

  test.each<[string, Partial<AmiFamilyProps>, string]>([
    ['an empty name', { name: ' ' }, 'name is empty'],
    ['no image', { images: [] }, 'images is empty'],
    ['an image without a name', { images: [{ architecture: X86_64, rootDevice: EBS }] }, 'neither a parameterName nor an imageName'],
    ['an image without a name beside one that has it', { images: [{ architecture: X86_64, rootDevice: EBS, parameterName: '/golden' }, { architecture: ARM_64, rootDevice: EBS }] },
      'neither a parameterName nor an imageName'],
    ['a name to search for without owners beside a parameter', {
      owners: {}, images: [{ architecture: X86_64, rootDevice: EBS, parameterName: '/golden' }, { architecture: ARM_64, rootDevice: EBS, imageName: 'golden-*' }],
    }, 'an imageName needs owners'],
    ['an owner that is none', { owners: { aws: ['canonical'] } }, '"canonical" is not an owner; write a 12-digit account id'],
    ['an account id of 13 digits', { owners: { aws: ['0997201094770'] } }, '"0997201094770" is not an owner'],
    ['an account id of 11 digits', { owners: { aws: ['99720109477'] } }, '"99720109477" is not an owner'],
    ['a name to search for without owners', { owners: {} }, 'an imageName needs owners'],
    ['one image twice', { images: [1, 2].map(n => ({ architecture: X86_64, rootDevice: EBS, parameterName: `/golden/${n}` })) }, 'x86_64 ebs twice'],
    ['one parameter for two architectures', { images: [X86_64, ARM_64].map(architecture => ({ architecture, rootDevice: EBS, parameterName: '/golden' })) },
      '"/golden" is the parameter of two images'],
    ['a date that is none', { endOfSupport: 'May 2029' }, 'endOfSupport "May 2029" is not a date'],
    ['a date with a time', { endOfSupport: '2029-05-31T00:00' }, 'endOfSupport "2029-05-31T00:00" is not a date'],
    ['a date after a word', { endOfSupport: 'by 2029-05-31' }, 'endOfSupport "by 2029-05-31" is not a date'],
  ])('fails for %s', (_, props, message) => {
    expect(() => custom(props)).toThrow(`AmiFamily.custom(${JSON.stringify(props.name ?? 'Alpine 3.24')}): `);
    expect(() => custom(props)).toThrow(message);
  });

  test.each(['amazon', 'aws-marketplace', 'self', 'aws-backup-vault'])('takes the owner %s', owner => {
    expect(custom({ owners: { aws: [owner] } }).owners()).toEqual([owner]);
  });
});

describe('amazonLinux', () => {
  const EDITIONS = [undefined, ...Object.values(ec2.AmazonLinuxEdition)];
  const VIRTUALIZATIONS = [undefined, ...Object.values(ec2.AmazonLinuxVirt)];
  const STORAGES = [undefined, ...Object.values(ec2.AmazonLinuxStorage)];
  const KERNELS = [undefined, '', '4.14', '5.10', '6.1', '6.12', '6.18', '7.1', 'default', '5.15', 'cdk', 'toString'];

  test('renders each of the 53 public parameters, whatever is asked for, and no other', () => {
    const rendered = new Set<string>();
    for (const release of Object.values(AmazonLinuxRelease)) {
      for (const edition of EDITIONS) {
        for (const virtualization of VIRTUALIZATIONS) {
          for (const storage of STORAGES) {
            for (const kernel of KERNELS) {
              let family: AmiFamily;
              try {
                family = AmiFamily.amazonLinux({ release, edition, virtualization, storage, kernel });
              } catch {
                continue;
              }
              family.variants().forEach(variant => rendered.add(variant.parameterName!));
            }
          }
        }
      }
    }
    expect([...rendered].sort()).toEqual(AMAZON_LINUX_PARAMETERS.map(name => `/aws/service/ami-amazon-linux-latest/${name}`).sort());
    expect(rendered.size).toBe(53);
  });

  test('the constants are among them', () => {
    const names = FAMILIES.flatMap(family => family.variants().map(variant => variant.parameterName!))
      .filter(name => name?.includes('/ami-amazon-linux-latest/'));
    expect(names.filter(name => !AMAZON_LINUX_PARAMETERS.includes(name.split('/').pop()!))).toEqual([]);
    expect(names).toHaveLength(26);
  });

  test.each<[ec2.AmazonLinuxStorage | undefined, string]>([
    [undefined, 'amzn-ami-minimal-hvm-x86_64-ebs'],
    [ec2.AmazonLinuxStorage.EBS, 'amzn-ami-minimal-hvm-x86_64-ebs'],
  ])('storage %s of the minimal Amazon Linux 1 is that of %s', (storage, name) => {
    const options = { release: AmazonLinuxRelease.AMAZON_LINUX_1, edition: ec2.AmazonLinuxEdition.MINIMAL, storage };
    expect(AmiFamily.amazonLinux(options).parameterName()).toBe(`/aws/service/ami-amazon-linux-latest/${name}`);
  });

  test('S3 means an instance-store root device', () => {
    const family = AmiFamily.amazonLinux({ release: AmazonLinuxRelease.AMAZON_LINUX_1, storage: ec2.AmazonLinuxStorage.S3 });
    expect(family.variants()).toEqual([{
      architecture: X86_64,
      rootDevice: INSTANCE_STORE,
      parameterName: '/aws/service/ami-amazon-linux-latest/amzn-ami-hvm-x86_64-s3',
    }]);
    expect(family.rootDeviceName).toBeUndefined();
  });

  test('a kernel left out is that which Amazon recommends on Amazon Linux 2023, and no word on Amazon Linux 2', () => {
    expect(AmiFamily.amazonLinux({ release: AmazonLinuxRelease.AMAZON_LINUX_2023 }).parameterName()).toMatch(/al2023-ami-kernel-default-x86_64$/);
    expect(AmiFamily.amazonLinux({ release: AmazonLinuxRelease.AMAZON_LINUX_2 }).parameterName()).toMatch(/amzn2-ami-hvm-x86_64-gp2$/);
  });

  test.each([
    ['al2023-ami-2023.*-kernel-6.12-x86_64', { release: AmazonLinuxRelease.AMAZON_LINUX_2023, kernel: '6.12' }],
    ['al2023-ami-minimal-2023.*-kernel-6.1-x86_64', { release: AmazonLinuxRelease.AMAZON_LINUX_2023, kernel: '6.1', edition: ec2.AmazonLinuxEdition.MINIMAL }],
    ['amzn2-ami-kernel-5.10-hvm-2.0.*-x86_64-ebs', { release: AmazonLinuxRelease.AMAZON_LINUX_2, kernel: '5.10', storage: ec2.AmazonLinuxStorage.EBS }],
  ])('%s are images of %j', (name, options) => {
    expect(AmiFamily.amazonLinux(options).imageName()).toBe(name);
  });

  test.each([
    ['Amazon Linux 2023', { release: AmazonLinuxRelease.AMAZON_LINUX_2023 }],
    ['Amazon Linux 2023 minimal (kernel 6.1)', { release: AmazonLinuxRelease.AMAZON_LINUX_2023, kernel: '6.1', edition: ec2.AmazonLinuxEdition.MINIMAL }],
    ['Amazon Linux 1 (pv, ebs)', { release: AmazonLinuxRelease.AMAZON_LINUX_1, virtualization: ec2.AmazonLinuxVirt.PV, storage: ec2.AmazonLinuxStorage.EBS }],
  ])('%s is called after %j', (name, options) => {
    expect(AmiFamily.amazonLinux(options).name).toBe(name);
  });

  test('the default kernel is in no name to search for, as it moves', () => {
    expect(AmiFamily.amazonLinux({ release: AmazonLinuxRelease.AMAZON_LINUX_2023, kernel: 'default' }).imageName()).toBeUndefined();
  });

  test.each([
    ['Amazon Linux 2 on s3', { release: AmazonLinuxRelease.AMAZON_LINUX_2, storage: ec2.AmazonLinuxStorage.S3 }],
    ['paravirtual Amazon Linux 2', { release: AmazonLinuxRelease.AMAZON_LINUX_2, virtualization: ec2.AmazonLinuxVirt.PV }],
    ['minimal Amazon Linux 2 on gp2 without a kernel', {
      release: AmazonLinuxRelease.AMAZON_LINUX_2, edition: ec2.AmazonLinuxEdition.MINIMAL, storage: ec2.AmazonLinuxStorage.GENERAL_PURPOSE,
    }],
    ['Amazon Linux 2023 on gp2', { release: AmazonLinuxRelease.AMAZON_LINUX_2023, storage: ec2.AmazonLinuxStorage.GENERAL_PURPOSE }],
    ['Amazon Linux 2023 with kernel 5.15', { release: AmazonLinuxRelease.AMAZON_LINUX_2023, kernel: '5.15' }],
    ['Amazon Linux 1 with a kernel', { release: AmazonLinuxRelease.AMAZON_LINUX_1, kernel: '4.14' }],
  ])('fails for %s, and says what there is', (_, options) => {
    expect(() => AmiFamily.amazonLinux(options)).toThrow(/^AmiFamily\.amazonLinux: there is no Amazon Linux .* image with \{.*\}; the public parameters are /);
    expect(() => AmiFamily.amazonLinux(options)).toThrow(`${options.release}-ami-`);
  });

  test('fails without a release', () => {
    expect(() => AmiFamily.amazonLinux({} as any)).toThrow('AmiFamily.amazonLinux: release is missing; ');
  });

  test('fails with the words of the options', () => {
    expect(() => AmiFamily.amazonLinux({ release: AmazonLinuxRelease.AMAZON_LINUX_2023, kernel: '5.15' })).toThrow(
      'there is no Amazon Linux 2023 image with {"edition":"standard","virtualization":"hvm","kernel":"5.15"}; ');
  });

  test('fails for arm64 where there is x86_64 only', () => {
    const family = AmiFamily.amazonLinux({ release: AmazonLinuxRelease.AMAZON_LINUX_2, storage: ec2.AmazonLinuxStorage.EBS });
    expect(() => family.parameterName(ARM_64)).toThrow(
      'AmiFamily.amazonLinux("Amazon Linux 2 (ebs)") has no arm64 image with an ebs root device; it has x86_64 ebs.');
  });
});

import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { amazonLinux } from './amazon-linux';
import type { FamilyRow } from './family-row';
import type { SoftwareFacts } from './software-facts';
import { UserDataFormat } from '../../ami-types';

// Where publishers differ: what they call x86_64 and arm64.
const X86 = { x86_64: 'x86_64' };
const X86_ARM64 = { x86_64: 'x86_64', arm64: 'arm64' };
const AMD64_ARM64 = { x86_64: 'amd64', arm64: 'arm64' };
const X86_AARCH64 = { x86_64: 'x86_64', arm64: 'aarch64' };

// https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/cfn-helper-scripts-reference.html
// https://docs.aws.amazon.com/systems-manager/latest/userguide/ami-preinstalled-agent.html
// https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/ec2-instance-connect-set-up.html
const NONE_PREINSTALLED = { cfnBootstrap: false, ssmAgent: false, instanceConnect: false };

// What runs aws-cfn-bootstrap where its publisher does not package it.
const APT = { packageManager: 'apt', python: { command: 'python3', packages: ['python3-venv'] } } satisfies SoftwareFacts;
const DNF = { packageManager: 'dnf', python: { command: 'python3', packages: ['python3'] } } satisfies SoftwareFacts;
// The python3 of Enterprise Linux 8 is 3.6.
const DNF_8 = { packageManager: 'dnf', python: { command: 'python3.12', packages: ['python3.12'] } } satisfies SoftwareFacts;

// https://docs.aws.amazon.com/systems-manager/latest/userguide/manually-install-ssm-agent-linux.html
const NOTHING_BUT_APT = { ...NONE_PREINSTALLED, ...APT, ssmAgentPackage: 'debian_{architecture}/amazon-ssm-agent.deb' };
const NOTHING_BUT_DNF = { ...NONE_PREINSTALLED, ...DNF, ssmAgentPackage: 'linux_{architecture}/amazon-ssm-agent.rpm' };

// The images of Amazon have other account ids in some regions, the alias stands for all of them.
const AMAZON = {
  publisher: 'Amazon',
  owners: { 'aws': ['amazon'], 'aws-us-gov': ['amazon'], 'aws-cn': ['amazon'], 'aws-eusc': ['amazon'] },
} satisfies Partial<FamilyRow>;

const UBUNTU = {
  ...APT,
  evidence: 'publisher',
  source: 'https://documentation.ubuntu.com/aws/aws-how-to/instances/find-ubuntu-images/',
  publisher: 'Canonical',
  owners: { 'aws': ['099720109477'], 'aws-us-gov': ['513442679011'], 'aws-cn': ['837727238323'] },
  architectures: AMD64_ARM64,
  rootDeviceName: '/dev/sda1',
  defaultUser: 'ubuntu',
  cfnBootstrap: false,
} satisfies Partial<FamilyRow>;

/** The version, its code name, and the end of the names of its storage. */
const FOCAL = ['20.04', 'focal', 'gp2'] as const;
const JAMMY = ['22.04', 'jammy', 'gp2'] as const;
const NOBLE = ['24.04', 'noble', 'gp3'] as const;
const RESOLUTE = ['26.04', 'resolute', 'gp3'] as const;

/** What products are called: by people, in the names of parameters, and at the start and the end of those of images. */
const UBUNTU_PRODUCTS = {
  server: { names: ['Ubuntu {version}', 'server', 'ubuntu', 'server'], facts: { ssmAgent: true, instanceConnect: true } },
  minimal: { names: ['Ubuntu {version} minimal', 'server-minimal', 'ubuntu-minimal', 'minimal'], facts: {} },
  pro: { names: ['Ubuntu Pro {version}', 'pro-server', 'ubuntu-pro-server', 'pro-server'], facts: { ssmAgent: true, instanceConnect: true } },
};

function ubuntu(product: keyof typeof UBUNTU_PRODUCTS, [version, codeName, storage]: readonly [string, string, 'gp2' | 'gp3']) {
  const { names: [name, inParameter, start, end], facts } = UBUNTU_PRODUCTS[product];
  return {
    ...UBUNTU,
    ...facts,
    name: name.replace('{version}', version),
    parameterName: `/aws/service/canonical/ubuntu/${inParameter}/${version}/stable/current/{architecture}/hvm/ebs-${storage}/ami-id`,
    imageName: `${start}/images/hvm-ssd${storage === 'gp2' ? '' : '-gp3'}/ubuntu-${codeName}-${version}-{architecture}-${end}-*`,
  };
}

// The parameters are as public repositories read them, such as DataDog/test-infra-definitions.
const DEBIAN = {
  ...NOTHING_BUT_APT,
  evidence: 'others',
  source: 'https://github.com/kubernetes/kops/blob/master/docs/operations/images.md',
  publisher: 'Debian',
  owners: { aws: ['136693071363'] },
  architectures: AMD64_ARM64,
  defaultUser: 'admin',
} satisfies Partial<FamilyRow>;

// The owners are those of https://access.redhat.com/solutions/15356
const RHEL = {
  ...NOTHING_BUT_DNF,
  evidence: 'others',
  source: 'https://github.com/kubernetes/kops/blob/master/docs/operations/images.md',
  publisher: 'Red Hat',
  owners: { 'aws': ['309956199498'], 'aws-us-gov': ['219670896067'], 'aws-cn': ['841258680906'] },
  architectures: X86_ARM64,
  rootDeviceName: '/dev/sda1',
  defaultUser: 'ec2-user',
} satisfies Partial<FamilyRow>;

const ROCKY = {
  ...NOTHING_BUT_DNF,
  evidence: 'others',
  source: 'https://github.com/kubernetes/kops/blob/master/docs/operations/images.md',
  publisher: 'Rocky Enterprise Software Foundation',
  owners: { aws: ['792107900819'] },
  architectures: X86_AARCH64,
  defaultUser: 'rocky',
} satisfies Partial<FamilyRow>;

// The root device and what is installed are those of https://github.com/AlmaLinux/cloud-images. The page has the names and not the owner, which is as others have it.
const ALMALINUX = {
  ...DNF,
  evidence: 'publisher',
  source: 'https://wiki.almalinux.org/cloud/AWS.html',
  publisher: 'AlmaLinux OS Foundation',
  owners: { aws: ['764336703387'] },
  architectures: X86_AARCH64,
  rootDeviceName: '/dev/sda1',
  defaultUser: 'ec2-user',
  cfnBootstrap: false,
  ssmAgent: true,
  instanceConnect: true,
} satisfies Partial<FamilyRow>;

// The names are those that test-kitchen/kitchen-ec2 searches for, there is no parameter.
const CENTOS = {
  ...NOTHING_BUT_DNF,
  evidence: 'others',
  source: 'https://github.com/test-kitchen/kitchen-ec2/tree/main/lib/kitchen/driver/aws/standard_platform',
  publisher: 'CentOS',
  owners: { aws: ['125523088429'] },
  architectures: X86_AARCH64,
  defaultUser: 'ec2-user',
} satisfies Partial<FamilyRow>;

// There is no parameter. The 2 of the date keeps prereleases out.
const FEDORA = {
  ...DNF,
  evidence: 'others',
  source: 'https://github.com/redhat-developer/mapt/blob/main/pkg/provider/aws/action/fedora/constants.go',
  publisher: 'Fedora',
  owners: { aws: ['125523088429'] },
  architectures: X86_AARCH64,
  defaultUser: 'fedora',
  cfnBootstrap: false,
  instanceConnect: false,
} satisfies Partial<FamilyRow>;

// The parameters are those that tests of aws/eks-hybrid read; the names have the form of the images of SLES 12 in EC2.
const SLES = {
  evidence: 'others',
  source: 'https://github.com/aws/eks-hybrid/pull/861',
  publisher: 'SUSE',
  owners: { 'aws': ['013907871322'], 'aws-cn': ['841869936221'] },
  architectures: X86_ARM64,
  rootDeviceName: '/dev/sda1',
  defaultUser: 'ec2-user',
  packageManager: 'zypper',
  cfnBootstrap: false,
  ssmAgent: true,
  instanceConnect: false,
} satisfies Partial<FamilyRow>;

// How names are made, the root device and what is installed: https://github.com/NixOS/amis and nixos/modules/virtualisation of
// https://github.com/NixOS/nixpkgs, whose amazon-init runs a script by its own bash and takes anything else for a Nix expression.
const NIXOS = {
  evidence: 'publisher',
  source: 'https://nixos.org/download/#nixos-amazon',
  publisher: 'NixOS',
  owners: { aws: ['427812963091'] },
  architectures: X86_AARCH64,
  rootDeviceName: '/dev/xvda',
  defaultUser: 'root',
  cfnBootstrap: false,
  ssmAgent: true,
} satisfies Partial<FamilyRow>;

// The root device, the user and what is installed are those of https://gitlab.alpinelinux.org/alpine/cloud/alpine-cloud-images
const ALPINE = {
  ...NONE_PREINSTALLED,
  evidence: 'others',
  source: 'https://github.com/oven-sh/bun/blob/main/scripts/machine.mjs',
  publisher: 'Alpine Linux',
  owners: { aws: ['538276064493'] },
  architectures: X86_AARCH64,
  userDataFormat: UserDataFormat.POSIX_SHELL,
  rootDeviceName: '/dev/xvda',
  defaultUser: 'alpine',
  systemd: false,
} satisfies Partial<FamilyRow>;

// The parameters are those of https://www.freebsd.org/releases/14.5R/announce/ and 15.1R; two account ids are in use, so none is known.
// The agent of Systems Manager is installed but not enabled, which is neither true nor false.
const FREEBSD = {
  evidence: 'publisher',
  source: 'https://www.freebsd.org/releases/14.5R/announce/',
  publisher: 'FreeBSD',
  owners: {},
  architectures: AMD64_ARM64,
  userDataFormat: UserDataFormat.POSIX_SHELL,
  defaultUser: 'ec2-user',
} satisfies Partial<FamilyRow>;

// The names are those of aws-cdk-lib. The end of support is that of extended support, with which security updates end.
function windows(version: string, edition: 'Full' | 'Core') {
  const image = `Windows_Server-${version}-English-${edition}-Base`;
  return {
    ...AMAZON,
    evidence: 'publisher',
    source: 'https://github.com/aws/aws-cdk/blob/main/packages/aws-cdk-lib/aws-ec2/lib/windows-versions.ts',
    name: `Windows Server ${version}${edition === 'Core' ? ' Core' : ''}`,
    architectures: X86,
    parameterName: `/aws/service/ami-windows-latest/${image}`,
    imageName: `${image}-*`,
    osType: ec2.OperatingSystemType.WINDOWS,
    rootDeviceName: '/dev/sda1',
    defaultUser: 'Administrator',
    cfnBootstrap: true,
    ssmAgent: true,
  } satisfies FamilyRow;
}

// The parameters are as public repositories read them. The agent is preinstalled by the user guide of Systems Manager, Instance Connect by that of EC2.
function macos(name: string, release: string, architectures: FamilyRow['architectures']) {
  return {
    evidence: 'others',
    source: 'https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/macos-ami-overview.html',
    name,
    publisher: 'Amazon',
    owners: { aws: ['amazon'] },
    architectures,
    parameterName: `/aws/service/ec2-macos/${release}/{architecture}/latest/image_id`,
    defaultUser: 'ec2-user',
    ssmAgent: true,
    instanceConnect: true,
    systemd: false,
  } satisfies FamilyRow;
}

// What is installed is that of https://github.com/aws/amazon-ecs-ami (variables.pkr.hcl, CHANGELOG.md, README.md).
const ECS_OPTIMIZED = {
  ...AMAZON,
  evidence: 'data',
  source: 'https://docs.aws.amazon.com/AmazonECS/latest/developerguide/retrieve-ecs-optimized_AMI.html',
  architectures: X86_ARM64,
  rootDeviceName: '/dev/xvda',
  defaultUser: 'ec2-user',
  cfnBootstrap: false,
  ssmAgent: true,
} satisfies Partial<FamilyRow>;
// EC2 Instance Connect is installed since the release 20251002.
const ECS_OPTIMIZED_AL2023 = { ...ECS_OPTIMIZED, packageManager: 'dnf', instanceConnect: true } satisfies Partial<FamilyRow>;

// What is installed is that of https://github.com/awslabs/amazon-eks-ami. The images take shell scripts as user data, beside the NodeConfig of nodeadm.
function eks(version: string, variant: 'standard' | 'nvidia') {
  return {
    ...AMAZON,
    evidence: 'publisher',
    source: 'https://docs.aws.amazon.com/eks/latest/userguide/retrieve-ami-id.html',
    name: `EKS-optimized Amazon Linux 2023 for Kubernetes ${version}${variant === 'nvidia' ? ' (NVIDIA)' : ''}`,
    architectures: X86_ARM64,
    parameterName: `/aws/service/eks/optimized-ami/${version}/amazon-linux-2023/{architecture}/${variant}/recommended/image_id`,
    imageName: `amazon-eks-node-al2023-{architecture}-${variant}-${version}-v*`,
    rootDeviceName: '/dev/xvda',
    defaultUser: 'ec2-user',
    packageManager: 'dnf',
    cfnBootstrap: true,
    ssmAgent: true,
    instanceConnect: true,
  } satisfies FamilyRow;
}

const BOTTLEROCKET = {
  ...AMAZON,
  evidence: 'publisher',
  source: 'https://github.com/bottlerocket-os/bottlerocket/blob/develop/QUICKSTART-ECS.md',
  architectures: X86_ARM64,
  userDataFormat: UserDataFormat.TOML,
  cfnBootstrap: false,
  ssmAgent: true,
  instanceConnect: false,
} satisfies Partial<FamilyRow>;

// The parameters are as many public repositories read them. What their release notes do not tell is not known: https://docs.aws.amazon.com/dlami/latest/devguide/
function deepLearning(name: string, parameterName: string) {
  return {
    evidence: 'others',
    source: 'https://docs.aws.amazon.com/dlami/latest/devguide/find-dlami-id.html',
    name: `Deep Learning ${name}`,
    publisher: 'Amazon',
    owners: { aws: ['amazon'] },
    architectures: X86_ARM64,
    parameterName: `/aws/service/${parameterName}`,
    packageManager: 'dnf',
  } satisfies FamilyRow;
}

/** The rows of the catalog, in its order. Ends of support are those of distro-info-data for Ubuntu and Debian, else of https://endoflife.date. */
export const FAMILIES = {
  AMAZON_LINUX_2023: amazonLinux({ release: 'al2023' }),
  AMAZON_LINUX_2023_KERNEL_6_1: amazonLinux({ release: 'al2023', kernel: '6.1' }),
  AMAZON_LINUX_2023_KERNEL_6_12: amazonLinux({ release: 'al2023', kernel: '6.12' }),
  AMAZON_LINUX_2023_KERNEL_6_18: amazonLinux({ release: 'al2023', kernel: '6.18' }),
  AMAZON_LINUX_2023_MINIMAL: amazonLinux({ release: 'al2023', edition: 'minimal' }),
  AMAZON_LINUX_2023_MINIMAL_KERNEL_6_1: amazonLinux({ release: 'al2023', edition: 'minimal', kernel: '6.1' }),
  AMAZON_LINUX_2023_MINIMAL_KERNEL_6_12: amazonLinux({ release: 'al2023', edition: 'minimal', kernel: '6.12' }),
  AMAZON_LINUX_2023_MINIMAL_KERNEL_6_18: amazonLinux({ release: 'al2023', edition: 'minimal', kernel: '6.18' }),
  AMAZON_LINUX_2: amazonLinux({ release: 'amzn2', kernel: '5.10' }),
  AMAZON_LINUX_2_KERNEL_4_14: amazonLinux({ release: 'amzn2', kernel: '4.14' }),
  AMAZON_LINUX_2_MINIMAL: amazonLinux({ release: 'amzn2', edition: 'minimal', kernel: '5.10' }),
  AMAZON_LINUX_1: amazonLinux({ release: 'amzn', storages: ['gp2', 's3'] }),
  AMAZON_LINUX_1_MINIMAL: amazonLinux({ release: 'amzn', edition: 'minimal', storages: ['ebs', 's3'] }),
  UBUNTU_20_04: { ...ubuntu('server', FOCAL), endOfSupport: '2025-05-29', successor: 'UBUNTU_24_04' },
  UBUNTU_20_04_MINIMAL: { ...ubuntu('minimal', FOCAL), endOfSupport: '2025-05-29', successor: 'UBUNTU_24_04_MINIMAL' },
  UBUNTU_22_04: { ...ubuntu('server', JAMMY), endOfSupport: '2027-06-01', successor: 'UBUNTU_24_04' },
  UBUNTU_22_04_MINIMAL: { ...ubuntu('minimal', JAMMY), endOfSupport: '2027-06-01', successor: 'UBUNTU_24_04_MINIMAL' },
  UBUNTU_24_04: { ...ubuntu('server', NOBLE), endOfSupport: '2029-05-31' },
  UBUNTU_24_04_MINIMAL: { ...ubuntu('minimal', NOBLE), endOfSupport: '2029-05-31' },
  UBUNTU_26_04: { ...ubuntu('server', RESOLUTE), endOfSupport: '2031-05-29' },
  UBUNTU_26_04_MINIMAL: { ...ubuntu('minimal', RESOLUTE), endOfSupport: '2031-05-29' },
  UBUNTU_PRO_20_04: { ...ubuntu('pro', FOCAL), endOfSupport: '2030-04-23' },
  UBUNTU_PRO_22_04: { ...ubuntu('pro', JAMMY), endOfSupport: '2032-04-21' },
  UBUNTU_PRO_24_04: { ...ubuntu('pro', NOBLE), endOfSupport: '2034-04-25' },
  UBUNTU_PRO_26_04: { ...ubuntu('pro', RESOLUTE), endOfSupport: '2036-04-23' },
  DEBIAN_12: {
    ...DEBIAN,
    name: 'Debian 12',
    parameterName: '/aws/service/debian/release/12/latest/{architecture}',
    imageName: 'debian-12-{architecture}-*',
    endOfSupport: '2026-07-11',
    successor: 'DEBIAN_13',
  },
  DEBIAN_13: {
    ...DEBIAN,
    name: 'Debian 13',
    parameterName: '/aws/service/debian/release/13/latest/{architecture}',
    imageName: 'debian-13-{architecture}-*',
    endOfSupport: '2028-08-09',
  },
  RHEL_8: {
    ...RHEL,
    ...DNF_8,
    name: 'Red Hat Enterprise Linux 8',
    imageName: 'RHEL-8.10*_HVM-*-{architecture}-*-Hourly2-GP3',
    endOfSupport: '2029-05-31',
  },
  RHEL_9: { ...RHEL, name: 'Red Hat Enterprise Linux 9', imageName: 'RHEL-9.8*_HVM-*-{architecture}-*-Hourly2-GP3', endOfSupport: '2032-05-31' },
  RHEL_10: { ...RHEL, name: 'Red Hat Enterprise Linux 10', imageName: 'RHEL-10.2*_HVM-*-{architecture}-*-Hourly2-GP3', endOfSupport: '2035-05-31' },
  ROCKY_8: { ...ROCKY, ...DNF_8, name: 'Rocky Linux 8', imageName: 'Rocky-8-EC2-Base-8.*.{architecture}', endOfSupport: '2029-05-31' },
  ROCKY_9: { ...ROCKY, name: 'Rocky Linux 9', imageName: 'Rocky-9-EC2-Base-9.*.{architecture}', endOfSupport: '2032-05-31' },
  ROCKY_10: { ...ROCKY, name: 'Rocky Linux 10', imageName: 'Rocky-10-EC2-Base-10.*.{architecture}', endOfSupport: '2035-05-31' },
  ALMALINUX_8: { ...ALMALINUX, ...DNF_8, name: 'AlmaLinux 8', imageName: 'AlmaLinux OS 8.* {architecture}', endOfSupport: '2029-05-31' },
  ALMALINUX_9: { ...ALMALINUX, name: 'AlmaLinux 9', imageName: 'AlmaLinux OS 9.* {architecture}', endOfSupport: '2032-05-31' },
  ALMALINUX_10: { ...ALMALINUX, name: 'AlmaLinux 10', imageName: 'AlmaLinux OS 10.* {architecture}', endOfSupport: '2035-05-31' },
  CENTOS_STREAM_9: { ...CENTOS, name: 'CentOS Stream 9', imageName: 'CentOS Stream 9 {architecture} *', endOfSupport: '2027-05-31' },
  CENTOS_STREAM_10: { ...CENTOS, name: 'CentOS Stream 10', imageName: 'CentOS Stream 10 {architecture} *', endOfSupport: '2030-05-31' },
  FEDORA_43: {
    ...FEDORA,
    name: 'Fedora 43',
    imageName: 'Fedora-Cloud-Base-AmazonEC2.{architecture}-43-2*',
    endOfSupport: '2026-12-09',
    successor: 'FEDORA_44',
  },
  FEDORA_44: { ...FEDORA, name: 'Fedora 44', imageName: 'Fedora-Cloud-Base-AmazonEC2.{architecture}-44-2*', endOfSupport: '2027-06-02' },
  FEDORA_45: { ...FEDORA, name: 'Fedora 45', imageName: 'Fedora-Cloud-Base-AmazonEC2.{architecture}-45-2*', endOfSupport: '2027-11-24' },
  SLES_15: {
    ...SLES,
    name: 'SUSE Linux Enterprise Server 15 SP7',
    parameterName: '/aws/service/suse/sles/15-sp7/{architecture}/latest',
    imageName: 'suse-sles-15-sp7-v????????-hvm-ssd-{architecture}',
    endOfSupport: '2031-07-31',
    // The python3 of SLES 15 is 3.6: https://www.suse.com/c/incompatible-changes-ahead-for-public-cloud-sdks/
    python: { command: 'python3.11', packages: ['python311'], before: ['SUSEConnect --product "sle-module-python3/15.7/$(uname -m)"'] },
  },
  SLES_16: {
    ...SLES,
    name: 'SUSE Linux Enterprise Server 16.0',
    parameterName: '/aws/service/suse/sles/16.0/{architecture}/latest',
    imageName: 'suse-sles-16-0-v????????-hvm-ssd-{architecture}',
    endOfSupport: '2027-11-30',
    python: { command: 'python3.13', packages: ['python313'] },
  },
  NIXOS_26_05: { ...NIXOS, name: 'NixOS 26.05', imageName: 'nixos/26.05.*-{architecture}-linux', endOfSupport: '2026-12-31' },
  ALPINE_3_23: { ...ALPINE, name: 'Alpine Linux 3.23', imageName: 'alpine-3.23.*-{architecture}-uefi-cloudinit-r*', endOfSupport: '2027-11-01' },
  ALPINE_3_24: { ...ALPINE, name: 'Alpine Linux 3.24', imageName: 'alpine-3.24.*-{architecture}-uefi-cloudinit-r*', endOfSupport: '2028-06-01' },
  // How names are made and the root device: https://github.com/flatcar/mantle; what is installed: oem-ami of https://github.com/flatcar/scripts.
  // The name for x86_64 finds images for arm64 as well, which the filter on the architecture leaves out.
  FLATCAR_STABLE: {
    evidence: 'others',
    source: 'https://github.com/kubernetes/kops/blob/master/docs/operations/images.md',
    name: 'Flatcar Container Linux (stable)',
    publisher: 'Flatcar',
    owners: { aws: ['075585003325'] },
    architectures: { x86_64: '', arm64: '-arm64' },
    imageName: 'Flatcar-stable-*{architecture}-hvm',
    rootDeviceName: '/dev/xvda',
    defaultUser: 'core',
    cfnBootstrap: false,
    ssmAgent: true,
  },
  FREEBSD_14: {
    ...FREEBSD,
    name: 'FreeBSD 14.5',
    parameterName: '/aws/service/freebsd/{architecture}/base/ufs/14.5/RELEASE',
    endOfSupport: '2027-06-30',
    successor: 'FREEBSD_15',
  },
  FREEBSD_15: {
    ...FREEBSD,
    name: 'FreeBSD 15.1',
    parameterName: '/aws/service/freebsd/{architecture}/base/ufs/15.1/RELEASE',
    endOfSupport: '2027-03-31',
  },
  WINDOWS_SERVER_2016: { ...windows('2016', 'Full'), endOfSupport: '2027-01-12', successor: 'WINDOWS_SERVER_2025' },
  WINDOWS_SERVER_2016_CORE: { ...windows('2016', 'Core'), endOfSupport: '2027-01-12', successor: 'WINDOWS_SERVER_2025_CORE' },
  WINDOWS_SERVER_2019: { ...windows('2019', 'Full'), endOfSupport: '2029-01-09' },
  WINDOWS_SERVER_2019_CORE: { ...windows('2019', 'Core'), endOfSupport: '2029-01-09' },
  WINDOWS_SERVER_2022: { ...windows('2022', 'Full'), endOfSupport: '2031-10-14' },
  WINDOWS_SERVER_2022_CORE: { ...windows('2022', 'Core'), endOfSupport: '2031-10-14' },
  WINDOWS_SERVER_2025: { ...windows('2025', 'Full'), endOfSupport: '2034-11-14' },
  WINDOWS_SERVER_2025_CORE: { ...windows('2025', 'Core'), endOfSupport: '2034-11-14' },
  MACOS_SEQUOIA: macos('macOS 15 (Sequoia)', 'sequoia', { x86_64: 'x86_64_mac', arm64: 'arm64_mac' }),
  // It does not run on the Mac mini of 2018, which the x86_64 mac1 is: https://support.apple.com/en-us/122867
  MACOS_TAHOE: macos('macOS 26 (Tahoe)', 'tahoe', { arm64: 'arm64_mac' }),
  ECS_OPTIMIZED_AMAZON_LINUX_2023: {
    ...ECS_OPTIMIZED_AL2023,
    name: 'ECS-optimized Amazon Linux 2023',
    parameterName: '/aws/service/ecs/optimized-ami/amazon-linux-2023/{arm64/}recommended/image_id',
    imageName: 'al2023-ami-ecs-hvm-2023.0.*-kernel-6.1-{architecture}',
  },
  ECS_OPTIMIZED_AMAZON_LINUX_2023_GPU: {
    ...ECS_OPTIMIZED_AL2023,
    name: 'ECS-optimized Amazon Linux 2023 (GPU)',
    architectures: X86,
    parameterName: '/aws/service/ecs/optimized-ami/amazon-linux-2023/gpu/recommended/image_id',
    imageName: 'al2023-ami-ecs-gpu-hvm-2023.0.*-kernel-6.1-{architecture}-ebs',
  },
  ECS_OPTIMIZED_AMAZON_LINUX_2023_NEURON: {
    ...ECS_OPTIMIZED_AL2023,
    name: 'ECS-optimized Amazon Linux 2023 (Neuron)',
    architectures: X86,
    parameterName: '/aws/service/ecs/optimized-ami/amazon-linux-2023/neuron/recommended/image_id',
    imageName: 'al2023-ami-ecs-neuron-hvm-2023.0.*-kernel-6.1-{architecture}',
  },
  ECS_OPTIMIZED_AMAZON_LINUX_2: {
    ...ECS_OPTIMIZED,
    name: 'ECS-optimized Amazon Linux 2',
    parameterName: '/aws/service/ecs/optimized-ami/amazon-linux-2/kernel-5.10/{arm64/}recommended/image_id',
    imageName: 'amzn2-ami-ecs-kernel-5.10-hvm-2.0.*-{architecture}-ebs',
    endOfSupport: '2026-06-30',
    successor: 'ECS_OPTIMIZED_AMAZON_LINUX_2023',
    packageManager: 'yum',
    instanceConnect: false,
  },
  EKS_OPTIMIZED_1_36_AMAZON_LINUX_2023: eks('1.36', 'standard'),
  EKS_OPTIMIZED_1_36_AMAZON_LINUX_2023_NVIDIA: eks('1.36', 'nvidia'),
  EKS_OPTIMIZED_1_37_AMAZON_LINUX_2023: eks('1.37', 'standard'),
  EKS_OPTIMIZED_1_37_AMAZON_LINUX_2023_NVIDIA: eks('1.37', 'nvidia'),
  BOTTLEROCKET_ECS_2: {
    ...BOTTLEROCKET,
    name: 'Bottlerocket for ECS 2',
    parameterName: '/aws/service/bottlerocket/aws-ecs-2/{architecture}/latest/image_id',
  },
  BOTTLEROCKET_ECS_3: {
    ...BOTTLEROCKET,
    name: 'Bottlerocket for ECS 3',
    parameterName: '/aws/service/bottlerocket/aws-ecs-3/{architecture}/latest/image_id',
  },
  DEEP_LEARNING_BASE_AMAZON_LINUX_2023:
    deepLearning('Base (Amazon Linux 2023)', 'deeplearning/ami/{architecture}/base-oss-nvidia-driver-gpu-amazon-linux-2023/latest/ami-id'),
  DEEP_LEARNING_BASE_UBUNTU_24_04: {
    ...deepLearning('Base (Ubuntu 24.04)', 'deeplearning/ami/{architecture}/base-oss-nvidia-driver-gpu-ubuntu-24.04/latest/ami-id'),
    ...APT,
    ssmAgent: true,
  },
  DEEP_LEARNING_BASE_UBUNTU_26_04: {
    ...deepLearning('Base (Ubuntu 26.04)', 'deeplearning/ami/{architecture}/base-oss-nvidia-driver-gpu-ubuntu-26.04/latest/ami-id'),
    ...APT,
  },
  DEEP_LEARNING_SINGLE_CUDA_AMAZON_LINUX_2023:
    deepLearning('Base with Single CUDA (Amazon Linux 2023)', 'deeplearning/ami/{architecture}/base-with-single-cuda-amazon-linux-2023/latest/ami-id'),
  DEEP_LEARNING_SINGLE_CUDA_UBUNTU_24_04: {
    ...deepLearning('Base with Single CUDA (Ubuntu 24.04)', 'deeplearning/ami/{architecture}/base-with-single-cuda-ubuntu-24.04/latest/ami-id'),
    ...APT,
    ssmAgent: true,
  },
  DEEP_LEARNING_NEURON_AMAZON_LINUX_2023: {
    ...deepLearning('Neuron (Amazon Linux 2023)', 'neuron/dlami/multi-framework/amazon-linux-2023/latest/image_id'),
    architectures: X86,
  },
  DEEP_LEARNING_NEURON_UBUNTU_24_04: {
    ...deepLearning('Neuron (Ubuntu 24.04)', 'neuron/dlami/multi-framework/ubuntu-24.04/latest/image_id'),
    ...APT,
    architectures: X86,
  },
} satisfies { [id: string]: FamilyRow };

import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { amazonLinux } from './amazon-linux';
import { FamilyRow } from './family-row';
import { SoftwareFacts } from './software-facts';
import { RootDevice, UserDataFormat } from '../../ami-types';

// Where publishers differ: what they call x86_64 and arm64.
const X86 = { x86_64: 'x86_64' };
const X86_ARM64 = { x86_64: 'x86_64', arm64: 'arm64' };
const AMD64_ARM64 = { x86_64: 'amd64', arm64: 'arm64' };
const X86_AARCH64 = { x86_64: 'x86_64', arm64: 'aarch64' };

const { X86_64, ARM_64 } = ec2.InstanceArchitecture;
const { EBS } = RootDevice;

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
const AGENT_RPM = { ssmAgentPackage: 'linux_{architecture}/amazon-ssm-agent.rpm' };
const AGENT_DEB = { ssmAgentPackage: 'debian_{architecture}/amazon-ssm-agent.deb' };

// The images of Amazon have other account ids in some regions, the alias stands for all of them.
const AMAZON = {
  publisher: 'Amazon',
  owners: { 'aws': ['amazon'], 'aws-us-gov': ['amazon'], 'aws-cn': ['amazon'], 'aws-eusc': ['amazon'] },
};

// https://documentation.ubuntu.com/aws/aws-how-to/instances/find-ubuntu-images/
const UBUNTU_MINIMAL = {
  ...APT,
  evidence: 'publisher' as const,
  source: 'https://documentation.ubuntu.com/aws/aws-how-to/instances/find-ubuntu-images/',
  publisher: 'Canonical',
  owners: { 'aws': ['099720109477'], 'aws-us-gov': ['513442679011'], 'aws-cn': ['837727238323'] },
  architectures: AMD64_ARM64,
  rootDeviceName: '/dev/sda1',
  defaultUser: 'ubuntu',
  cfnBootstrap: false,
};
const UBUNTU = { ...UBUNTU_MINIMAL, ssmAgent: true, instanceConnect: true };

// https://wiki.debian.org/Cloud/AmazonEC2Image
const DEBIAN = {
  ...NONE_PREINSTALLED,
  ...APT,
  ...AGENT_DEB,
  evidence: 'publisher' as const,
  source: 'https://wiki.debian.org/Cloud/AmazonEC2Image',
  publisher: 'Debian',
  owners: { aws: ['136693071363'] },
  architectures: AMD64_ARM64,
  defaultUser: 'admin',
};

// https://access.redhat.com/solutions/15356 and the names of https://github.com/kubernetes/kops/blob/master/docs/operations/images.md
const RHEL = {
  ...NONE_PREINSTALLED,
  ...DNF,
  ...AGENT_RPM,
  evidence: 'others' as const,
  source: 'https://github.com/kubernetes/kops/blob/master/docs/operations/images.md',
  publisher: 'Red Hat',
  owners: { 'aws': ['309956199498'], 'aws-us-gov': ['219670896067'], 'aws-cn': ['841258680906'] },
  architectures: X86_ARM64,
  rootDeviceName: '/dev/sda1',
  defaultUser: 'ec2-user',
};

// https://github.com/kubernetes/kops/blob/master/docs/operations/images.md
const ROCKY = {
  ...NONE_PREINSTALLED,
  ...DNF,
  ...AGENT_RPM,
  evidence: 'others' as const,
  source: 'https://github.com/kubernetes/kops/blob/master/docs/operations/images.md',
  publisher: 'Rocky Enterprise Software Foundation',
  owners: { aws: ['792107900819'] },
  architectures: X86_AARCH64,
  defaultUser: 'rocky',
};

// https://wiki.almalinux.org/cloud/AWS.html; the root device and what is installed are those of https://github.com/AlmaLinux/cloud-images
const ALMALINUX = {
  ...DNF,
  evidence: 'publisher' as const,
  source: 'https://wiki.almalinux.org/cloud/AWS.html',
  publisher: 'AlmaLinux OS Foundation',
  owners: { aws: ['764336703387'] },
  architectures: X86_AARCH64,
  rootDeviceName: '/dev/sda1',
  defaultUser: 'ec2-user',
  cfnBootstrap: false,
  ssmAgent: true,
  instanceConnect: true,
};

// The names are those that test-kitchen/kitchen-ec2 searches for, there is no parameter.
const CENTOS = {
  ...NONE_PREINSTALLED,
  ...DNF,
  ...AGENT_RPM,
  evidence: 'others' as const,
  source: 'https://github.com/test-kitchen/kitchen-ec2/tree/main/lib/kitchen/driver/aws/standard_platform',
  publisher: 'CentOS',
  owners: { aws: ['125523088429'] },
  architectures: X86_AARCH64,
  defaultUser: 'ec2-user',
};

// The names are as public build scripts search for them, there is no parameter. The 2 of the date keeps prereleases out.
const FEDORA = {
  ...DNF,
  evidence: 'others' as const,
  source: 'https://github.com/test-kitchen/kitchen-ec2/tree/main/lib/kitchen/driver/aws/standard_platform',
  publisher: 'Fedora',
  owners: { aws: ['125523088429'] },
  architectures: X86_AARCH64,
  defaultUser: 'fedora',
  cfnBootstrap: false,
  instanceConnect: false,
};

// The parameters are those of aws/eks-hybrid; the names have the form of the images of SLES 12 in EC2.
const SLES = {
  evidence: 'others' as const,
  source: 'https://github.com/aws/eks-hybrid/tree/main/test/e2e/os',
  publisher: 'SUSE',
  owners: { 'aws': ['013907871322'], 'aws-cn': ['841869936221'] },
  architectures: X86_ARM64,
  rootDeviceName: '/dev/sda1',
  defaultUser: 'ec2-user',
  cfnBootstrap: false,
  instanceConnect: false,
};

// The parameters are those of https://www.freebsd.org/releases/14.5R/announce/ and 15.1R; two account ids are in use, so none is known.
// The agent of Systems Manager is installed but not enabled, which is neither true nor false.
const FREEBSD = {
  evidence: 'publisher' as const,
  source: 'https://www.freebsd.org/releases/14.5R/announce/',
  publisher: 'FreeBSD',
  owners: {},
  architectures: AMD64_ARM64,
  defaultUser: 'ec2-user',
};

// https://docs.aws.amazon.com/ec2/latest/windows-ami-reference/windows-amis.html
// The end of support is that of extended support, with which security updates end.
const WINDOWS = {
  ...AMAZON,
  evidence: 'publisher' as const,
  source: 'https://docs.aws.amazon.com/ec2/latest/windows-ami-reference/windows-amis.html',
  architectures: X86,
  osType: ec2.OperatingSystemType.WINDOWS,
  rootDeviceName: '/dev/sda1',
  defaultUser: 'Administrator',
  cfnBootstrap: true,
};

// https://docs.aws.amazon.com/AmazonECS/latest/developerguide/retrieve-ecs-optimized_AMI.html
// What they have besides is that of https://github.com/aws/amazon-ecs-ami (variables.pkr.hcl, CHANGELOG.md, README.md).
const ECS_OPTIMIZED = {
  ...AMAZON,
  evidence: 'data' as const,
  source: 'https://docs.aws.amazon.com/AmazonECS/latest/developerguide/retrieve-ecs-optimized_AMI.html',
  architectures: X86_ARM64,
  rootDeviceName: '/dev/xvda',
  defaultUser: 'ec2-user',
  cfnBootstrap: false,
  ssmAgent: true,
};

// The parameters are those of https://docs.aws.amazon.com/eks/latest/userguide/retrieve-ami-id.html, what is installed is that of
// https://github.com/awslabs/amazon-eks-ami; they take shell scripts as user data, beside the NodeConfig of nodeadm.
const EKS_OPTIMIZED = {
  ...AMAZON,
  evidence: 'publisher' as const,
  source: 'https://docs.aws.amazon.com/eks/latest/userguide/retrieve-ami-id.html',
  architectures: X86_ARM64,
  rootDeviceName: '/dev/xvda',
  defaultUser: 'ec2-user',
  packageManager: 'dnf' as const,
  cfnBootstrap: true,
  ssmAgent: true,
  instanceConnect: true,
};

// https://github.com/bottlerocket-os/bottlerocket/blob/develop/QUICKSTART-ECS.md
const BOTTLEROCKET = {
  ...AMAZON,
  evidence: 'publisher' as const,
  source: 'https://github.com/bottlerocket-os/bottlerocket/blob/develop/QUICKSTART-ECS.md',
  architectures: X86_ARM64,
  userDataFormat: UserDataFormat.TOML,
  cfnBootstrap: false,
  ssmAgent: true,
  instanceConnect: false,
};

// The parameters are as many public repositories read them; what else the images have is not known.
const DEEP_LEARNING = {
  evidence: 'others' as const,
  source: 'https://docs.aws.amazon.com/dlami/latest/devguide/find-dlami-id.html',
  publisher: 'Amazon',
  owners: { aws: ['amazon'] },
  architectures: X86_ARM64,
};

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
  UBUNTU_20_04: {
    ...UBUNTU,
    name: 'Ubuntu 20.04',
    images: [{
      rootDevice: EBS,
      parameterName: '/aws/service/canonical/ubuntu/server/20.04/stable/current/{architecture}/hvm/ebs-gp2/ami-id',
      imageName: 'ubuntu/images/hvm-ssd/ubuntu-focal-20.04-{architecture}-server-*',
    }],
    endOfSupport: '2025-05-29',
    successor: 'UBUNTU_24_04',
  },
  UBUNTU_20_04_MINIMAL: {
    ...UBUNTU_MINIMAL,
    name: 'Ubuntu 20.04 minimal',
    images: [{
      rootDevice: EBS,
      parameterName: '/aws/service/canonical/ubuntu/server-minimal/20.04/stable/current/{architecture}/hvm/ebs-gp2/ami-id',
      imageName: 'ubuntu-minimal/images/hvm-ssd/ubuntu-focal-20.04-{architecture}-minimal-*',
    }],
    endOfSupport: '2025-05-29',
    successor: 'UBUNTU_24_04_MINIMAL',
  },
  UBUNTU_22_04: {
    ...UBUNTU,
    name: 'Ubuntu 22.04',
    images: [{
      rootDevice: EBS,
      parameterName: '/aws/service/canonical/ubuntu/server/22.04/stable/current/{architecture}/hvm/ebs-gp2/ami-id',
      imageName: 'ubuntu/images/hvm-ssd/ubuntu-jammy-22.04-{architecture}-server-*',
    }],
    endOfSupport: '2027-06-01',
    successor: 'UBUNTU_24_04',
  },
  UBUNTU_22_04_MINIMAL: {
    ...UBUNTU_MINIMAL,
    name: 'Ubuntu 22.04 minimal',
    images: [{
      rootDevice: EBS,
      parameterName: '/aws/service/canonical/ubuntu/server-minimal/22.04/stable/current/{architecture}/hvm/ebs-gp2/ami-id',
      imageName: 'ubuntu-minimal/images/hvm-ssd/ubuntu-jammy-22.04-{architecture}-minimal-*',
    }],
    endOfSupport: '2027-06-01',
    successor: 'UBUNTU_24_04_MINIMAL',
  },
  UBUNTU_24_04: {
    ...UBUNTU,
    name: 'Ubuntu 24.04',
    images: [{
      rootDevice: EBS,
      parameterName: '/aws/service/canonical/ubuntu/server/24.04/stable/current/{architecture}/hvm/ebs-gp3/ami-id',
      imageName: 'ubuntu/images/hvm-ssd-gp3/ubuntu-noble-24.04-{architecture}-server-*',
    }],
    endOfSupport: '2029-05-31',
  },
  UBUNTU_24_04_MINIMAL: {
    ...UBUNTU_MINIMAL,
    name: 'Ubuntu 24.04 minimal',
    images: [{
      rootDevice: EBS,
      parameterName: '/aws/service/canonical/ubuntu/server-minimal/24.04/stable/current/{architecture}/hvm/ebs-gp3/ami-id',
      imageName: 'ubuntu-minimal/images/hvm-ssd-gp3/ubuntu-noble-24.04-{architecture}-minimal-*',
    }],
    endOfSupport: '2029-05-31',
  },
  UBUNTU_26_04: {
    ...UBUNTU,
    name: 'Ubuntu 26.04',
    images: [{
      rootDevice: EBS,
      parameterName: '/aws/service/canonical/ubuntu/server/26.04/stable/current/{architecture}/hvm/ebs-gp3/ami-id',
      imageName: 'ubuntu/images/hvm-ssd-gp3/ubuntu-resolute-26.04-{architecture}-server-*',
    }],
    endOfSupport: '2031-05-29',
  },
  UBUNTU_26_04_MINIMAL: {
    ...UBUNTU_MINIMAL,
    name: 'Ubuntu 26.04 minimal',
    images: [{
      rootDevice: EBS,
      parameterName: '/aws/service/canonical/ubuntu/server-minimal/26.04/stable/current/{architecture}/hvm/ebs-gp3/ami-id',
      imageName: 'ubuntu-minimal/images/hvm-ssd-gp3/ubuntu-resolute-26.04-{architecture}-minimal-*',
    }],
    endOfSupport: '2031-05-29',
  },
  UBUNTU_PRO_20_04: {
    ...UBUNTU,
    name: 'Ubuntu Pro 20.04',
    images: [{
      rootDevice: EBS,
      parameterName: '/aws/service/canonical/ubuntu/pro-server/20.04/stable/current/{architecture}/hvm/ebs-gp2/ami-id',
      imageName: 'ubuntu-pro-server/images/hvm-ssd/ubuntu-focal-20.04-{architecture}-pro-server-*',
    }],
    endOfSupport: '2030-04-23',
  },
  UBUNTU_PRO_22_04: {
    ...UBUNTU,
    name: 'Ubuntu Pro 22.04',
    images: [{
      rootDevice: EBS,
      parameterName: '/aws/service/canonical/ubuntu/pro-server/22.04/stable/current/{architecture}/hvm/ebs-gp2/ami-id',
      imageName: 'ubuntu-pro-server/images/hvm-ssd/ubuntu-jammy-22.04-{architecture}-pro-server-*',
    }],
    endOfSupport: '2032-04-21',
  },
  UBUNTU_PRO_24_04: {
    ...UBUNTU,
    name: 'Ubuntu Pro 24.04',
    images: [{
      rootDevice: EBS,
      parameterName: '/aws/service/canonical/ubuntu/pro-server/24.04/stable/current/{architecture}/hvm/ebs-gp3/ami-id',
      imageName: 'ubuntu-pro-server/images/hvm-ssd-gp3/ubuntu-noble-24.04-{architecture}-pro-server-*',
    }],
    endOfSupport: '2034-04-25',
  },
  UBUNTU_PRO_26_04: {
    ...UBUNTU,
    name: 'Ubuntu Pro 26.04',
    images: [{
      rootDevice: EBS,
      parameterName: '/aws/service/canonical/ubuntu/pro-server/26.04/stable/current/{architecture}/hvm/ebs-gp3/ami-id',
      imageName: 'ubuntu-pro-server/images/hvm-ssd-gp3/ubuntu-resolute-26.04-{architecture}-pro-server-*',
    }],
    endOfSupport: '2036-04-23',
  },
  DEBIAN_12: {
    ...DEBIAN,
    name: 'Debian 12',
    images: [{
      rootDevice: EBS,
      parameterName: '/aws/service/debian/release/12/latest/{architecture}',
      imageName: 'debian-12-{architecture}-*',
    }],
    endOfSupport: '2026-07-11',
    successor: 'DEBIAN_13',
  },
  DEBIAN_13: {
    ...DEBIAN,
    name: 'Debian 13',
    images: [{
      rootDevice: EBS,
      parameterName: '/aws/service/debian/release/13/latest/{architecture}',
      imageName: 'debian-13-{architecture}-*',
    }],
    endOfSupport: '2028-08-09',
  },
  RHEL_8: {
    ...RHEL,
    ...DNF_8,
    name: 'Red Hat Enterprise Linux 8',
    images: [{
      rootDevice: EBS,
      imageName: 'RHEL-8.10*_HVM-*-{architecture}-*-Hourly2-GP3',
    }],
    endOfSupport: '2029-05-31',
  },
  RHEL_9: {
    ...RHEL,
    name: 'Red Hat Enterprise Linux 9',
    images: [{
      rootDevice: EBS,
      imageName: 'RHEL-9.8*_HVM-*-{architecture}-*-Hourly2-GP3',
    }],
    endOfSupport: '2032-05-31',
  },
  RHEL_10: {
    ...RHEL,
    name: 'Red Hat Enterprise Linux 10',
    images: [{
      rootDevice: EBS,
      imageName: 'RHEL-10.2*_HVM-*-{architecture}-*-Hourly2-GP3',
    }],
    endOfSupport: '2035-05-31',
  },
  ROCKY_8: {
    ...ROCKY,
    ...DNF_8,
    name: 'Rocky Linux 8',
    images: [{
      rootDevice: EBS,
      imageName: 'Rocky-8-EC2-Base-8.*.{architecture}',
    }],
    endOfSupport: '2029-05-31',
  },
  ROCKY_9: {
    ...ROCKY,
    name: 'Rocky Linux 9',
    images: [{
      rootDevice: EBS,
      imageName: 'Rocky-9-EC2-Base-9.*.{architecture}',
    }],
    endOfSupport: '2032-05-31',
  },
  ROCKY_10: {
    ...ROCKY,
    name: 'Rocky Linux 10',
    images: [{
      rootDevice: EBS,
      imageName: 'Rocky-10-EC2-Base-10.*.{architecture}',
    }],
    endOfSupport: '2035-05-31',
  },
  ALMALINUX_8: {
    ...ALMALINUX,
    ...DNF_8,
    name: 'AlmaLinux 8',
    images: [{
      rootDevice: EBS,
      imageName: 'AlmaLinux OS 8.* {architecture}',
    }],
    endOfSupport: '2029-05-31',
  },
  ALMALINUX_9: {
    ...ALMALINUX,
    name: 'AlmaLinux 9',
    images: [{
      rootDevice: EBS,
      imageName: 'AlmaLinux OS 9.* {architecture}',
    }],
    endOfSupport: '2032-05-31',
  },
  ALMALINUX_10: {
    ...ALMALINUX,
    name: 'AlmaLinux 10',
    images: [{
      rootDevice: EBS,
      imageName: 'AlmaLinux OS 10.* {architecture}',
    }],
    endOfSupport: '2035-05-31',
  },
  CENTOS_STREAM_9: {
    ...CENTOS,
    name: 'CentOS Stream 9',
    images: [{
      rootDevice: EBS,
      imageName: 'CentOS Stream 9 {architecture} *',
    }],
    endOfSupport: '2027-05-31',
  },
  CENTOS_STREAM_10: {
    ...CENTOS,
    name: 'CentOS Stream 10',
    images: [{
      rootDevice: EBS,
      imageName: 'CentOS Stream 10 {architecture} *',
    }],
    endOfSupport: '2030-05-31',
  },
  FEDORA_43: {
    ...FEDORA,
    name: 'Fedora 43',
    images: [{
      rootDevice: EBS,
      imageName: 'Fedora-Cloud-Base-AmazonEC2.{architecture}-43-2*',
    }],
    endOfSupport: '2026-12-09',
    successor: 'FEDORA_44',
  },
  FEDORA_44: {
    ...FEDORA,
    name: 'Fedora 44',
    images: [{
      rootDevice: EBS,
      imageName: 'Fedora-Cloud-Base-AmazonEC2.{architecture}-44-2*',
    }],
    endOfSupport: '2027-06-02',
  },
  FEDORA_45: {
    ...FEDORA,
    name: 'Fedora 45',
    images: [{
      rootDevice: EBS,
      imageName: 'Fedora-Cloud-Base-AmazonEC2.{architecture}-45-2*',
    }],
    endOfSupport: '2027-11-24',
  },
  SLES_15: {
    ...SLES,
    name: 'SUSE Linux Enterprise Server 15 SP7',
    images: [{
      rootDevice: EBS,
      parameterName: '/aws/service/suse/sles/15-sp7/{architecture}/latest',
      imageName: 'suse-sles-15-sp7-v????????-hvm-ssd-{architecture}',
    }],
    endOfSupport: '2031-07-31',
    ssmAgent: true,
    packageManager: 'zypper',
    // The python3 of SLES 15 is 3.6: https://www.suse.com/c/incompatible-changes-ahead-for-public-cloud-sdks/
    python: {
      command: 'python3.11',
      packages: ['python311'],
      before: ['SUSEConnect --product "sle-module-python3/15.7/$(uname -m)"'],
    },
  },
  SLES_16: {
    ...SLES,
    name: 'SUSE Linux Enterprise Server 16.0',
    images: [{
      rootDevice: EBS,
      parameterName: '/aws/service/suse/sles/16.0/{architecture}/latest',
      imageName: 'suse-sles-16-0-v????????-hvm-ssd-{architecture}',
    }],
    endOfSupport: '2027-11-30',
    ssmAgent: true,
    packageManager: 'zypper',
    python: { command: 'python3.13', packages: ['python313'] },
  },
  FREEBSD_14: {
    ...FREEBSD,
    name: 'FreeBSD 14.5',
    images: [{
      rootDevice: EBS,
      parameterName: '/aws/service/freebsd/{architecture}/base/ufs/14.5/RELEASE',
    }],
    endOfSupport: '2027-06-30',
    successor: 'FREEBSD_15',
  },
  FREEBSD_15: {
    ...FREEBSD,
    name: 'FreeBSD 15.1',
    images: [{
      rootDevice: EBS,
      parameterName: '/aws/service/freebsd/{architecture}/base/ufs/15.1/RELEASE',
    }],
    endOfSupport: '2027-03-31',
  },
  WINDOWS_SERVER_2016: {
    ...WINDOWS,
    name: 'Windows Server 2016',
    images: [{
      rootDevice: EBS,
      parameterName: '/aws/service/ami-windows-latest/Windows_Server-2016-English-Full-Base',
      imageName: 'Windows_Server-2016-English-Full-Base-*',
    }],
    endOfSupport: '2027-01-12',
    successor: 'WINDOWS_SERVER_2025',
    ssmAgent: true,
  },
  WINDOWS_SERVER_2016_CORE: {
    ...WINDOWS,
    name: 'Windows Server 2016 Core',
    images: [{
      rootDevice: EBS,
      parameterName: '/aws/service/ami-windows-latest/Windows_Server-2016-English-Core-Base',
      imageName: 'Windows_Server-2016-English-Core-Base-*',
    }],
    endOfSupport: '2027-01-12',
    successor: 'WINDOWS_SERVER_2025_CORE',
    ssmAgent: true,
  },
  WINDOWS_SERVER_2019: {
    ...WINDOWS,
    name: 'Windows Server 2019',
    images: [{
      rootDevice: EBS,
      parameterName: '/aws/service/ami-windows-latest/Windows_Server-2019-English-Full-Base',
      imageName: 'Windows_Server-2019-English-Full-Base-*',
    }],
    endOfSupport: '2029-01-09',
    ssmAgent: true,
  },
  WINDOWS_SERVER_2019_CORE: {
    ...WINDOWS,
    name: 'Windows Server 2019 Core',
    images: [{
      rootDevice: EBS,
      parameterName: '/aws/service/ami-windows-latest/Windows_Server-2019-English-Core-Base',
      imageName: 'Windows_Server-2019-English-Core-Base-*',
    }],
    endOfSupport: '2029-01-09',
    ssmAgent: true,
  },
  WINDOWS_SERVER_2022: {
    ...WINDOWS,
    name: 'Windows Server 2022',
    images: [{
      rootDevice: EBS,
      parameterName: '/aws/service/ami-windows-latest/Windows_Server-2022-English-Full-Base',
      imageName: 'Windows_Server-2022-English-Full-Base-*',
    }],
    endOfSupport: '2031-10-14',
    ssmAgent: true,
  },
  WINDOWS_SERVER_2022_CORE: {
    ...WINDOWS,
    name: 'Windows Server 2022 Core',
    images: [{
      rootDevice: EBS,
      parameterName: '/aws/service/ami-windows-latest/Windows_Server-2022-English-Core-Base',
      imageName: 'Windows_Server-2022-English-Core-Base-*',
    }],
    endOfSupport: '2031-10-14',
    ssmAgent: true,
  },
  WINDOWS_SERVER_2025: {
    ...WINDOWS,
    name: 'Windows Server 2025',
    images: [{
      rootDevice: EBS,
      parameterName: '/aws/service/ami-windows-latest/Windows_Server-2025-English-Full-Base',
      imageName: 'Windows_Server-2025-English-Full-Base-*',
    }],
    endOfSupport: '2034-11-14',
    ssmAgent: true,
  },
  WINDOWS_SERVER_2025_CORE: {
    ...WINDOWS,
    name: 'Windows Server 2025 Core',
    images: [{
      rootDevice: EBS,
      parameterName: '/aws/service/ami-windows-latest/Windows_Server-2025-English-Core-Base',
      imageName: 'Windows_Server-2025-English-Core-Base-*',
    }],
    endOfSupport: '2034-11-14',
    ssmAgent: true,
  },
  ECS_OPTIMIZED_AMAZON_LINUX_2023: {
    ...ECS_OPTIMIZED,
    packageManager: 'dnf',
    // Since the release 20251002.
    instanceConnect: true,
    name: 'ECS-optimized Amazon Linux 2023',
    images: [
      {
        rootDevice: EBS,
        architecture: X86_64,
        parameterName: '/aws/service/ecs/optimized-ami/amazon-linux-2023/recommended/image_id',
        imageName: 'al2023-ami-ecs-hvm-2023.0.*-kernel-6.1-{architecture}',
      },
      {
        rootDevice: EBS,
        architecture: ARM_64,
        parameterName: '/aws/service/ecs/optimized-ami/amazon-linux-2023/arm64/recommended/image_id',
        imageName: 'al2023-ami-ecs-hvm-2023.0.*-kernel-6.1-{architecture}',
      },
    ],
  },
  ECS_OPTIMIZED_AMAZON_LINUX_2023_GPU: {
    ...ECS_OPTIMIZED,
    packageManager: 'dnf',
    instanceConnect: true,
    name: 'ECS-optimized Amazon Linux 2023 (GPU)',
    architectures: X86,
    images: [{
      rootDevice: EBS,
      parameterName: '/aws/service/ecs/optimized-ami/amazon-linux-2023/gpu/recommended/image_id',
      imageName: 'al2023-ami-ecs-gpu-hvm-2023.0.*-kernel-6.1-{architecture}-ebs',
    }],
  },
  ECS_OPTIMIZED_AMAZON_LINUX_2023_NEURON: {
    ...ECS_OPTIMIZED,
    packageManager: 'dnf',
    instanceConnect: true,
    name: 'ECS-optimized Amazon Linux 2023 (Neuron)',
    architectures: X86,
    images: [{
      rootDevice: EBS,
      parameterName: '/aws/service/ecs/optimized-ami/amazon-linux-2023/neuron/recommended/image_id',
      imageName: 'al2023-ami-ecs-neuron-hvm-2023.0.*-kernel-6.1-{architecture}',
    }],
  },
  ECS_OPTIMIZED_AMAZON_LINUX_2: {
    ...ECS_OPTIMIZED,
    packageManager: 'yum',
    instanceConnect: false,
    endOfSupport: '2026-06-30',
    name: 'ECS-optimized Amazon Linux 2',
    images: [
      {
        rootDevice: EBS,
        architecture: X86_64,
        parameterName: '/aws/service/ecs/optimized-ami/amazon-linux-2/kernel-5.10/recommended/image_id',
        imageName: 'amzn2-ami-ecs-kernel-5.10-hvm-2.0.*-{architecture}-ebs',
      },
      {
        rootDevice: EBS,
        architecture: ARM_64,
        parameterName: '/aws/service/ecs/optimized-ami/amazon-linux-2/kernel-5.10/arm64/recommended/image_id',
        imageName: 'amzn2-ami-ecs-kernel-5.10-hvm-2.0.*-{architecture}-ebs',
      },
    ],
    successor: 'ECS_OPTIMIZED_AMAZON_LINUX_2023',
  },
  EKS_OPTIMIZED_1_36_AMAZON_LINUX_2023: {
    ...EKS_OPTIMIZED,
    name: 'EKS-optimized Amazon Linux 2023 for Kubernetes 1.36',
    images: [{
      rootDevice: EBS,
      parameterName: '/aws/service/eks/optimized-ami/1.36/amazon-linux-2023/{architecture}/standard/recommended/image_id',
      imageName: 'amazon-eks-node-al2023-{architecture}-standard-1.36-v*',
    }],
  },
  EKS_OPTIMIZED_1_36_AMAZON_LINUX_2023_NVIDIA: {
    ...EKS_OPTIMIZED,
    name: 'EKS-optimized Amazon Linux 2023 for Kubernetes 1.36 (NVIDIA)',
    images: [{
      rootDevice: EBS,
      parameterName: '/aws/service/eks/optimized-ami/1.36/amazon-linux-2023/{architecture}/nvidia/recommended/image_id',
      imageName: 'amazon-eks-node-al2023-{architecture}-nvidia-1.36-v*',
    }],
  },
  EKS_OPTIMIZED_1_37_AMAZON_LINUX_2023: {
    ...EKS_OPTIMIZED,
    name: 'EKS-optimized Amazon Linux 2023 for Kubernetes 1.37',
    images: [{
      rootDevice: EBS,
      parameterName: '/aws/service/eks/optimized-ami/1.37/amazon-linux-2023/{architecture}/standard/recommended/image_id',
      imageName: 'amazon-eks-node-al2023-{architecture}-standard-1.37-v*',
    }],
  },
  EKS_OPTIMIZED_1_37_AMAZON_LINUX_2023_NVIDIA: {
    ...EKS_OPTIMIZED,
    name: 'EKS-optimized Amazon Linux 2023 for Kubernetes 1.37 (NVIDIA)',
    images: [{
      rootDevice: EBS,
      parameterName: '/aws/service/eks/optimized-ami/1.37/amazon-linux-2023/{architecture}/nvidia/recommended/image_id',
      imageName: 'amazon-eks-node-al2023-{architecture}-nvidia-1.37-v*',
    }],
  },
  BOTTLEROCKET_ECS_2: {
    ...BOTTLEROCKET,
    name: 'Bottlerocket for ECS 2',
    images: [{
      rootDevice: EBS,
      parameterName: '/aws/service/bottlerocket/aws-ecs-2/{architecture}/latest/image_id',
    }],
  },
  BOTTLEROCKET_ECS_3: {
    ...BOTTLEROCKET,
    name: 'Bottlerocket for ECS 3',
    images: [{
      rootDevice: EBS,
      parameterName: '/aws/service/bottlerocket/aws-ecs-3/{architecture}/latest/image_id',
    }],
  },
  DEEP_LEARNING_BASE_AMAZON_LINUX_2023: {
    ...DEEP_LEARNING,
    packageManager: 'dnf',
    name: 'Deep Learning Base (Amazon Linux 2023)',
    images: [{
      rootDevice: EBS,
      parameterName: '/aws/service/deeplearning/ami/{architecture}/base-oss-nvidia-driver-gpu-amazon-linux-2023/latest/ami-id',
    }],
  },
  DEEP_LEARNING_BASE_UBUNTU_24_04: {
    ...DEEP_LEARNING,
    ...APT,
    name: 'Deep Learning Base (Ubuntu 24.04)',
    images: [{
      rootDevice: EBS,
      parameterName: '/aws/service/deeplearning/ami/{architecture}/base-oss-nvidia-driver-gpu-ubuntu-24.04/latest/ami-id',
    }],
  },
  DEEP_LEARNING_BASE_UBUNTU_26_04: {
    ...DEEP_LEARNING,
    ...APT,
    name: 'Deep Learning Base (Ubuntu 26.04)',
    images: [{
      rootDevice: EBS,
      parameterName: '/aws/service/deeplearning/ami/{architecture}/base-oss-nvidia-driver-gpu-ubuntu-26.04/latest/ami-id',
    }],
  },
  DEEP_LEARNING_SINGLE_CUDA_AMAZON_LINUX_2023: {
    ...DEEP_LEARNING,
    packageManager: 'dnf',
    name: 'Deep Learning Base with Single CUDA (Amazon Linux 2023)',
    images: [{
      rootDevice: EBS,
      parameterName: '/aws/service/deeplearning/ami/{architecture}/base-with-single-cuda-amazon-linux-2023/latest/ami-id',
    }],
  },
  DEEP_LEARNING_SINGLE_CUDA_UBUNTU_24_04: {
    ...DEEP_LEARNING,
    ...APT,
    name: 'Deep Learning Base with Single CUDA (Ubuntu 24.04)',
    images: [{
      rootDevice: EBS,
      parameterName: '/aws/service/deeplearning/ami/{architecture}/base-with-single-cuda-ubuntu-24.04/latest/ami-id',
    }],
  },
  DEEP_LEARNING_NEURON_AMAZON_LINUX_2023: {
    ...DEEP_LEARNING,
    packageManager: 'dnf',
    name: 'Deep Learning Neuron (Amazon Linux 2023)',
    architectures: X86,
    images: [{
      rootDevice: EBS,
      parameterName: '/aws/service/neuron/dlami/multi-framework/amazon-linux-2023/latest/image_id',
    }],
  },
  DEEP_LEARNING_NEURON_UBUNTU_24_04: {
    ...DEEP_LEARNING,
    ...APT,
    name: 'Deep Learning Neuron (Ubuntu 24.04)',
    architectures: X86,
    images: [{
      rootDevice: EBS,
      parameterName: '/aws/service/neuron/dlami/multi-framework/ubuntu-24.04/latest/image_id',
    }],
  },
} satisfies { [id: string]: FamilyRow };

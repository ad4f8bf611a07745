import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { AmazonLinuxAmiOptions, AmiFamilyFacts, AmiFamilyVariant } from './ami-family-props';
import { RootDevice, UserDataFormat } from './ami-types';
import { isNameOfMac } from './private/ami/facts-from-name';
import { amazonLinux } from './private/catalog/amazon-linux';
import { FACTS_DATE } from './private/catalog/facts-date';
import { FAMILIES } from './private/catalog/families';
import { FamilyRow, variantsOf } from './private/catalog/family-row';
import { checkFamily } from './private/catalog/family-validation';
import { SoftwareFacts } from './private/catalog/software-facts';
import { AMAZON_LINUX, CUSTOM_FAMILY, expect } from './private/expected';
import { code, message } from './private/language';

/**
 * An operating system that the catalog does not have.
 */
export interface AmiFamilyProps extends AmiFamilyFacts {
  /**
   * Its images, one for each CPU architecture and root device.
   */
  readonly images: AmiFamilyVariant[];

  /**
   * The operating system to move to once this one is past its end of support.
   *
   * @default - none
   */
  readonly successor?: AmiFamily;
}

// Filled by the constants, in the order of the class.
const CONSTANTS: AmiFamily[] = [];

/**
 * An operating system by name: where its newest image is found, and what is known of it.
 *
 * What is not known is undefined, also whether something is installed. `endOfSupport` says until when a family is supported, and
 * docs/families.md on what its names rest.
 */
export class AmiFamily {
  /** Amazon Linux 2023 with the kernel that Amazon recommends at the time. The choice for most: all agents are installed. */
  public static readonly AMAZON_LINUX_2023 = AmiFamily.constant('AMAZON_LINUX_2023');
  /** Amazon Linux 2023 with kernel 6.1 for good, whose FIPS module is validated. `ec2.MachineImage.latestAmazonLinux2023` gives it. */
  public static readonly AMAZON_LINUX_2023_KERNEL_6_1 = AmiFamily.constant('AMAZON_LINUX_2023_KERNEL_6_1');
  /** Amazon Linux 2023 with kernel 6.12 for good. */
  public static readonly AMAZON_LINUX_2023_KERNEL_6_12 = AmiFamily.constant('AMAZON_LINUX_2023_KERNEL_6_12');
  /** Amazon Linux 2023 with kernel 6.18 for good. */
  public static readonly AMAZON_LINUX_2023_KERNEL_6_18 = AmiFamily.constant('AMAZON_LINUX_2023_KERNEL_6_18');
  /** Amazon Linux 2023, minimal, with the kernel that Amazon recommends at the time: without agents and helper scripts. */
  public static readonly AMAZON_LINUX_2023_MINIMAL = AmiFamily.constant('AMAZON_LINUX_2023_MINIMAL');
  /** Amazon Linux 2023, minimal, with kernel 6.1 for good. */
  public static readonly AMAZON_LINUX_2023_MINIMAL_KERNEL_6_1 = AmiFamily.constant('AMAZON_LINUX_2023_MINIMAL_KERNEL_6_1');
  /** Amazon Linux 2023, minimal, with kernel 6.12 for good. */
  public static readonly AMAZON_LINUX_2023_MINIMAL_KERNEL_6_12 = AmiFamily.constant('AMAZON_LINUX_2023_MINIMAL_KERNEL_6_12');
  /** Amazon Linux 2023, minimal, with kernel 6.18 for good. */
  public static readonly AMAZON_LINUX_2023_MINIMAL_KERNEL_6_18 = AmiFamily.constant('AMAZON_LINUX_2023_MINIMAL_KERNEL_6_18');

  /** Amazon Linux 2 with kernel 5.10, past its end of support. */
  public static readonly AMAZON_LINUX_2 = AmiFamily.constant('AMAZON_LINUX_2');
  /** Amazon Linux 2 with kernel 4.14, past its end of support. */
  public static readonly AMAZON_LINUX_2_KERNEL_4_14 = AmiFamily.constant('AMAZON_LINUX_2_KERNEL_4_14');
  /** Amazon Linux 2, minimal, with kernel 5.10, past its end of support. */
  public static readonly AMAZON_LINUX_2_MINIMAL = AmiFamily.constant('AMAZON_LINUX_2_MINIMAL');

  /** Amazon Linux 1, past its end of support; the last one with an instance-store root device. Newer regions lack its parameters. */
  public static readonly AMAZON_LINUX_1 = AmiFamily.constant('AMAZON_LINUX_1');
  /** Amazon Linux 1, minimal, past its end of support. */
  public static readonly AMAZON_LINUX_1_MINIMAL = AmiFamily.constant('AMAZON_LINUX_1_MINIMAL');

  /** Ubuntu 20.04 LTS, past its end of standard support. */
  public static readonly UBUNTU_20_04 = AmiFamily.constant('UBUNTU_20_04');
  /** Ubuntu 20.04 LTS, minimal, past its end of standard support. */
  public static readonly UBUNTU_20_04_MINIMAL = AmiFamily.constant('UBUNTU_20_04_MINIMAL');
  /** Ubuntu 22.04 LTS. */
  public static readonly UBUNTU_22_04 = AmiFamily.constant('UBUNTU_22_04');
  /** Ubuntu 22.04 LTS, minimal. */
  public static readonly UBUNTU_22_04_MINIMAL = AmiFamily.constant('UBUNTU_22_04_MINIMAL');
  /** Ubuntu 24.04 LTS. */
  public static readonly UBUNTU_24_04 = AmiFamily.constant('UBUNTU_24_04');
  /** Ubuntu 24.04 LTS, minimal. */
  public static readonly UBUNTU_24_04_MINIMAL = AmiFamily.constant('UBUNTU_24_04_MINIMAL');
  /** Ubuntu 26.04 LTS. */
  public static readonly UBUNTU_26_04 = AmiFamily.constant('UBUNTU_26_04');
  /** Ubuntu 26.04 LTS, minimal. */
  public static readonly UBUNTU_26_04_MINIMAL = AmiFamily.constant('UBUNTU_26_04_MINIMAL');
  /** Ubuntu Pro 20.04 LTS; billed by the hour, with the security maintenance of Pro. */
  public static readonly UBUNTU_PRO_20_04 = AmiFamily.constant('UBUNTU_PRO_20_04');
  /** Ubuntu Pro 22.04 LTS; billed by the hour, with the security maintenance of Pro. */
  public static readonly UBUNTU_PRO_22_04 = AmiFamily.constant('UBUNTU_PRO_22_04');
  /** Ubuntu Pro 24.04 LTS; billed by the hour, with the security maintenance of Pro. */
  public static readonly UBUNTU_PRO_24_04 = AmiFamily.constant('UBUNTU_PRO_24_04');
  /** Ubuntu Pro 26.04 LTS; billed by the hour, with the security maintenance of Pro. */
  public static readonly UBUNTU_PRO_26_04 = AmiFamily.constant('UBUNTU_PRO_26_04');

  /** Debian 12 (bookworm), past its end of support but for long-term support. */
  public static readonly DEBIAN_12 = AmiFamily.constant('DEBIAN_12');
  /** Debian 13 (trixie). */
  public static readonly DEBIAN_13 = AmiFamily.constant('DEBIAN_13');

  /** Red Hat Enterprise Linux 8.10; billed by the hour. */
  public static readonly RHEL_8 = AmiFamily.constant('RHEL_8');
  /** Red Hat Enterprise Linux 9.8; billed by the hour. The minor release is fixed, as the newest image may be a refresh of an older one. */
  public static readonly RHEL_9 = AmiFamily.constant('RHEL_9');
  /** Red Hat Enterprise Linux 10.2; billed by the hour. The minor release is fixed, as the newest image may be a refresh of an older one. */
  public static readonly RHEL_10 = AmiFamily.constant('RHEL_10');

  /** Rocky Linux 8. A search may find none: its last images are deprecated, and searches leave those out. */
  public static readonly ROCKY_8 = AmiFamily.constant('ROCKY_8');
  /** Rocky Linux 9, without LVM. */
  public static readonly ROCKY_9 = AmiFamily.constant('ROCKY_9');
  /** Rocky Linux 10, without LVM. */
  public static readonly ROCKY_10 = AmiFamily.constant('ROCKY_10');

  /** AlmaLinux 8. */
  public static readonly ALMALINUX_8 = AmiFamily.constant('ALMALINUX_8');
  /** AlmaLinux 9. */
  public static readonly ALMALINUX_9 = AmiFamily.constant('ALMALINUX_9');
  /** AlmaLinux 10, not its Kitten preview. */
  public static readonly ALMALINUX_10 = AmiFamily.constant('ALMALINUX_10');

  /** CentOS Stream 9. */
  public static readonly CENTOS_STREAM_9 = AmiFamily.constant('CENTOS_STREAM_9');
  /** CentOS Stream 10. */
  public static readonly CENTOS_STREAM_10 = AmiFamily.constant('CENTOS_STREAM_10');

  /** Fedora Cloud 43. */
  public static readonly FEDORA_43 = AmiFamily.constant('FEDORA_43');
  /** Fedora Cloud 44. */
  public static readonly FEDORA_44 = AmiFamily.constant('FEDORA_44');
  /** Fedora Cloud 45. */
  public static readonly FEDORA_45 = AmiFamily.constant('FEDORA_45');

  /** SUSE Linux Enterprise Server 15 SP7. */
  public static readonly SLES_15 = AmiFamily.constant('SLES_15');
  /** SUSE Linux Enterprise Server 16.0. */
  public static readonly SLES_16 = AmiFamily.constant('SLES_16');

  /** NixOS 26.05. User data is a Nix expression, or a shell script. */
  public static readonly NIXOS_26_05 = AmiFamily.constant('NIXOS_26_05');

  /** Alpine Linux 3.23 with cloud-init, without bash. It boots by UEFI, which T2 does not. */
  public static readonly ALPINE_3_23 = AmiFamily.constant('ALPINE_3_23');
  /** Alpine Linux 3.24 with cloud-init, without bash. It boots by UEFI, which T2 does not. */
  public static readonly ALPINE_3_24 = AmiFamily.constant('ALPINE_3_24');

  /** Flatcar Container Linux, stable channel. User data is an Ignition configuration, or a shell script. Images are removed after nine months. */
  public static readonly FLATCAR_STABLE = AmiFamily.constant('FLATCAR_STABLE');

  /** FreeBSD 14.5 on UFS, without sudo and bash. */
  public static readonly FREEBSD_14 = AmiFamily.constant('FREEBSD_14');
  /** FreeBSD 15.1 on UFS, without sudo and bash. */
  public static readonly FREEBSD_15 = AmiFamily.constant('FREEBSD_15');

  /** Windows Server 2016, English, full, base. */
  public static readonly WINDOWS_SERVER_2016 = AmiFamily.constant('WINDOWS_SERVER_2016');
  /** Windows Server 2016, English, core, base: without a desktop. */
  public static readonly WINDOWS_SERVER_2016_CORE = AmiFamily.constant('WINDOWS_SERVER_2016_CORE');
  /** Windows Server 2019, English, full, base. */
  public static readonly WINDOWS_SERVER_2019 = AmiFamily.constant('WINDOWS_SERVER_2019');
  /** Windows Server 2019, English, core, base: without a desktop. */
  public static readonly WINDOWS_SERVER_2019_CORE = AmiFamily.constant('WINDOWS_SERVER_2019_CORE');
  /** Windows Server 2022, English, full, base. */
  public static readonly WINDOWS_SERVER_2022 = AmiFamily.constant('WINDOWS_SERVER_2022');
  /** Windows Server 2022, English, core, base: without a desktop. */
  public static readonly WINDOWS_SERVER_2022_CORE = AmiFamily.constant('WINDOWS_SERVER_2022_CORE');
  /** Windows Server 2025, English, full, base. */
  public static readonly WINDOWS_SERVER_2025 = AmiFamily.constant('WINDOWS_SERVER_2025');
  /** Windows Server 2025, English, core, base: without a desktop. */
  public static readonly WINDOWS_SERVER_2025_CORE = AmiFamily.constant('WINDOWS_SERVER_2025_CORE');

  /** macOS 15 (Sequoia), for the types of mac1 and newer. They run on a dedicated host, which is paid for a day at least. */
  public static readonly MACOS_SEQUOIA = AmiFamily.constant('MACOS_SEQUOIA');
  /** macOS 26 (Tahoe), for the types of mac2 and newer. They run on a dedicated host, which is paid for a day at least. */
  public static readonly MACOS_TAHOE = AmiFamily.constant('MACOS_TAHOE');

  /** Amazon Linux 2023 for container instances of Amazon ECS. */
  public static readonly ECS_OPTIMIZED_AMAZON_LINUX_2023 = AmiFamily.constant('ECS_OPTIMIZED_AMAZON_LINUX_2023');
  /** Amazon Linux 2023 with the NVIDIA driver for container instances of Amazon ECS with GPUs. */
  public static readonly ECS_OPTIMIZED_AMAZON_LINUX_2023_GPU = AmiFamily.constant('ECS_OPTIMIZED_AMAZON_LINUX_2023_GPU');
  /** Amazon Linux 2023 with the Neuron driver for container instances of Amazon ECS with Inferentia or Trainium. */
  public static readonly ECS_OPTIMIZED_AMAZON_LINUX_2023_NEURON = AmiFamily.constant('ECS_OPTIMIZED_AMAZON_LINUX_2023_NEURON');
  /** Amazon Linux 2 with kernel 5.10 for container instances of Amazon ECS, past its end of support. */
  public static readonly ECS_OPTIMIZED_AMAZON_LINUX_2 = AmiFamily.constant('ECS_OPTIMIZED_AMAZON_LINUX_2');

  /** Amazon Linux 2023 for nodes of Amazon EKS with Kubernetes 1.36. It runs scripts too. */
  public static readonly EKS_OPTIMIZED_1_36_AMAZON_LINUX_2023 = AmiFamily.constant('EKS_OPTIMIZED_1_36_AMAZON_LINUX_2023');
  /** Amazon Linux 2023 for nodes of Amazon EKS with Kubernetes 1.36 and NVIDIA GPUs. It runs scripts too. */
  public static readonly EKS_OPTIMIZED_1_36_AMAZON_LINUX_2023_NVIDIA = AmiFamily.constant('EKS_OPTIMIZED_1_36_AMAZON_LINUX_2023_NVIDIA');
  /** Amazon Linux 2023 for nodes of Amazon EKS with Kubernetes 1.37. It runs scripts too. */
  public static readonly EKS_OPTIMIZED_1_37_AMAZON_LINUX_2023 = AmiFamily.constant('EKS_OPTIMIZED_1_37_AMAZON_LINUX_2023');
  /** Amazon Linux 2023 for nodes of Amazon EKS with Kubernetes 1.37 and NVIDIA GPUs. It runs scripts too. */
  public static readonly EKS_OPTIMIZED_1_37_AMAZON_LINUX_2023_NVIDIA = AmiFamily.constant('EKS_OPTIMIZED_1_37_AMAZON_LINUX_2023_NVIDIA');

  /** Bottlerocket for container instances of Amazon ECS. It has no shell: user data is TOML. */
  public static readonly BOTTLEROCKET_ECS_2 = AmiFamily.constant('BOTTLEROCKET_ECS_2');
  /** Bottlerocket for container instances of Amazon ECS, of the third generation. It has no shell: user data is TOML. */
  public static readonly BOTTLEROCKET_ECS_3 = AmiFamily.constant('BOTTLEROCKET_ECS_3');

  /** Amazon Linux 2023 with the open NVIDIA driver, for GPU instance types. */
  public static readonly DEEP_LEARNING_BASE_AMAZON_LINUX_2023 = AmiFamily.constant('DEEP_LEARNING_BASE_AMAZON_LINUX_2023');
  /** Ubuntu 24.04 with the open NVIDIA driver, for GPU instance types. */
  public static readonly DEEP_LEARNING_BASE_UBUNTU_24_04 = AmiFamily.constant('DEEP_LEARNING_BASE_UBUNTU_24_04');
  /** Ubuntu 26.04 with the open NVIDIA driver, for GPU instance types. */
  public static readonly DEEP_LEARNING_BASE_UBUNTU_26_04 = AmiFamily.constant('DEEP_LEARNING_BASE_UBUNTU_26_04');
  /** Amazon Linux 2023 with the open NVIDIA driver and one version of CUDA, for GPU instance types. */
  public static readonly DEEP_LEARNING_SINGLE_CUDA_AMAZON_LINUX_2023 = AmiFamily.constant('DEEP_LEARNING_SINGLE_CUDA_AMAZON_LINUX_2023');
  /** Ubuntu 24.04 with the open NVIDIA driver and one version of CUDA, for GPU instance types. */
  public static readonly DEEP_LEARNING_SINGLE_CUDA_UBUNTU_24_04 = AmiFamily.constant('DEEP_LEARNING_SINGLE_CUDA_UBUNTU_24_04');
  /** Amazon Linux 2023 with the frameworks of Neuron, for Inferentia and Trainium. */
  public static readonly DEEP_LEARNING_NEURON_AMAZON_LINUX_2023 = AmiFamily.constant('DEEP_LEARNING_NEURON_AMAZON_LINUX_2023');
  /** Ubuntu 24.04 with the frameworks of Neuron, for Inferentia and Trainium. */
  public static readonly DEEP_LEARNING_NEURON_UBUNTU_24_04 = AmiFamily.constant('DEEP_LEARNING_NEURON_UBUNTU_24_04');

  /**
   * An operating system that the catalog does not have.
   *
   * @param props what is known of it. An empty name, no image, an image without a name, an owner that EC2 does not have,
   * an `imageName` without owners and a date that is none throw
   */
  public static custom(props: AmiFamilyProps): AmiFamily {
    expect('AmiFamily.custom', props, CUSTOM_FAMILY, ['name', 'owners', 'images']);
    checkFamily(props);
    return new AmiFamily(message`AmiFamily.custom(${JSON.stringify(props.name)})`, props.name, props, props.images, () => props.successor);
  }

  /**
   * Amazon Linux by the words in the name of its public parameter, such as a kernel that has no constant.
   *
   * @param options the words; a combination that Amazon does not publish throws, and says which there are
   * @see https://docs.aws.amazon.com/systems-manager/latest/userguide/parameter-store-public-parameters-ami.html
   */
  public static amazonLinux(options: AmazonLinuxAmiOptions): AmiFamily {
    expect(message`AmiFamily.amazonLinux`, options, AMAZON_LINUX, ['release']);
    const row = amazonLinux({ ...options, storages: options.storage && [options.storage] });
    return AmiFamily.ofCatalog(message`AmiFamily.amazonLinux(${JSON.stringify(row.name)})`, row.name, row);
  }

  /**
   * All the constants, in the order of the catalog.
   */
  public static all(): AmiFamily[] {
    return [...CONSTANTS];
  }

  private static constant(id: keyof typeof FAMILIES): AmiFamily {
    const family = AmiFamily.ofCatalog(code(`AmiFamily.${id}`), id, FAMILIES[id]);
    CONSTANTS.push(family);
    return family;
  }

  private static ofCatalog(call: string, id: string, row: FamilyRow): AmiFamily {
    return new AmiFamily(call, id, row, variantsOf(row), () => CONSTANTS.find(each => each.id === row.successor));
  }

  /**
   * The name of the constant, such as `UBUNTU_24_04`; the name of another family.
   */
  public readonly id: string;

  /**
   * What people call the operating system, such as `Ubuntu 24.04`.
   */
  public readonly name: string;

  /**
   * Who publishes the images.
   */
  public readonly publisher: string;

  /**
   * The kind of operating system.
   */
  public readonly osType: ec2.OperatingSystemType;

  /**
   * What the images take as user data.
   */
  public readonly userDataFormat: UserDataFormat;

  /**
   * The device that the EBS images boot from. Undefined where it is not known.
   */
  public readonly rootDeviceName?: string;

  /**
   * The user to log in as. Undefined where it is not known, or where there is none.
   */
  public readonly defaultUser?: string;

  /**
   * The last day of standard support, as an ISO date. Undefined where it is not known.
   */
  public readonly endOfSupport?: string;

  /**
   * Whether the CloudFormation helper scripts (`cfn-init`, `cfn-signal`) are installed. Undefined where it is not known.
   */
  public readonly cfnBootstrap?: boolean;

  /**
   * Whether the Systems Manager agent is installed, which Session Manager needs. Undefined where it is not known.
   */
  public readonly ssmAgent?: boolean;

  /**
   * Whether EC2 Instance Connect is installed. Undefined where it is not known.
   */
  public readonly instanceConnect?: boolean;

  /**
   * @internal
   */
  public readonly _software: SoftwareFacts;

  private readonly ownersByPartition: { [partition: string]: string[] };

  private constructor(
    private readonly call: string, id: string, props: AmiFamilyFacts & SoftwareFacts,
    private readonly list: AmiFamilyVariant[], private readonly successorOf: () => AmiFamily | undefined,
  ) {
    this.id = id;
    this.name = props.name;
    this.publisher = props.publisher;
    this.osType = props.osType ?? ec2.OperatingSystemType.LINUX;
    this.userDataFormat = props.userDataFormat
      ?? (this.osType === ec2.OperatingSystemType.WINDOWS ? UserDataFormat.POWERSHELL : UserDataFormat.SHELL);
    this.rootDeviceName = props.rootDeviceName;
    this.defaultUser = props.defaultUser;
    this.endOfSupport = props.endOfSupport;
    this.cfnBootstrap = props.cfnBootstrap;
    this.ssmAgent = props.ssmAgent;
    this.instanceConnect = props.instanceConnect;
    this._software = {
      packageManager: props.packageManager,
      python: props.python,
      ssmAgentPackage: props.ssmAgentPackage,
      systemd: props.systemd,
    };
    this.ownersByPartition = props.owners;
  }

  /**
   * The operating system to move to. Undefined where there is no reason to.
   */
  public get successor(): AmiFamily | undefined {
    return this.successorOf();
  }

  /**
   * Whose images to search: account ids and aliases. Empty where they are not known.
   *
   * @param partition `aws`, `aws-us-gov`, `aws-cn` or `aws-eusc`; `aws` if left out
   */
  public owners(partition: string = 'aws'): string[] {
    return [...this.ownersByPartition[partition] ?? []];
  }

  /**
   * Every image that there is.
   */
  public variants(): AmiFamilyVariant[] {
    return this.list.map(variant => ({ ...variant }));
  }

  /**
   * The Systems Manager parameter that holds the id of the newest image. Undefined where the publisher has none.
   *
   * @param architecture x86_64 if left out, or the only one that there is
   * @param rootDevice EBS if left out. A combination that there is not throws
   */
  public parameterName(architecture?: ec2.InstanceArchitecture, rootDevice?: RootDevice): string | undefined {
    return this._variant(architecture, rootDevice).parameterName;
  }

  /**
   * The name of the images, with wildcards, to search for among those of the owners. Undefined where a search finds none.
   *
   * @param architecture x86_64 if left out, or the only one that there is
   * @param rootDevice EBS if left out. A combination that there is not throws
   */
  public imageName(architecture?: ec2.InstanceArchitecture, rootDevice?: RootDevice): string | undefined {
    return this._variant(architecture, rootDevice).imageName;
  }

  /**
   * How the family is written in an app, such as `AmiFamily.UBUNTU_24_04`.
   */
  public toString(): string {
    return this.call;
  }

  /**
   * The image of a combination; throws where there is none.
   *
   * @internal
   */
  public _variant(architecture = this.defaultArchitecture(), rootDevice = RootDevice.EBS): AmiFamilyVariant {
    const variant = this.list.find(each => each.architecture === architecture && each.rootDevice === rootDevice);
    if (variant === undefined) {
      throw new Error(`${this.call} has no ${architecture} image with an ${rootDevice} root device; `
        + `it has ${this.list.map(each => `${each.architecture} ${each.rootDevice}`).join(', ')}.`);
    }
    return variant;
  }

  /**
   * Measured against the day of the facts, never against the clock.
   *
   * @internal
   */
  public _isPastEndOfSupport(): boolean {
    return this.endOfSupport !== undefined && this.endOfSupport < FACTS_DATE;
  }

  /**
   * The warning, where the images are past their end of support.
   *
   * @internal
   */
  public _endOfSupportMessage(): string | undefined {
    return this._isPastEndOfSupport()
      ? `The standard support of ${this.name} ended on ${this.endOfSupport}: it gets no more security fixes${this.successor ? `; move to ${this.successor}` : ''}.`
      : undefined;
  }

  /**
   * Whether the images are of macOS.
   *
   * @internal
   */
  public get _isMac(): boolean {
    return this.list.some(({ parameterName, imageName }) => isNameOfMac(parameterName) || isNameOfMac(imageName));
  }

  private defaultArchitecture(): ec2.InstanceArchitecture {
    const x86 = this.list.find(each => each.architecture === ec2.InstanceArchitecture.X86_64);
    return (x86 ?? this.list[0]).architecture;
  }
}

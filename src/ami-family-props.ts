import type * as ec2 from 'aws-cdk-lib/aws-ec2';
import type { RootDevice, UserDataFormat } from './ami-types';

/**
 * What can be known of an operating system.
 */
export interface AmiFamilyFacts {
  /**
   * What people call it, such as `Ubuntu 24.04`.
   */
  readonly name: string;

  /**
   * Who publishes the images, such as `Canonical`.
   */
  readonly publisher: string;

  /**
   * Partition (`aws`, `aws-us-gov`, `aws-cn`, `aws-eusc`) → whose images to search: 12-digit account ids, `amazon`,
   * `aws-marketplace`, `aws-backup-vault` or `self`. Needed where an image has an `imageName`.
   */
  readonly owners: { [partition: string]: string[] };

  /**
   * The device that the images boot from, as `aws ec2 describe-images` prints it (`RootDeviceName`).
   *
   * @default - not known
   */
  readonly rootDeviceName?: string;

  /**
   * The kind of operating system.
   *
   * @default ec2.OperatingSystemType.LINUX
   */
  readonly osType?: ec2.OperatingSystemType;

  /**
   * What the images take as user data.
   *
   * @default - `UserDataFormat.POWERSHELL` for Windows, else `UserDataFormat.SHELL`
   */
  readonly userDataFormat?: UserDataFormat;

  /**
   * The user to log in as.
   *
   * @default - not known
   */
  readonly defaultUser?: string;

  /**
   * The last day of standard support, as an ISO date such as `2029-05-31`.
   *
   * @default - not known
   */
  readonly endOfSupport?: string;

  /**
   * Whether the CloudFormation helper scripts (`cfn-init`, `cfn-signal`) are installed.
   *
   * @default - not known
   */
  readonly cfnBootstrap?: boolean;

  /**
   * Whether the Systems Manager agent is installed, which Session Manager needs.
   *
   * @default - not known
   */
  readonly ssmAgent?: boolean;

  /**
   * Whether EC2 Instance Connect is installed.
   *
   * @default - not known
   */
  readonly instanceConnect?: boolean;
}

/**
 * One image of a family: a CPU architecture and a root device.
 */
export interface AmiFamilyVariant {
  /**
   * The CPU architecture of the image.
   */
  readonly architecture: ec2.InstanceArchitecture;

  /**
   * Where the root volume of the image lives.
   */
  readonly rootDevice: RootDevice;

  /**
   * The Systems Manager parameter that holds the id of the newest image.
   *
   * @default - the publisher has none
   */
  readonly parameterName?: string;

  /**
   * The name of the images, with the wildcards `*` and `?`.
   *
   * @default - the images cannot be searched for
   */
  readonly imageName?: string;
}

/**
 * A release of Amazon Linux that has public parameters.
 */
export enum AmazonLinuxRelease {
  /**
   * Amazon Linux 2018.03, past its end of support.
   */
  AMAZON_LINUX_1 = 'amzn',

  /**
   * Amazon Linux 2, past its end of support.
   */
  AMAZON_LINUX_2 = 'amzn2',

  /**
   * Amazon Linux 2023.
   */
  AMAZON_LINUX_2023 = 'al2023',

  /**
   * A preview, not for production: the parameters will have other names.
   *
   * Does not run on the first types of Graviton (A1), nor on C1, C3, I2, M1, M2, M3, R3 and T1.
   */
  AMAZON_LINUX_2027_PREVIEW = 'al2027-preview',
}

/**
 * The words in the name of a public parameter of Amazon Linux. A combination that there is not throws.
 */
export interface AmazonLinuxAmiOptions {
  /**
   * The release of Amazon Linux.
   */
  readonly release: AmazonLinuxRelease;

  /**
   * How much is installed. The minimal edition lacks the agents that the standard edition has.
   *
   * @default ec2.AmazonLinuxEdition.STANDARD
   */
  readonly edition?: ec2.AmazonLinuxEdition;

  /**
   * The version of the Linux kernel, such as `6.12`, or `default` for that which Amazon recommends at the time: it
   * moves to another kernel without notice.
   *
   * @default - `default` for Amazon Linux 2023 and later, no word for Amazon Linux 2, which means 4.14
   */
  readonly kernel?: string;

  /**
   * How the image is virtualized. Paravirtual images are those of Amazon Linux 1 only.
   *
   * @default ec2.AmazonLinuxVirt.HVM
   */
  readonly virtualization?: ec2.AmazonLinuxVirt;

  /**
   * The storage that the name says, where it says one. `S3` means an instance-store root device, which Amazon Linux 1
   * alone has.
   *
   * @default - the name of Amazon Linux 2023 and later says none; `GENERAL_PURPOSE` where there is one, else `EBS`
   */
  readonly storage?: ec2.AmazonLinuxStorage;
}

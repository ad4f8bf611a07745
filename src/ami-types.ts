/**
 * Where the root volume of an image lives.
 *
 * The values are those of the EC2 API (`RootDeviceType`).
 */
export enum RootDevice {
  /**
   * An EBS volume, made from a snapshot: survives a stop, can be encrypted and sized.
   *
   * Every instance type boots from EBS.
   */
  EBS = 'ebs',

  /**
   * A disk of the host, filled from Amazon S3: lost when the instance stops or fails, and the instance cannot be stopped.
   *
   * Only x86_64 images exist, and only the types of the families C1, C3, D2, I2, M1, M2, M3, R3 and X1 boot them.
   *
   * @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/creating-an-ami-instance-store.html
   */
  INSTANCE_STORE = 'instance-store',
}

/**
 * When an image that is not pinned may change.
 */
export enum AmiUpdates {
  /**
   * Every deployment may replace the instance: CloudFormation reads the parameter anew each time, also when
   * the template has not changed. `cdk diff` shows it, `cdk diff --method=template` does not.
   */
  ON_DEPLOY = 'on-deploy',

  /**
   * Nothing changes until you ask for it: the id is kept in `cdk.context.json`.
   *
   * To move on, reset the entry (`cdk context` lists the keys, `cdk context --reset KEY` forgets one), then deploy.
   * Needs a stack with a concrete account and region.
   */
  ON_REQUEST = 'on-request',

  /**
   * An instance that exists keeps its image, and one that is launched later starts the newest, without any deployment: EC2 reads the
   * parameter at each launch.
   *
   * Needs neither account nor region. What takes the id of an image only fails synth: launch configurations, Spot fleets, EC2 fleets but those
   * of type `instant`, Auto Scaling groups with instance requirements, and compute environments of AWS Batch. A parameter of your own needs the data type `aws:ec2:image`.
   *
   * @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/finding-an-ami.html#using-systems-manager-parameter-to-find-AMI
   */
  ON_LAUNCH = 'on-launch',
}

/**
 * What an image takes as user data.
 */
export enum UserDataFormat {
  /**
   * A shell script, as `ec2.UserData.forLinux()` makes it.
   */
  SHELL = 'shell',

  /**
   * A shell script that `/bin/sh` runs, as `ec2.UserData.forLinux({ shebang: '#!/bin/sh' })` makes it: the image has no bash.
   */
  POSIX_SHELL = 'posix-shell',

  /**
   * A PowerShell script, as `ec2.UserData.forWindows()` makes it.
   */
  POWERSHELL = 'powershell',

  /**
   * Settings in TOML: a shell script is not run.
   *
   * @see https://bottlerocket.dev/en/os/latest/#/api/settings/
   */
  TOML = 'toml',

  /**
   * The image takes none.
   */
  NONE = 'none',
}

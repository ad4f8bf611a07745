import type { Duration, Size } from 'aws-cdk-lib';
import type * as ec2 from 'aws-cdk-lib/aws-ec2';
import type * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import type { AutoStart } from './auto-start';
import type { AutoStop } from './auto-stop';
import type { WorkshopAccess } from './workshop-access';
import type { WorkshopBudget } from './workshop-budget';

/**
 * What can be said of any machine of a workshop; all of it has a default.
 */
export interface CommonWorkshopProps {
  /**
   * The network to start the instance in.
   *
   * The instance must reach the internet or the endpoints of Systems Manager, or nobody can connect to it.
   *
   * @default - a new VPC: one Availability Zone, one public /24 subnet named `public`, no NAT gateway
   */
  readonly vpc?: ec2.IVpc;

  /**
   * Which subnet of the VPC to start the instance in. It gets a public address where the subnet assigns one.
   *
   * @default - a public subnet, or a private one where the VPC has no public subnet
   */
  readonly vpcSubnets?: ec2.SubnetSelection;

  /**
   * The instance type. One that cannot boot the image of an `AmiSelector` fails synth; of a parameter nothing is known, which adds a warning.
   *
   * @default - t3.micro, which the AWS Free Tier covers
   */
  readonly instanceType?: ec2.InstanceType;

  /**
   * What a burstable instance type (t2, t3, t3a, t4g) does when its CPU credits are used up: `STANDARD` slows it down,
   * `UNLIMITED` goes on and is charged for the surplus. Another type throws.
   *
   * @default - `ec2.CpuCredits.STANDARD` for a burstable type, although AWS starts t3, t3a and t4g with unlimited credits;
   * as AWS has it for a type that is a parameter
   */
  readonly creditSpecification?: ec2.CpuCredits;

  /**
   * The image to start. Changing it replaces the instance.
   *
   * An `AmiSelector` without an architecture follows the instance type.
   *
   * @default - the newest Amazon Linux 2023 for the instance type, when the instance starts; one that exists keeps its image
   */
  readonly machineImage?: ec2.IMachineImage;

  /**
   * The script that the instance runs at its first boot. Changing it does not run it again.
   *
   * What is added to the instance of one seat (`fleet.instances.red.addUserData(…)`) comes after it, and reaches no other seat.
   *
   * Everyone who may describe the instance can read it: an access key, a private key or a secret in it fails synth. So do more than 16,384 bytes,
   * which count what is added for `init` and for the SSM agent: around a shell script, in a script beside `#cloud-config` and `ec2.MultipartUserData`.
   *
   * @default - the user data of the image
   */
  readonly userData?: ec2.UserData;

  /**
   * Replace the instance when its user data changes, so that the new script runs.
   *
   * @default - true with `init` and without `keepUpToDate`, else false
   */
  readonly userDataCausesReplacement?: boolean;

  /**
   * Packages, files, commands and services to set the instance up with: the stack waits until they are there, and fails if
   * one of them does. Changing it replaces the instance, unless `keepUpToDate` applies the change.
   *
   * It runs after the user data, which installs the CloudFormation helper scripts first where the image lacks them. An
   * image that they are not known to run on throws.
   *
   * @default - none
   * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-cloudformation-init.html
   */
  readonly init?: ec2.CloudFormationInit;

  /**
   * How `init` is applied, such as the config sets to run, and the `timeout` for the stack to wait.
   *
   * @default - the config set `default`, and a timeout of 15 minutes
   */
  readonly initOptions?: ec2.ApplyCloudFormationInitOptions;

  /**
   * Apply a changed `init` to the running instance, instead of replacing it: some minutes after the deployment, which
   * does not wait for it. Throws without `init`, and for an operating system without systemd.
   *
   * All of `init` is applied anew, so its commands must bear to be run again.
   *
   * @default false
   */
  readonly keepUpToDate?: boolean;

  /**
   * How often the instance looks for a changed `init`; one minute or more.
   *
   * @default Duration.minutes(5)
   */
  readonly keepUpToDateInterval?: Duration;

  /**
   * The size of the root volume, in whole GiB and at least that of the image's snapshot.
   *
   * Throws for an image with an instance-store root device, and for one whose `rootDeviceName` is not known.
   *
   * @default - the size of the image's snapshot
   */
  readonly rootVolumeSize?: Size;

  /**
   * The key that encrypts the root volume. Whoever launches or starts the instance must be allowed to use it, or EC2 terminates the instance.
   *
   * Throws for an image with an instance-store root device, and for one whose `rootDeviceName` is not known.
   *
   * @default - the key of the account for EBS
   * @see https://docs.aws.amazon.com/ebs/latest/userguide/ebs-encryption-requirements.html
   */
  readonly encryptionKey?: kms.IKey;

  /**
   * More volumes. One with the device name of the root volume takes its place, and then says its size, type and encryption, too.
   *
   * @default - the root volume alone
   */
  readonly blockDevices?: ec2.BlockDevice[];

  /**
   * The ways to get in, the first of which is `connectCommand`. One that the operating system cannot serve throws.
   *
   * @default [WorkshopAccess.sessionManager()]
   */
  readonly access?: WorkshopAccess[];

  /**
   * The role of the instance. It gets the permissions that `access` needs.
   *
   * @default - a new role
   */
  readonly role?: iam.IRole;

  /**
   * The security group of the instance.
   *
   * @default - a new one that lets everything out and nothing in
   */
  readonly securityGroup?: ec2.ISecurityGroup;

  /**
   * What stops the instance by itself; several may.
   *
   * @default - it runs until somebody stops it
   */
  readonly autoStop?: AutoStop[];

  /**
   * What starts the instance by itself; several may.
   *
   * @default - whoever wants it to run starts it
   */
  readonly autoStart?: AutoStart[];

  /**
   * Who gets a mail when the stack has cost too much in a month, some hours late. It stops nothing, and needs an activated cost allocation tag.
   *
   * It counts all of the stack, also what other constructs in it cost. It costs nothing, and whoever deploys needs `budgets:ModifyBudget` and
   * `budgets:ViewBudget`.
   *
   * @default - nobody is told
   */
  readonly budget?: WorkshopBudget;

  /**
   * Also protect what costs more: `detailedMonitoring`, `disableApiTermination`, and for a new VPC `flowLogs`, each of which can be said alone.
   *
   * @default false
   */
  readonly hardened?: boolean;

  /**
   * Measure the instance every minute in place of every five, which is charged for.
   *
   * @default - as `hardened` says
   */
  readonly detailedMonitoring?: boolean;

  /**
   * Protect the instance from termination.
   *
   * Removing it, as `cdk destroy` does, fails until `aws ec2 modify-instance-attribute --no-disable-api-termination
   * --instance-id ID` lifts the protection. A deployment that replaces the instance leaves the old one running.
   *
   * @default - as `hardened` says
   */
  readonly disableApiTermination?: boolean;

  /**
   * Record which addresses talk to the new VPC, in CloudWatch Logs, which keeps it for three months, even when the stack is gone.
   *
   * Throws with `vpc`: say `addFlowLog` there.
   *
   * @default - as `hardened` says, and not for a VPC that `vpc` brings
   */
  readonly flowLogs?: boolean;

  /**
   * How many hops an answer of the instance metadata service may take, from 1 to 64. A container on the instance needs 2.
   *
   * @default 1
   * @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/configuring-IMDS-new-instances.html
   */
  readonly httpPutResponseHopLimit?: number;

  /**
   * Whether the instance can read its own tags from the instance metadata service, and so a seat its name. The name of a tag with a space or a slash
   * fails synth then, as EC2 would refuse the launch.
   *
   * @default - true for the seats of a fleet, else false
   * @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/work-with-tags-in-IMDS.html
   */
  readonly instanceMetadataTags?: boolean;

  /**
   * Whether the instance gets a public address. Without one nobody can connect, unless the subnet has a way to Systems Manager, or to the user, of its own.
   *
   * Changing it replaces the instance. True throws for a private subnet.
   *
   * @default - as the subnet says
   */
  readonly associatePublicIpAddress?: boolean;

  /**
   * Whether the stack prints the instance id, a line to paste for each access and the page of the console, as outputs.
   *
   * CloudFormation takes 200 outputs for a stack, and an instance has three or more: switch them off for more than 60
   * instances, or use a `WorkshopFleet`, which has one for all.
   *
   * @default true
   */
  readonly outputs?: boolean;
}

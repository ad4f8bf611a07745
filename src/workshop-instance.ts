import { CfnOutput, Duration, Size } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';
import { AmiFamily } from './ami-family';
import { AmiSelector } from './ami-selector';
import { AutoStop } from './auto-stop';
import { architectureOf } from './private/ec2/instance-type';
import { consoleUrl } from './private/instance/console-url';
import { Machine } from './private/instance/machine';
import { SharedResources, sharedResources } from './private/instance/shared-resources';
import { WorkshopAccess } from './workshop-access';

const SUBNET_MASK = 24;

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
   * The instance type. One that cannot boot the image of an `AmiSelector` fails synth.
   *
   * @default - t3.micro, which the AWS Free Tier covers
   */
  readonly instanceType?: ec2.InstanceType;

  /**
   * What a burstable instance type (t2, t3, t3a, t4g) does when its CPU credits are used up: `STANDARD` slows it down,
   * `UNLIMITED` goes on and is charged for the surplus. Another type throws.
   *
   * @default - `ec2.CpuCredits.STANDARD` for a burstable type, although AWS starts t3, t3a and t4g with unlimited credits
   */
  readonly creditSpecification?: ec2.CpuCredits;

  /**
   * The image to start. Changing it replaces the instance.
   *
   * An `AmiSelector` without an architecture follows the instance type.
   *
   * @default - the newest Amazon Linux 2023 (kernel 6.1) for the instance type, so that any deployment may replace the instance
   */
  readonly machineImage?: ec2.IMachineImage;

  /**
   * The script that the instance runs at its first boot. Changing it does not run it again.
   *
   * Everyone who may describe the instance can read it: an access key, a private key or a secret in it fails synth.
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
   * Whether the instance can read its own tags from the instance metadata service.
   *
   * @default false
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

/**
 * Properties of a `WorkshopInstance`; all of them have a default.
 */
export interface WorkshopInstanceProps extends CommonWorkshopProps {
  /**
   * The name of the instance, as its tag `Name`.
   *
   * @default - the path of the construct
   */
  readonly instanceName?: string;

  /**
   * The Availability Zones to choose the subnet from, such as `['eu-west-3b']`; the first subnet of the VPC in one of them is taken.
   *
   * Changing it may replace the instance. An empty list throws.
   *
   * @default - the first zone of the region, or any of the subnets of `vpc`
   */
  readonly availabilityZones?: string[];
}

/**
 * One EC2 instance in a minimal VPC: cheap enough to leave running for a workshop, reachable without an open port.
 *
 * The instance runs the newest Amazon Linux 2023, requires IMDSv2, encrypts its root volume (gp3), lets nothing in, and
 * is reached through Session Manager. No NAT gateway, no Lambda function, no asset. Works in every stack, also in one
 * without account and region.
 *
 * @example
 * new WorkshopInstance(stack, 'Workshop');
 */
export class WorkshopInstance extends Construct implements ec2.IConnectable, iam.IGrantable {
  /**
   * What instances with these properties can share.
   *
   * @internal
   */
  public static _sharedResources(
    scope: Construct, subnetMask: number, props: CommonWorkshopProps & { readonly availabilityZones?: string[] },
  ): SharedResources {
    const instanceType = props.instanceType ?? new ec2.InstanceType('t3.micro');
    const machineImage = props.machineImage ?? AmiSelector.latest(AmiFamily.AMAZON_LINUX_2023);
    const image = AmiSelector._resolve(scope, machineImage, architectureOf(instanceType.toString()));
    return sharedResources(scope, subnetMask, image, { ...props, instanceType, machineImage, access: WorkshopAccess._methods(scope, props.access) });
  }

  /**
   * The network of the instance.
   */
  public readonly vpc: ec2.IVpc;

  /**
   * The instance.
   */
  public readonly instance: ec2.Instance;

  /**
   * The role of the instance.
   */
  public readonly role: iam.IRole;

  /**
   * The security group of the instance; opens ports with `connections.allowFrom(…)`.
   */
  public readonly connections: ec2.Connections;

  /**
   * The role of the instance, to be given permissions.
   */
  public readonly grantPrincipal: iam.IPrincipal;

  /**
   * A line to paste into a terminal, or into a browser for a port: gets in by the first access.
   */
  public readonly connectCommand: string;

  /**
   * Such a line for each access, in their order.
   */
  public readonly connectCommands: string[];

  /**
   * The page of the AWS console that opens a shell, in the partition of the stack. Undefined where no access has one.
   */
  public readonly consoleUrl?: string;

  constructor(scope: Construct, id: string, props: WorkshopInstanceProps = {}) {
    super(scope, id);

    const shared = WorkshopInstance._sharedResources(this, SUBNET_MASK, props);
    const { instance, connectCommands, consolePage } = new Machine(this, shared, props);
    this.vpc = shared.vpc;
    this.role = shared.role;
    this.instance = instance;
    this.connections = instance.connections;
    this.grantPrincipal = instance.grantPrincipal;
    this.connectCommands = [...connectCommands.keys()];
    this.connectCommand = this.connectCommands[0];
    this.consoleUrl = consolePage && consoleUrl(this, consolePage);

    props.autoStop?.forEach((autoStop, i) => autoStop._bind(this, `AutoStop${i + 1}`, [instance], shared.image?.rootDevice));

    if (props.outputs ?? true) {
      new CfnOutput(this, 'InstanceId', { value: instance.instanceId, description: 'The id of the instance' });
      [...connectCommands].forEach(([value, description], i) => {
        new CfnOutput(this, `ConnectCommand${i === 0 ? '' : i + 1}`, { value, description });
      });
      if (this.consoleUrl !== undefined) {
        new CfnOutput(this, 'ConsoleUrl', { value: this.consoleUrl, description: 'Opens a shell on the instance in a browser' });
      }
    }
  }
}

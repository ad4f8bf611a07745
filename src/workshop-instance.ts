import { CfnOutput } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { AmiFamily } from './ami-family';
import { AmiSelector } from './ami-selector';
import { architectureOf } from './private/ec2/instance-type';
import { expect, MACHINE, PLACE } from './private/expected';
import { consoleUrl } from './private/instance/console-url';
import { Machine } from './private/instance/machine';
import { SharedResources, sharedResources } from './private/instance/shared-resources';
import { WorkshopAccess } from './workshop-access';
import { CommonWorkshopProps } from './workshop-props';

const SUBNET_MASK = 24;

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
    return sharedResources(scope, subnetMask, { ...props, instanceType, machineImage }, WorkshopAccess._methods(scope, props.access), image);
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
   * A line to paste into a terminal, or into a browser for a page: gets in by the first access.
   */
  public readonly connectCommand: string;

  /**
   * The lines of each access, in their order, with what comes before them, such as the line that writes the file of a new private key.
   */
  public readonly connectCommands: string[];

  /**
   * The page of the AWS console that opens a shell, in the partition of the stack. Undefined where no access has one.
   */
  public readonly consoleUrl?: string;

  constructor(scope: Construct, id: string, props: WorkshopInstanceProps = {}) {
    expect('WorkshopInstance', { scope, id }, PLACE, ['scope', 'id']);
    super(scope, id);

    expect(this.node.path, props, MACHINE);
    const shared = WorkshopInstance._sharedResources(this, SUBNET_MASK, props);
    const machine = new Machine(this, shared, props);
    Machine.check(this, [machine]);
    const { instance, lines, consolePage } = machine;
    this.vpc = shared.vpc;
    this.role = shared.role;
    this.instance = instance;
    this.connections = instance.connections;
    this.grantPrincipal = instance.grantPrincipal;
    this.connectCommands = lines.map(({ command }) => command);
    this.connectCommand = lines.find(({ isPreparation }) => !isPreparation)!.command;
    this.consoleUrl = consolePage && consoleUrl(this, consolePage);

    props.autoStop?.forEach((autoStop, i) => autoStop._bind(this, `AutoStop${i + 1}`, [instance], shared.image?.rootDevice));
    props.autoStart?.forEach((autoStart, i) => autoStart._bind(this, `AutoStart${i + 1}`, [instance], shared.image?.rootDevice));
    props.budget?._bind(this);

    if (props.outputs ?? true) {
      new CfnOutput(this, 'InstanceId', { value: instance.instanceId, description: 'The id of the instance' });
      lines.forEach(({ command, description }, i) => {
        new CfnOutput(this, `ConnectCommand${i === 0 ? '' : i + 1}`, { value: command, description });
      });
      if (this.consoleUrl !== undefined) {
        new CfnOutput(this, 'ConsoleUrl', { value: this.consoleUrl, description: 'Opens a shell on the instance in a browser' });
      }
    }
  }
}

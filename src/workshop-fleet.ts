import { Annotations, CfnOutput, Stack } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { AmiUpdates } from './ami-types';
import { expect, MACHINE, PLACE } from './private/expected';
import { Machine } from './private/instance/machine';
import { seatConstructIds, seatInits, seatNames, seatSubnets } from './private/instance/seats';
import { message } from './private/language';
import { WorkshopInstance } from './workshop-instance';
import { CommonWorkshopProps } from './workshop-props';

/** Addresses for as many instances as fit into a stack. */
const SUBNET_MASK = 22;

/**
 * Properties of a `WorkshopFleet`; those of its instances hold for all of them.
 */
export interface WorkshopFleetProps extends CommonWorkshopProps {
  /**
   * How many seats there are. They are called `seat-1`, `seat-2` and so on.
   *
   * @default - as many as `seatNames` has; one of the two is needed, and both throw
   */
  readonly seats?: number;

  /**
   * What the seats are called, such as `['red', 'green']`: 1 to 64 letters, digits and `@ + . _ -`.
   *
   * A renamed seat is another seat, with an instance of its own; the order does not matter. A name that is there twice throws.
   *
   * @default - as `seats` says
   */
  readonly seatNames?: string[];

  /**
   * The Availability Zones to spread the seats over, such as `['eu-west-3a', 'eu-west-3b']`.
   *
   * The name of a seat decides on its zone; the order of the zones does not matter. One more zone takes over its share of the seats, about a
   * third of them where there were two, and replaces their instances; the others stay. A zone that is taken out moves its own seats only.
   * `seatAvailabilityZones` keeps seats where they are.
   *
   * @default - the first zone of the region, or those of the subnets of `vpc`
   */
  readonly availabilityZones?: string[];

  /**
   * Seat → the Availability Zone that it stays in, whatever becomes of `availabilityZones`, such as `{ red: 'eu-west-3a' }`.
   *
   * A seat that there is not, and a zone without a subnet of the fleet, throw. An instance that is in another zone is replaced.
   *
   * @default - the name of each seat decides
   */
  readonly seatAvailabilityZones?: { [seat: string]: string };

  /**
   * Seat → which instance of its it is on, such as `{ red: 2 }`: a whole number from 1. Another number deletes the instance of the seat and gives it
   * another one, and leaves the other seats alone.
   *
   * Brings back a seat whose instance was terminated, which no other deployment does. A seat that there is not throws.
   *
   * @default 1
   */
  readonly seatGenerations?: { [seat: string]: number };

  /**
   * Seat → what to set its instance up with, in place of `init`; `initOptions` and `keepUpToDate` hold for it, too.
   *
   * Changing it replaces the instance of that seat, unless `keepUpToDate` applies the change, and leaves the other seats alone. With `keepUpToDate` the first
   * one of an instance that exists is not applied: say another of `seatGenerations`, too.
   *
   * It is written to the instance of that seat only, and is no place for secrets: the seats have one role, which may read it of all of them.
   * A seat that there is not throws.
   *
   * @default - `init` for all
   * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/cfn-get-metadata.html
   */
  readonly seatInit?: { [seat: string]: ec2.CloudFormationInit };
}

/**
 * An instance for everyone in a workshop, all alike: they share a VPC, a security group and a role.
 *
 * A seat that is added, removed or renamed leaves the instances of the others alone. One output lists seat, instance id and how to connect, as JSON.
 *
 * @example
 * new WorkshopFleet(stack, 'Fleet', { seats: 30 });
 */
export class WorkshopFleet extends Construct implements ec2.IConnectable, iam.IGrantable {
  /**
   * The network of the instances.
   */
  public readonly vpc: ec2.IVpc;

  /**
   * The role of the instances.
   */
  public readonly role: iam.IRole;

  /**
   * The security group of the instances; opens ports with `connections.allowFrom(…)`.
   */
  public readonly connections: ec2.Connections;

  /**
   * The role of the instances, to be given permissions.
   */
  public readonly grantPrincipal: iam.IPrincipal;

  /**
   * The names of the seats, in their order.
   */
  public readonly seatNames: string[];

  /**
   * Seat → its instance.
   */
  public readonly instances: { [seat: string]: ec2.Instance };

  private readonly machines: Map<string, Machine>;

  constructor(scope: Construct, id: string, props: WorkshopFleetProps) {
    expect('WorkshopFleet', { scope, id }, PLACE, ['scope', 'id']);
    super(scope, id);

    expect(this.node.path, props, MACHINE);
    this.seatNames = seatNames(this.node.path, props);
    const shared = WorkshopInstance._sharedResources(this, SUBNET_MASK, props);
    checkZones(this, shared.subnets, props.availabilityZones);
    this.vpc = shared.vpc;
    this.role = shared.role;
    this.connections = shared.securityGroup.connections;
    this.grantPrincipal = this.role.grantPrincipal;

    if (shared.image?.updates === AmiUpdates.ON_DEPLOY) {
      Annotations.of(this).addWarningV2('cdk-workshop-instance:imageMovesUnderData',
        `any deployment may replace all instances of the fleet, with what is on them, as ${shared.image.call} follows the newest image; leave updates out, `
        + message`or say AmiUpdates.ON_LAUNCH, so that each keeps its image.`);
    }

    const instanceProfile = new iam.InstanceProfile(this, 'InstanceProfile', { role: this.role });
    const constructIdOf = seatConstructIds(this.node.path, this.seatNames, props.seatGenerations);
    const initOf = seatInits(this.node.path, this.seatNames, props);
    const subnetOf = seatSubnets(this, this.seatNames, shared.subnets, props.seatAvailabilityZones);
    this.machines = new Map(this.seatNames.map(name => {
      const own = { ...shared, instanceProfile, subnets: [subnetOf.get(name)!] };
      const machine = new Machine(new Construct(this, constructIdOf.get(name)!), own, { ...props, ...initOf.get(name), instanceName: name }, true);
      machine.instance.instance.tags.setTag('Seat', name);
      return [name, machine];
    }));
    Machine.check(this, [...this.machines.values()]);
    this.instances = Object.fromEntries([...this.machines].map(([name, { instance }]) => [name, instance]));
    const instances = [...this.machines.values()].map(({ instance }) => instance);
    props.autoStop?.forEach((autoStop, i) => autoStop._bind(this, `AutoStop${i + 1}`, instances, shared.image?.rootDevice));
    props.autoStart?.forEach((autoStart, i) => autoStart._bind(this, `AutoStart${i + 1}`, instances, shared.image?.rootDevice));
    props.budget?._bind(this);

    if (props.outputs ?? true) {
      new CfnOutput(this, 'SeatList', {
        value: Stack.of(this).toJsonString(Object.fromEntries([...this.machines].map(([name, { instance, lines }]) =>
          [name, { instanceId: instance.instanceId, connectCommands: lines.map(({ command }) => command) }]))),
        description: 'Seat, instance id and how to connect',
      });
    }
  }

  /**
   * The lines to paste, for each access in their order, with what comes before them: into a terminal, or into a browser for a page.
   *
   * @param seat the name of a seat; another one throws
   */
  public connectCommands(seat: string): string[] {
    const machine = this.machines.get(seat);
    if (machine === undefined) {
      throw new Error(message`${this.node.path}: connectCommands has no seat ${JSON.stringify(seat)}; name one of ${this.seatNames.join(', ')}.`);
    }
    return machine.lines.map(({ command }) => command);
  }
}

function checkZones(scope: Construct, subnets: ec2.ISubnet[], availabilityZones: string[] = []): void {
  const missing = availabilityZones.filter(zone => !subnets.some(subnet => subnet.availabilityZone === zone));
  // That none of them has one is said already.
  if (missing.length > 0 && missing.length < availabilityZones.length) {
    Annotations.of(scope).addError(message`the VPC has no subnet for seats in ${missing.join(' and ')}; name other availabilityZones, or give a VPC that has one.`);
  }
}

import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { applyProfile } from './hardening';
import { Start, startOf, StartProps } from './launch-settings';
import { acknowledgeSessionManager } from './session-manager';
import type { WorkshopAccess } from '../../workshop-access';
import { checkAccess } from '../checks/reachability';
import { refuseSecrets } from '../checks/secrets';
import { keyPairOf, WayIn, waysIn } from '../way-in';

interface SurroundingsProps extends StartProps {
  readonly vpc?: ec2.IVpc;
  readonly vpcSubnets?: ec2.SubnetSelection;
  readonly availabilityZones?: string[];
  readonly access?: WorkshopAccess[];
  readonly role?: iam.IRole;
  readonly securityGroup?: ec2.ISecurityGroup;
}

/** What instances can share. */
export interface Surroundings extends Start {
  readonly vpc: ec2.IVpc;
  readonly vpcSubnets?: ec2.SubnetSelection;
  /** Those that `vpcSubnets` selects. */
  readonly subnets: ec2.ISubnet[];
  readonly securityGroup: ec2.ISecurityGroup;
  readonly role: iam.IRole;
  readonly ways: WayIn[];
  readonly keyPair?: ec2.IKeyPair;
}

/** Makes what the user does not bring, and opens the ways in. */
export function surroundings(scope: Construct, subnetMask: number, props: SurroundingsProps): Surroundings {
  const { availabilityZones } = props;
  const ways = waysIn(scope, props.access);
  const keyPair = keyPairOf(scope, ways);
  const start = startOf(scope, props);
  if (start.selector !== undefined) {
    checkAccess(scope, ways, start.selector._family?.osType ?? ec2.OperatingSystemType.LINUX, start.selector._family);
  }

  const vpc = props.vpc ?? new ec2.Vpc(scope, 'Vpc', {
    ...availabilityZones ? { availabilityZones } : { maxAzs: 1 },
    natGateways: 0,
    // The feature flag of this name brings a Lambda function.
    restrictDefaultSecurityGroup: false,
    subnetConfiguration: [{ name: 'public', subnetType: ec2.SubnetType.PUBLIC, cidrMask: subnetMask }],
  });
  applyProfile(scope, vpc, props);
  const selection = props.vpcSubnets ?? (vpc.publicSubnets.length > 0 ? { subnetType: ec2.SubnetType.PUBLIC } : undefined);
  const vpcSubnets = availabilityZones ? { ...selection, availabilityZones } : selection;
  const { subnets } = vpc.selectSubnets(vpcSubnets);
  const securityGroup = props.securityGroup ?? new ec2.SecurityGroup(scope, 'SecurityGroup', { vpc });

  const statements = ways.flatMap(way => way.statements?.() ?? []);
  statements.forEach(statement => props.role?.addToPrincipalPolicy(statement));
  const role = props.role ?? ownRole(scope, statements);

  refuseSecrets(scope);
  const made = { ...start, vpc, vpcSubnets, subnets, securityGroup, role, ways, keyPair };
  ways.forEach(way => way.open?.(made));
  return made;
}

function ownRole(scope: Construct, statements: iam.PolicyStatement[]): iam.Role {
  const assumedBy = new iam.ServicePrincipal('ec2.amazonaws.com');
  if (statements.length === 0) {
    return new iam.Role(scope, 'Role', { assumedBy });
  }
  const role = new iam.Role(scope, 'Role', { assumedBy, inlinePolicies: { SessionManager: new iam.PolicyDocument({ statements }) } });
  acknowledgeSessionManager(role);
  return role;
}

/** The surroundings of instances, and what an instance that is alone has of its own. */
export interface SharedSurroundings extends Surroundings {
  readonly instanceProfile: iam.IInstanceProfile;
}

const SHARED = Symbol('surroundings');

/** The properties of an instance in surroundings that it shares. */
export function inSurroundings<Props extends object>(shared: SharedSurroundings, props: Props): Props {
  return { ...props, [SHARED]: shared };
}

/** The surroundings that an instance shares. Undefined where it has its own. */
export function sharedSurroundings(props: object): SharedSurroundings | undefined {
  return (props as { [SHARED]?: SharedSurroundings })[SHARED];
}

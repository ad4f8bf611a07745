import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { AccessMethod, keyPairOf } from './access-method';
import { applyHardening } from './hardening';
import { LaunchProps, LaunchSettings, launchSettings } from './launch-settings';
import { acknowledgeSessionManager } from './session-manager';
import { checkAccess } from '../checks/reachability';
import { refuseSecrets } from '../checks/secrets';

interface SharedResourcesProps extends LaunchProps {
  readonly vpc?: ec2.IVpc;
  readonly vpcSubnets?: ec2.SubnetSelection;
  readonly availabilityZones?: string[];
  readonly access: AccessMethod[];
  readonly hardened?: boolean;
  readonly role?: iam.IRole;
  readonly securityGroup?: ec2.ISecurityGroup;
}

/** What instances can share. */
export interface SharedResources extends LaunchSettings {
  readonly vpc: ec2.IVpc;
  readonly vpcSubnets?: ec2.SubnetSelection;
  /** Those that `vpcSubnets` selects. */
  readonly subnets: ec2.ISubnet[];
  readonly securityGroup: ec2.ISecurityGroup;
  readonly role: iam.IRole;
  readonly access: AccessMethod[];
  readonly keyPair?: ec2.IKeyPair;
}

/** Makes what the user does not bring, and opens the ways in. */
export function sharedResources(scope: Construct, subnetMask: number, props: SharedResourcesProps): SharedResources {
  const { access, availabilityZones } = props;
  const keyPair = keyPairOf(scope, access);
  const settings = launchSettings(scope, props);
  if (settings.imageFacts !== undefined) {
    const { family } = settings.imageFacts;
    checkAccess(scope, access, family?.osType ?? ec2.OperatingSystemType.LINUX, family);
  }

  const vpc = props.vpc ?? new ec2.Vpc(scope, 'Vpc', {
    ...availabilityZones ? { availabilityZones } : { maxAzs: 1 },
    natGateways: 0,
    // The feature flag of this name brings a Lambda function.
    restrictDefaultSecurityGroup: false,
    subnetConfiguration: [{ name: 'public', subnetType: ec2.SubnetType.PUBLIC, cidrMask: subnetMask }],
  });
  applyHardening(scope, vpc, props);
  const selection = props.vpcSubnets ?? (vpc.publicSubnets.length > 0 ? { subnetType: ec2.SubnetType.PUBLIC } : undefined);
  const vpcSubnets = availabilityZones ? { ...selection, availabilityZones } : selection;
  const { subnets } = vpc.selectSubnets(vpcSubnets);
  const securityGroup = props.securityGroup ?? new ec2.SecurityGroup(scope, 'SecurityGroup', { vpc });

  const statements = access.flatMap(method => method.statements?.() ?? []);
  statements.forEach(statement => props.role?.addToPrincipalPolicy(statement));
  const role = props.role ?? ownRole(scope, statements);

  refuseSecrets(scope);
  const made = { ...settings, vpc, vpcSubnets, subnets, securityGroup, role, access, keyPair };
  access.forEach(method => method.open?.(made));
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

/** The resources that the instances of a fleet share, and what an instance that is alone has of its own. */
export interface FleetResources extends SharedResources {
  readonly instanceProfile: iam.IInstanceProfile;
}

const SHARED = Symbol('shared resources');

/** The properties of an instance on resources that it shares. */
export function onSharedResources<Props extends object>(shared: FleetResources, props: Props): Props {
  return { ...props, [SHARED]: shared };
}

/** The resources that an instance shares. Undefined where it has its own. */
export function fleetResourcesOf(props: object): FleetResources | undefined {
  return (props as { [SHARED]?: FleetResources })[SHARED];
}

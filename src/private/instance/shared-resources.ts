import { Annotations, Stack, Token } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { AccessMethod, sharedKeyPair } from './access-method';
import { hardenVpc } from './hardening';
import { PublicNetwork } from './public-network';
import { rootVolume } from './root-volume';
import { acknowledgeSessionManager, sessionManagerStatements } from './session-manager';
import type { CommonWorkshopProps } from '../../workshop-props';
import { ResolvedImage } from '../ami/resolved-image';
import { imageCompatibility } from '../checks/image-compatibility';
import { addStatements, warnOfImmutableSecurityGroup } from '../checks/immutable';
import { instanceTypeName } from '../checks/instance-type-name';
import { validateLaunches } from '../checks/launched-resources';
import { warnOfMovingImage } from '../checks/moving-image';
import { checkAccess } from '../checks/reachability';
import { noSecrets } from '../checks/secrets';
import { userDataSize } from '../checks/user-data';
import { BURSTABLE_FAMILIES } from '../ec2/instance-families';
import { isBurstable } from '../ec2/instance-type';
import { isRegion } from '../ec2/region';
import { code, message } from '../language';

interface SharedResourcesProps extends CommonWorkshopProps {
  readonly instanceType: ec2.InstanceType;
  readonly machineImage: ec2.IMachineImage;
  readonly availabilityZones?: string[];
}

/** What instances can share, and what they have alike. */
export interface SharedResources {
  readonly vpc: ec2.IVpc;
  /** Those to choose from, at least one. */
  readonly subnets: ec2.ISubnet[];
  readonly securityGroup: ec2.ISecurityGroup;
  readonly role: iam.IRole;
  /** Undefined where an instance makes one for the role. */
  readonly instanceProfile?: iam.IInstanceProfile;
  readonly access: AccessMethod[];
  /** Undefined where each instance has its own, or none. */
  readonly keyPair?: ec2.IKeyPair;
  readonly instanceType: ec2.InstanceType;
  readonly cpuCredits?: ec2.CpuCredits;
  readonly machineImage: ec2.IMachineImage;
  /** The image, where it is that of an AmiSelector. */
  readonly image?: ResolvedImage;
  /** Undefined where it is as the image has it. */
  readonly rootVolume?: ec2.CfnInstance.BlockDeviceMappingProperty;
}

/** Makes what the user does not bring, and opens the ways in. */
export function sharedResources(
  scope: Construct, subnetMask: number, props: SharedResourcesProps, access: AccessMethod[], image?: ResolvedImage,
): SharedResources {
  const { availabilityZones, instanceType } = props;
  if (Token.isUnresolved(availabilityZones)) {
    throw new Error(message`${scope.node.path}: availabilityZones is a list that only the deployment knows; write names such as "eu-west-3a", or leave it out.`);
  }
  if (availabilityZones?.length === 0) {
    throw new Error(message`${scope.node.path}: availabilityZones is empty; write names such as "eu-west-3a", or leave it out.`);
  }
  const [first, ...others] = (availabilityZones ?? []).filter(zone => /[0-9][a-z]$/.test(zone));
  const abroad = others.find(zone => zone.slice(0, -1) !== first.slice(0, -1));
  if (abroad !== undefined) {
    throw new Error(message`${scope.node.path}: availabilityZones has ${first} and ${abroad}, which are of different regions; name zones of one.`);
  }
  const keyPair = sharedKeyPair(scope, access);
  const credits = cpuCredits(scope, instanceType.toString(), props.creditSpecification);
  if (image !== undefined) {
    checkAccess(scope, access, image.osType, image.family);
    warnOfMovingImage(scope, image);
  }
  warnOfUnknownType(scope, instanceType.toString(), credits, image);
  warnOfUnknownRegion(scope);
  validateLaunches(scope, [noSecrets, ...image ? [imageCompatibility(image)] : [userDataSize, instanceTypeName]]);

  const vpc = props.vpc ?? new PublicNetwork(scope, 'Vpc', subnetMask, availabilityZones);
  if (props.vpc === undefined) {
    hardenVpc(vpc, props);
  } else if (props.flowLogs) {
    throw new Error(message`${scope.node.path}: flowLogs is for a VPC that is made here, and vpc brings one; leave flowLogs out, and call addFlowLog on that VPC.`);
  }
  const selection = props.vpcSubnets ?? (vpc.publicSubnets.length > 0 ? { subnetType: ec2.SubnetType.PUBLIC } : undefined);
  const vpcSubnets = availabilityZones ? { ...selection, availabilityZones } : selection;
  const subnets = selectedSubnets(scope, vpc, vpcSubnets, props.associatePublicIpAddress);
  const securityGroup = props.securityGroup ?? new ec2.SecurityGroup(scope, 'SecurityGroup', { vpc });

  const openings = access.flatMap(({ call, port, peers, gateway }) =>
    port === undefined ? [] : { call, port, peers: [...peers, ...gateway ? [gateway({ vpc, subnets })] : []] });
  openings.forEach(({ call, port, peers }) => peers.forEach(peer => securityGroup.connections.allowFrom(peer, port, call)));
  warnOfImmutableSecurityGroup(scope, securityGroup, openings);

  const statements = [
    ...access.some(({ needs }) => needs.includes('ssmAgent')) ? sessionManagerStatements() : [],
    ...access.flatMap(method => method.statements?.() ?? []),
  ];
  if (props.role) {
    addStatements(scope, props.role, statements);
  }
  const role = props.role ?? ownRole(scope, statements);

  return {
    vpc,
    subnets,
    securityGroup,
    role,
    access,
    keyPair,
    instanceType,
    cpuCredits: credits,
    machineImage: image ?? props.machineImage,
    image,
    rootVolume: rootVolume(scope, props, image),
  };
}

/** As `ec2.Instance` does: a selection without a subnet is an error of synth, not of the call, as a VPC is not yet known before its first lookup. */
function selectedSubnets(scope: Construct, vpc: ec2.IVpc, selection?: ec2.SubnetSelection, needPublic = false): ec2.ISubnet[] {
  const selected = subnetsOf(scope, vpc, selection);
  const subnets = selected.length > 0 ? selected : [[...vpc.publicSubnets, ...vpc.privateSubnets, ...vpc.isolatedSubnets][0]
    ?? ec2.Subnet.fromSubnetAttributes(scope, 'DummySubnet', { subnetId: 'subnet-none', availabilityZone: 'none' })];
  if (subnets.some(({ subnetId }) => Token.isUnresolved([subnetId]))) {
    throw new Error(message`${scope.node.path}: the subnets of the VPC are a list whose length only the deployment knows; import it with one id for each subnet, `
      + message`such as Fn.importValue or Fn.select give it.`);
  }
  if (selected.length === 0) {
    Annotations.of(scope).addError(`the VPC has no subnet that ${JSON.stringify(selection)} selects; choose others.`);
  } else if (needPublic && !vpc.selectSubnets({ subnets }).hasPublic) {
    throw new Error(message`${scope.node.path}: associatePublicIpAddress gives an address of the internet, and ${subnets[0].node.path} is not a public subnet; leave it `
      + message`out, or choose public subnets with vpcSubnets.`);
  }
  return subnets;
}

/** The credits that an instance type is started with: `standard` unless asked for others, none where it has none. */
function cpuCredits(scope: Construct, instanceType: string, wanted?: ec2.CpuCredits): ec2.CpuCredits | undefined {
  const burstable = isBurstable(instanceType);
  if (wanted !== undefined && burstable === false) {
    throw new Error(message`${scope.node.path}: creditSpecification is for the burstable instance types ${BURSTABLE_FAMILIES.join(', ')}, and ${instanceType} has no `
      + message`CPU credits; leave creditSpecification out, or choose one of these types.`);
  }
  return wanted ?? (burstable ? ec2.CpuCredits.STANDARD : undefined);
}

/** What is taken for granted of an instance type that only the deployment knows. */
function warnOfUnknownType(scope: Construct, instanceType: string, credits?: ec2.CpuCredits, image?: ResolvedImage): void {
  if (!Token.isUnresolved(instanceType)) {
    return;
  }
  const taken = [
    ...image?.architectureIsAssumed
      ? [message`the image is one for ${image.architecture}, which no type of another architecture boots (say ${code('architecture')} of the image)`]
      : [],
    ...credits === undefined
      ? [message`the CPU credits are as AWS has them, unlimited for t3, t3a and t4g (say ${code('creditSpecification')} if only burstable types are passed)`]
      : [],
  ];
  if (taken.length > 0) {
    Annotations.of(scope).addWarningV2('cdk-workshop-instance:instanceTypeNotKnown',
      message`instanceType is known only at deployment, so ` + taken.join(', and ') + '.');
  }
}

/** What the CLI would tell by a host that it does not find. */
function warnOfUnknownRegion(scope: Construct): void {
  const { region } = Stack.of(scope);
  if (!Token.isUnresolved(region) && !isRegion(region)) {
    Annotations.of(scope).addWarningV2('cdk-workshop-instance:regionMisspelled',
      `${JSON.stringify(region)}, the region of the stack, is no name of a region, and nothing can be deployed to it; name one such as "eu-west-3" in the env of the stack.`);
  }
}

function ownRole(scope: Construct, statements: iam.PolicyStatement[]): iam.Role {
  const assumedBy = new iam.ServicePrincipal('ec2.amazonaws.com');
  if (statements.length === 0) {
    return new iam.Role(scope, 'Role', { assumedBy });
  }
  const role = new iam.Role(scope, 'Role', { assumedBy, inlinePolicies: { SessionManager: new iam.PolicyDocument({ statements }) } });
  acknowledgeSessionManager(role, statements);
  return role;
}

function subnetsOf(scope: Construct, vpc: ec2.IVpc, selection?: ec2.SubnetSelection): ec2.ISubnet[] {
  try {
    return vpc.selectSubnets(selection).subnets;
  } catch (error) {
    throw new Error(message`${scope.node.path}: vpcSubnets is for subnets that the VPC does not have (${(error as Error).message}); choose others, or leave vpcSubnets out.`);
  }
}

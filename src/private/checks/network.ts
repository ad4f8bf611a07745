import { Annotations, AspectPriority, Aspects, CfnResource } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { Construct } from 'constructs';
import { targetOf } from './attachments';
import { code, message } from '../language';

/** A way in, as far as the network decides on it. */
interface NetworkAccess {
  readonly call: string;
  readonly needs: string[];
  readonly peers: ec2.IPeer[];
}

/**
 * Where software comes from. S3 stands for the buckets of AWS in the region: the repositories of Amazon Linux, and the files of the SSM agent.
 *
 * https://repost.aws/knowledge-center/ec2-al1-al2-update-yum-without-internet
 * https://docs.aws.amazon.com/systems-manager/latest/userguide/ssm-agent-technical-details.html
 */
export enum DownloadSource {
  S3,
  INTERNET,
}

/** Where an instance is, and what it needs there. */
export interface NetworkNeeds {
  readonly vpc: ec2.IVpc;
  readonly subnet: ec2.ISubnet;
  readonly securityGroup: ec2.ISecurityGroup;
  /** Undefined where the subnet decides. */
  readonly associatePublicIpAddress?: boolean;
  readonly hasElasticIp: boolean;
  readonly access: NetworkAccess[];
  /** The options that install something at the first boot. */
  readonly downloads: { readonly option: string; readonly source: DownloadSource }[];
  /** Whether it gets its init from CloudFormation, which waits for its signal. */
  readonly signals: boolean;
}

/** Warns, once all of the app is there, of what keeps instances from being reached, as far as the app tells it. */
export function warnOfNetwork(scope: Construct, resource: CfnResource, needs: () => NetworkNeeds[]): void {
  // An aspect of the scope would visit all that is in it.
  Aspects.of(resource).add({
    visit: () => new Map(needs().flatMap(obstacles)).forEach((text, id) => Annotations.of(scope).addWarningV2(id, text)),
  }, { priority: AspectPriority.READONLY });
}

export function hasPublicAddress({ vpc, subnet, associatePublicIpAddress, hasElasticIp }: Omit<NetworkNeeds, 'securityGroup' | 'access' | 'downloads' | 'signals'>): boolean {
  const { mapPublicIpOnLaunch } = (subnet.node.defaultChild ?? {}) as { mapPublicIpOnLaunch?: unknown };
  return hasElasticIp || (associatePublicIpAddress ?? (kindOf(vpc, subnet) === 'public' && mapPublicIpOnLaunch !== false));
}

/** Id → why somebody may not get in, or something not out. */
function obstacles(needs: NetworkNeeds): [string, string][] {
  const { vpc, subnet, securityGroup, access, downloads, signals } = needs;
  const kind = kindOf(vpc, subnet);
  const isPublic = hasPublicAddress(needs);
  const isCutOff = kind === 'isolated' || (kind === 'public' && !isPublic);
  const agents = access.filter(method => method.needs.includes('ssmAgent'));
  const unheard = isCutOff && lacks(vpc, 'ssm', 'ssmmessages') ? agents : [];
  const unsignalled = isCutOff && signals && lacks(vpc, 'cloudformation') ? ['init'] : [];
  const withPeers = (isWanted: (cidr: string) => boolean) =>
    access.filter(({ peers }) => peers.length > 0 && peers.every(({ uniqueId }) => isWanted(uniqueId)));
  const strangers = kind === undefined || (kind === 'public' && isPublic) ? [] : withPeers(isPublicCidr);
  const neighbours = isPublic ? withPeers(isPrivateCidr) : [];
  const missed = isCutOff ? downloads.filter(({ source }) => source === DownloadSource.INTERNET || lacksS3(vpc, subnet)) : [];
  const installs = missed.map(({ option }) => option);
  const options = downloads.map(({ option }) => option);
  const withoutAddress = [...unheard, ...strangers];
  const calls = (methods: NetworkAccess[], others: string[] = []) => [...new Set([...methods.map(({ call }) => call), ...others])].map(code).join(' and ');
  const those = (methods: NetworkAccess[]) => [...new Set(methods.flatMap(({ peers }) => peers.map(({ uniqueId }) => uniqueId)))].join(', ');
  const found: [boolean, string, () => string][] = [
    [kind === 'public' && withoutAddress.length + installs.length + unsignalled.length > 0, 'cdk-workshop-instance:noPublicAddress', () =>
      message`the instance is in a public subnet and gets no public address, so that it does not reach the internet, nor the internet the instance: `
      + `${calls(withoutAddress, [...installs, ...unsignalled])} cannot work; ` + message`say associatePublicIpAddress: true, choose a subnet that gives addresses, or attach an Elastic IP address.`],
    [kind === 'isolated' && unheard.length > 0, 'cdk-workshop-instance:noSystemsManagerEndpoint', () =>
      `the subnet is isolated, and the VPC has no endpoints for Systems Manager, so that ${calls(unheard)} cannot work; `
      + message`add the interface endpoints ssm and ssmmessages with vpc.addInterfaceEndpoint, or choose a subnet with a way to the internet.`],
    [kind === 'isolated' && installs.length > 0, 'cdk-workshop-instance:noDownload', () =>
      `${calls([], installs)} must download what the image lacks, and the subnet is isolated; choose an image that has it, or a subnet with a way to the internet`
      + (missed.some(({ source }) => source === DownloadSource.INTERNET) ? '.'
        : message`, or add the gateway endpoint of S3, where it is, with vpc.addGatewayEndpoint.`)],
    [kind === 'isolated' && unsignalled.length > 0, 'cdk-workshop-instance:noCloudFormationEndpoint', () =>
      'the subnet is isolated, and the VPC has no endpoint for CloudFormation, so that init is not read and the stack waits for its signal in vain; '
      + message`add the interface endpoint cloudformation with vpc.addInterfaceEndpoint, or choose a subnet with a way to the internet.`],
    [letsNothingOut(securityGroup) && agents.length + options.length > 0, 'cdk-workshop-instance:noEgress', () =>
      `the security group lets nothing out, so that ${calls(agents, options)} cannot work; `
      + message`allow at least ec2.Port.HTTPS with addEgressRule, or leave allowAllOutbound: false out.`],
    [kind !== 'public' && strangers.length > 0, 'cdk-workshop-instance:publicPeerOfPrivateSubnet', () =>
      `${those(strangers)} on the internet cannot reach an instance in a subnet that is ${kind}, so that ${calls(strangers)} lets nobody in; `
      + 'choose a public subnet, or name the private addresses that peers have when they come by VPN or peering.'],
    [neighbours.length > 0, 'cdk-workshop-instance:privatePeerOfPublicAddress', () =>
      `the line of ${calls(neighbours)} names the public address of the instance, which nobody reaches from a private address such as ${those(neighbours)}; `
      + 'name the public addresses that peers have on the internet, or have them connect to the private address of the instance.'],
  ];
  return found.filter(([is]) => is).map(([, id, text]) => [id, text()]);
}

/** Undefined where the app does not say it. */
function kindOf(vpc: ec2.IVpc, { subnetId }: ec2.ISubnet): 'public' | 'private' | 'isolated' | undefined {
  const has = (subnets: ec2.ISubnet[]) => subnets.some(subnet => subnet.subnetId === subnetId);
  return has(vpc.publicSubnets) ? 'public' : has(vpc.privateSubnets) ? 'private' : has(vpc.isolatedSubnets) ? 'isolated' : undefined;
}

/** Whether a VPC of the app has no endpoint for one of the services; what an imported one has is not known. */
function lacks(vpc: ec2.IVpc, ...services: string[]): boolean {
  return vpc.node.defaultChild !== undefined && services.some(service => endpointsOf(vpc, service).length === 0);
}

/** The same of S3, which a gateway endpoint brings to the subnets of its route tables alone. */
function lacksS3(vpc: ec2.IVpc, { routeTable }: ec2.ISubnet): boolean {
  const reaches = ({ privateDnsEnabled, routeTableIds, stack }: ec2.CfnVPCEndpoint) => privateDnsEnabled === true
    || JSON.stringify(stack.resolve(routeTableIds) ?? []).includes(JSON.stringify(stack.resolve(routeTable.routeTableId)));
  return vpc.node.defaultChild !== undefined && !endpointsOf(vpc, 's3').some(reaches);
}

function endpointsOf(vpc: ec2.IVpc, service: string): ec2.CfnVPCEndpoint[] {
  return vpc.node.root.node.findAll().filter(CfnResource.isCfnResource)
    .filter((resource): resource is ec2.CfnVPCEndpoint => resource.cfnResourceType === ec2.CfnVPCEndpoint.CFN_RESOURCE_TYPE_NAME)
    .filter(({ vpcId, serviceName, stack }) => targetOf(vpcId) === vpc.node.defaultChild && JSON.stringify(stack.resolve(serviceName)).includes(`.${service}"`));
}

/** `ec2.SecurityGroup` writes a rule for no address where there is none. */
const NO_ADDRESS = '255.255.255.255/32';

function letsNothingOut({ node }: ec2.ISecurityGroup): boolean {
  const group = node.defaultChild as ec2.CfnSecurityGroup | undefined;
  if (group === undefined) {
    return false;
  }
  const rules: ec2.CfnSecurityGroup.EgressProperty[] = group.stack.resolve(group.securityGroupEgress) ?? [];
  return rules.every(({ cidrIp }) => cidrIp === NO_ADDRESS)
    && !node.children.some(child => CfnResource.isCfnResource(child) && child.cfnResourceType === ec2.CfnSecurityGroupEgress.CFN_RESOURCE_TYPE_NAME);
}

/** RFC 1918, RFC 6598, RFC 3927, RFC 4193 and RFC 4291. */
const PRIVATE = /^(10\.|172\.(1[6-9]|2\d|3[01])\.|192\.168\.|100\.(6[4-9]|[7-9]\d|1[01]\d|12[0-7])\.|169\.254\.|f[cd][0-9a-f]{2}:|fe[89ab][0-9a-f]:)/i;
const CIDR = /^[0-9a-f]*[.:][0-9a-f.:]*\/\d+$/i;

function isPrivateCidr(peer: string): boolean {
  return CIDR.test(peer) && PRIVATE.test(peer);
}

function isPublicCidr(peer: string): boolean {
  return CIDR.test(peer) && !PRIVATE.test(peer);
}

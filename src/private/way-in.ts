import { Token } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import type { InstanceConnectEndpointAccessOptions, PortAccessOptions, SshAccessOptions, WorkshopAccess } from '../workshop-access';
import { Fact } from './checks/reachability';
import { InstanceConnectEndpoint } from './instance/instance-connect-endpoint';
import { sessionManagerStatements } from './instance/session-manager';
import type { Surroundings } from './instance/shared-resources';

/** An instance, as the commands that connect to it need it. */
export interface Machine {
  readonly instanceId: string;
  readonly region: string;
  readonly address: string;
  readonly defaultUser: string;
}

export interface WayIn {
  /** How it is written in an app. */
  readonly call: string;
  /** What its command does. */
  readonly description: string;
  /** What the operating system must have. */
  readonly needs: Fact[];
  readonly keyPair?: ec2.IKeyPair;
  /** What the role of the instance must be allowed. */
  statements?(): iam.PolicyStatement[];
  open?(surroundings: Surroundings): void;
  command(machine: Machine): string;
  /** The page of the AWS console that opens a shell, as what follows its host. */
  consolePage?(machine: Machine): string;
}

/** The ways in, Session Manager if none is named. */
export function waysIn(scope: Construct, access?: WorkshopAccess[]): WayIn[] {
  if (access?.length === 0) {
    throw new Error(`${scope.node.path}: access is empty, so that nobody can get in; leave it out for WorkshopAccess.sessionManager().`);
  }
  return access?.map(({ _way }) => _way) ?? [sessionManager()];
}

/**
 * The one key pair that an instance takes.
 *
 * @throws where the ways in have several
 */
export function keyPairOf(scope: Construct, ways: WayIn[]): ec2.IKeyPair | undefined {
  const [first, ...others] = ways.flatMap(way => way.keyPair ?? []);
  if (others.some(({ keyPairName }) => keyPairName !== first.keyPairName)) {
    throw new Error(`${scope.node.path}: access has several key pairs, and EC2 gives an instance one; use the same key pair everywhere.`);
  }
  return first;
}

export function sessionManager(): WayIn {
  return {
    call: 'WorkshopAccess.sessionManager()',
    description: 'Opens a shell through Session Manager',
    needs: ['ssmAgent'],
    statements: sessionManagerStatements,
    command: ({ instanceId, region }) => `aws ssm start-session --target ${instanceId} --region ${region}`,
    consolePage: ({ instanceId, region }) => `systems-manager/session-manager/${instanceId}?region=${region}`,
  };
}

export function instanceConnectEndpoint({ keyPair, user }: InstanceConnectEndpointAccessOptions): WayIn {
  const call = 'WorkshopAccess.instanceConnectEndpoint()';
  return {
    call,
    description: 'Opens a shell through the EC2 Instance Connect Endpoint',
    needs: keyPair ? ['sshServer'] : ['sshServer', 'instanceConnect'],
    keyPair,
    open: ({ vpc, subnets, securityGroup }) =>
      securityGroup.connections.allowFrom(InstanceConnectEndpoint.in(vpc, subnets[0]), ec2.Port.SSH, call),
    command: ({ instanceId, region, defaultUser }) => [
      `aws ec2-instance-connect ssh --connection-type eice --instance-id ${instanceId} --os-user ${user ?? defaultUser}`,
      ...keyPair ? [`--private-key-file ${keyFile(keyPair)}`] : [],
      `--region ${region}`,
    ].join(' '),
    // The console has no private key to show.
    consolePage: keyPair ? undefined : ({ instanceId, region, defaultUser }) =>
      `ec2-instance-connect/ssh?region=${region}&connType=eice&instanceId=${instanceId}&osUser=${user ?? defaultUser}&sshPort=22`,
  };
}

export function ssh({ keyPair, user, ...options }: SshAccessOptions): WayIn {
  const call = 'WorkshopAccess.ssh()';
  checkPeers(call, options);
  return {
    call,
    description: 'Opens a shell by SSH',
    needs: ['sshServer'],
    keyPair,
    open: ({ securityGroup }) => allowFrom(securityGroup, options.allowFrom, ec2.Port.SSH, call),
    command: ({ address, defaultUser }) => `ssh -i ${keyFile(keyPair)} ${user ?? defaultUser}@${address}`,
  };
}

export function openPort(port: number, options: PortAccessOptions): WayIn {
  const call = `WorkshopAccess.port(${port})`;
  if (!Token.isUnresolved(port) && !(Number.isInteger(port) && port >= 1 && port <= 65535)) {
    throw new Error(`${call}: ${port} is not a port; write a whole number from 1 to 65535.`);
  }
  checkPeers(call, options);
  return {
    call,
    description: `The page on port ${port}`,
    needs: [],
    open: ({ securityGroup }) => allowFrom(securityGroup, options.allowFrom, ec2.Port.tcp(port), call),
    command: ({ address }) => PAGES[port]?.(address) ?? `http://${address}:${port}`,
  };
}

/** The ports that an address has by itself. */
const PAGES: Record<number, (address: string) => string> = {
  80: address => `http://${address}`,
  443: address => `https://${address}`,
};

/** The shortest prefixes of a single network: 10.0.0.0/8 and fc00::/7. */
const SHORTEST_PREFIX = { ipv4: 8, ipv6: 7 };

function checkPeers(call: string, { allowFrom: peers, allowFromAnywhere = false }: PortAccessOptions): void {
  const remedy = 'name the addresses that may connect, such as ec2.Peer.ipv4("203.0.113.7/32")';
  if (peers.length === 0) {
    throw new Error(`${call}: allowFrom is empty, so that nobody can connect; ${remedy}.`);
  }
  const open = peers.find(peer => isInternet(peer));
  if (open !== undefined && !allowFromAnywhere) {
    throw new Error(`${call}: allowFrom has ${open.uniqueId}, which lets strangers on the internet connect; ${remedy}, or say `
      + 'allowFromAnywhere: true.');
  }
}

/** Whether a peer is the internet, or a part of it such as 0.0.0.0/1. */
function isInternet({ uniqueId }: ec2.IPeer): boolean {
  const prefix = Token.isUnresolved(uniqueId) ? undefined : /^[0-9a-f.:]+\/(\d+)$/i.exec(uniqueId)?.[1];
  return prefix !== undefined && Number(prefix) < SHORTEST_PREFIX[uniqueId.includes(':') ? 'ipv6' : 'ipv4'];
}

function allowFrom(securityGroup: ec2.ISecurityGroup, peers: ec2.IPeer[], port: ec2.Port, call: string): void {
  for (const peer of peers) {
    securityGroup.connections.allowFrom(peer, port, call);
  }
}

/** The file in which EC2 hands out a private key. */
function keyFile(keyPair: ec2.IKeyPair): string {
  return `${keyPair.keyPairName}.pem`;
}

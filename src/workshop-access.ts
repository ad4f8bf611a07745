import { Token } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { Construct } from 'constructs';
import { expect, KEY_PAIR, PEERS, SECURITY_GROUP } from './private/expected';
import type { AccessMethod } from './private/instance/access-method';
import { InstanceConnectEndpoint } from './private/instance/instance-connect-endpoint';
import { sessionManagerStatements } from './private/instance/session-manager';
import { code, message } from './private/language';

/**
 * Options of `WorkshopAccess.instanceConnectEndpoint`.
 */
export interface InstanceConnectEndpointAccessOptions {
  /**
   * The security group of the endpoint that the VPC already has, which must let out port 22 to the instances. No endpoint is made then.
   *
   * @default - an endpoint for all instances of the VPC is made
   */
  readonly endpointSecurityGroup?: ec2.ISecurityGroup;

  /**
   * The key pair that the default user of the image accepts, for an operating system without EC2 Instance Connect.
   *
   * @default - EC2 Instance Connect gives each connection a key of its own; an operating system without it throws
   */
  readonly keyPair?: ec2.IKeyPair;

  /**
   * The user to log in as, in the command that is printed.
   *
   * @default - that of the family, and `ec2-user` where it is not known
   */
  readonly user?: string;
}

/**
 * Options of `WorkshopAccess.port`.
 */
export interface PortAccessOptions {
  /**
   * Who may connect, such as `[ec2.Peer.ipv4('203.0.113.7/32')]`. An empty list throws.
   *
   * The whole internet (`0.0.0.0/0`, `::/0`), or a part of it that no single network has, throws without
   * `allowFromAnywhere`.
   */
  readonly allowFrom: ec2.IPeer[];

  /**
   * Whether `allowFrom` may have the whole internet.
   *
   * @default false
   */
  readonly allowFromAnywhere?: boolean;
}

/**
 * Options of `WorkshopAccess.ssh`.
 */
export interface SshAccessOptions {
  /**
   * Who may connect, such as `[ec2.Peer.ipv4('203.0.113.7/32')]`. An empty list throws.
   *
   * The whole internet (`0.0.0.0/0`, `::/0`), or a part of it that no single network has, throws without
   * `allowFromAnywhere`.
   */
  readonly allowFrom: ec2.IPeer[];

  /**
   * Whether `allowFrom` may have the whole internet.
   *
   * @default false
   */
  readonly allowFromAnywhere?: boolean;

  /**
   * The key pair that the default user of the image accepts. Changing it replaces the instance.
   */
  readonly keyPair: ec2.IKeyPair;

  /**
   * The user to log in as, in the command that is printed.
   *
   * @default - that of the family, and `ec2-user` where it is not known
   */
  readonly user?: string;
}

/**
 * A way to get into an instance. Several can be combined.
 *
 * One that the operating system of the image cannot serve throws, and says which ones it can.
 */
export class WorkshopAccess {
  /**
   * A shell through Session Manager: opens no port, and asks IAM who may connect.
   *
   * The role of the instance gets what the SSM agent needs for it, and no more. Where the agent is not preinstalled, user
   * data installs it before anything else.
   *
   * @see https://docs.aws.amazon.com/systems-manager/latest/userguide/session-manager.html
   */
  public static sessionManager(): WorkshopAccess {
    return new WorkshopAccess(sessionManager());
  }

  /**
   * SSH through an EC2 Instance Connect Endpoint: lets only the endpoint in, and asks IAM who may connect.
   *
   * A VPC takes one endpoint, which all its instances share, and a region of an account five. An endpoint holds at most 20
   * connections at a time. It stands in the first subnet of the VPC, or in a small one of its own where the VPC is made here, so that
   * other Availability Zones for the instances never move it.
   *
   * @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/connect-with-ec2-instance-connect-endpoint.html
   */
  public static instanceConnectEndpoint(options: InstanceConnectEndpointAccessOptions = {}): WorkshopAccess {
    expect(message`WorkshopAccess.instanceConnectEndpoint`, options, { keyPair: KEY_PAIR, endpointSecurityGroup: SECURITY_GROUP });
    return new WorkshopAccess(instanceConnectEndpoint(options));
  }

  /**
   * SSH with a key pair: opens port 22 to the peers that are named.
   */
  public static ssh(options: SshAccessOptions): WorkshopAccess {
    expect(message`WorkshopAccess.ssh`, options, { keyPair: KEY_PAIR, allowFrom: PEERS }, ['keyPair', 'allowFrom']);
    return new WorkshopAccess(ssh(options));
  }

  /**
   * A port of the workshop itself, such as that of a web page: opens it to the peers that are named.
   *
   * @param port the TCP port, from 1 to 65535
   * @param options who may connect
   */
  public static port(port: number, options: PortAccessOptions): WorkshopAccess {
    expect(message`WorkshopAccess.port`, options, { allowFrom: PEERS }, ['allowFrom']);
    return new WorkshopAccess(tcpPort(port, options));
  }

  /**
   * Session Manager if none is named.
   *
   * @internal
   */
  public static _methods(scope: Construct, access: WorkshopAccess[] = [WorkshopAccess.sessionManager()]): AccessMethod[] {
    if (access.length === 0) {
      throw new Error(message`${scope.node.path}: access is empty, so that nobody can get in; leave it out for WorkshopAccess.sessionManager().`);
    }
    return access.map(({ method }) => method);
  }

  private constructor(private readonly method: AccessMethod) {}
}

function sessionManager(): AccessMethod {
  return {
    call: 'WorkshopAccess.sessionManager()',
    description: 'Opens a shell through Session Manager',
    needs: ['ssmAgent'],
    peers: [],
    statements: sessionManagerStatements,
    command: ({ instanceId, region }) => `aws ssm start-session --target ${instanceId} --region ${region}`,
    consolePage: ({ instanceId, region }) => `systems-manager/session-manager/${instanceId}?region=${region}`,
  };
}

function instanceConnectEndpoint({ endpointSecurityGroup, keyPair, user }: InstanceConnectEndpointAccessOptions): AccessMethod {
  const call = 'WorkshopAccess.instanceConnectEndpoint()';
  return {
    call,
    description: 'Opens a shell through the EC2 Instance Connect Endpoint',
    needs: keyPair ? ['sshServer'] : ['sshServer', 'instanceConnect'],
    keyPair,
    port: ec2.Port.SSH,
    peers: [],
    gateway: network => endpointSecurityGroup ?? InstanceConnectEndpoint.in(network),
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

function ssh({ keyPair, user, ...options }: SshAccessOptions): AccessMethod {
  const call = 'WorkshopAccess.ssh()';
  checkPeers(call, options);
  return {
    call,
    description: 'Opens a shell by SSH',
    needs: ['sshServer'],
    keyPair,
    port: ec2.Port.SSH,
    peers: options.allowFrom,
    command: ({ address, defaultUser }) => `ssh -i ${keyFile(keyPair)} ${user ?? defaultUser}@${address}`,
  };
}

function tcpPort(port: number, options: PortAccessOptions): AccessMethod {
  const call = `WorkshopAccess.port(${port})`;
  if (!Token.isUnresolved(port) && !(Number.isInteger(port) && port >= 1 && port <= 65535)) {
    throw new Error(`${code(call)}: ${port} is not a port; write a whole number from 1 to 65535.`);
  }
  checkPeers(call, options);
  return {
    call,
    description: `The page on port ${port}`,
    needs: [],
    port: ec2.Port.tcp(port),
    peers: options.allowFrom,
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
  const remedy = message`name the addresses that may connect, such as ec2.Peer.ipv4("203.0.113.7/32")`;
  if (peers.length === 0) {
    throw new Error(message`${code(call)}: allowFrom is empty, so that nobody can connect; ${remedy}.`);
  }
  const open = peers.find(peer => isInternet(peer));
  if (open !== undefined && !allowFromAnywhere) {
    throw new Error(message`${code(call)}: allowFrom has ${open.uniqueId}, which lets strangers on the internet connect; ${remedy}, or say `
      + message`allowFromAnywhere: true.`);
  }
}

/** Whether a peer is the internet, or a part of it such as 0.0.0.0/1. */
function isInternet({ uniqueId }: ec2.IPeer): boolean {
  const prefix = Token.isUnresolved(uniqueId) ? undefined : /^[0-9a-f.:]+\/(\d+)$/i.exec(uniqueId)?.[1];
  return prefix !== undefined && Number(prefix) < SHORTEST_PREFIX[uniqueId.includes(':') ? 'ipv6' : 'ipv4'];
}

/** The file in which EC2 hands out a private key. */
function keyFile(keyPair: ec2.IKeyPair): string {
  return `${keyPair.keyPairName}.pem`;
}

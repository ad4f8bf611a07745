import { Token } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { Construct } from 'constructs';
import { ALLOWED, expect, KEY_PAIR, SECURITY_GROUP, TEXT } from './private/expected';
import type { AccessMethod, ConnectionTarget } from './private/instance/access-method';
import { installCodeServer, passwordParameter, passwordStatements, PORT } from './private/instance/code-server';
import { InstanceConnectEndpoint } from './private/instance/instance-connect-endpoint';
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
 * Who may connect to a port.
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
 * Options of `WorkshopAccess.tcp`.
 */
export interface TcpAccessOptions extends PortAccessOptions {
  /**
   * The last of several ports in a row, such as 5910.
   *
   * @default - one port
   */
  readonly toPort?: number;
}

/**
 * Options of `WorkshopAccess.rdp`.
 */
export interface RdpAccessOptions extends PortAccessOptions {
  /**
   * The key pair that encrypts the password of the Administrator: an RSA key. Changing it replaces the instance.
   *
   * @default - a new one for each instance, whose private key is in Parameter Store
   */
  readonly keyPair?: ec2.IKeyPair;
}

/**
 * Options of `WorkshopAccess.ssh`.
 */
export interface SshAccessOptions extends PortAccessOptions {
  /**
   * The key pair that the default user of the image accepts. Changing it replaces the instance.
   *
   * Whoever has its private key gets into all instances that have it.
   *
   * @default - a new one for each instance, whose private key is in Parameter Store
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
 * Options of `WorkshopAccess.portForwarding`.
 */
export interface PortForwardingAccessOptions {
  /**
   * The port on the machine of the user.
   *
   * @default - the same as on the instance
   */
  readonly localPort?: number;
}

/**
 * Options of `WorkshopAccess.browserIde`.
 */
export interface BrowserIdeAccessOptions {
  /**
   * The port on the machine of the user.
   *
   * @default 8080
   */
  readonly localPort?: number;

  /**
   * The user whose files and terminal it has.
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
   * A port of the instance on the machine of the user, through Session Manager: opens no port, and asks IAM who may connect.
   *
   * @param port the TCP port on the instance, from 1 to 65535
   * @param options the port on the other side
   * @see https://docs.aws.amazon.com/systems-manager/latest/userguide/session-manager-working-with-sessions-start.html#sessions-start-port-forwarding
   */
  public static portForwarding(port: number, options: PortForwardingAccessOptions = {}): WorkshopAccess {
    return new WorkshopAccess(portForwarding(port, options));
  }

  /**
   * An editor and a terminal in the browser (VS Code, as code-server), through Session Manager: opens no port, and asks IAM who may connect.
   *
   * The first boot installs a pinned release of code-server, whose checksum it verifies, and gives it a password of its own, which is in no template,
   * output or user data: the instance keeps it in Parameter Store, encrypted, where a line to paste reads it. The parameter outlives the stack.
   *
   * It listens on localhost alone. Without a domain there is no certificate that a browser trusts, so Session Manager encrypts the way to it. It takes
   * 2 GB of memory. An operating system that it is not known to run on throws.
   *
   * @see https://coder.com/docs/code-server
   */
  public static browserIde(options: BrowserIdeAccessOptions = {}): WorkshopAccess {
    expect(message`WorkshopAccess.browserIde`, options, { user: TEXT });
    return new WorkshopAccess(browserIde(options));
  }

  /**
   * SSH with a key pair: opens port 22 to the peers that are named.
   *
   * Each seat of a fleet has a key pair of its own, unless one is given, so that nobody gets into the machine of another: one resource more for a seat.
   */
  public static ssh(options: SshAccessOptions): WorkshopAccess {
    expect(message`WorkshopAccess.ssh`, options, { keyPair: KEY_PAIR, ...ALLOWED }, ['allowFrom']);
    return new WorkshopAccess(ssh(options));
  }

  /**
   * The desktop of Windows (Remote Desktop): opens port 3389 to the peers that are named, and prints what reads the password of the Administrator.
   *
   * @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/connect-rdp.html
   */
  public static rdp(options: RdpAccessOptions): WorkshopAccess {
    expect(message`WorkshopAccess.rdp`, options, { keyPair: KEY_PAIR, ...ALLOWED }, ['allowFrom']);
    return new WorkshopAccess(rdp(options));
  }

  /**
   * A page of the workshop: opens its port to the peers that are named, and prints its address.
   *
   * @param port the TCP port, from 1 to 65535
   * @param options who may connect
   */
  public static http(port: number, options: PortAccessOptions): WorkshopAccess {
    expect(message`WorkshopAccess.http`, options, ALLOWED, ['allowFrom']);
    return new WorkshopAccess(page('http', port, options));
  }

  /**
   * A page that the instance itself serves by TLS: opens its port to the peers that are named, and prints its address.
   *
   * @param port the TCP port, from 1 to 65535
   * @param options who may connect
   */
  public static https(port: number, options: PortAccessOptions): WorkshopAccess {
    expect(message`WorkshopAccess.https`, options, ALLOWED, ['allowFrom']);
    return new WorkshopAccess(page('https', port, options));
  }

  /**
   * A port for what is no page, such as a database, or several in a row: opens it to the peers that are named.
   *
   * @param port the TCP port, from 1 to 65535
   * @param options who may connect
   */
  public static tcp(port: number, options: TcpAccessOptions): WorkshopAccess {
    expect(message`WorkshopAccess.tcp`, options, ALLOWED, ['allowFrom']);
    return new WorkshopAccess(tcp(port, options));
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
    needs: ['ssmAgent'],
    peers: [],
    lines: ({ instanceId, region }) => [
      { command: `aws ssm start-session --target ${instanceId} --region ${region}`, description: 'Opens a shell through Session Manager' },
    ],
    consolePage: ({ instanceId, region }) => `systems-manager/session-manager/${instanceId}?region=${region}`,
  };
}

function portForwarding(port: number, { localPort = port }: PortForwardingAccessOptions): AccessMethod {
  const call = `WorkshopAccess.portForwarding(${port})`;
  checkPorts(call, port, localPort);
  return {
    call,
    needs: ['ssmAgent'],
    peers: [],
    lines: target => [{
      command: forwardingCommand(target, port, localPort), description: `Brings port ${port} of the instance to localhost:${localPort}, through Session Manager`,
    }],
  };
}

function browserIde({ localPort = PORT, user }: BrowserIdeAccessOptions): AccessMethod {
  const call = 'WorkshopAccess.browserIde()';
  checkPorts(call, localPort);
  return {
    call,
    needs: ['codeServer', 'ssmAgent'],
    peers: [],
    statements: passwordStatements,
    install: ({ family, architecture, name, defaultUser }) => installCodeServer(family, architecture, name, user ?? defaultUser),
    lines: target => [{
      command: `aws ssm get-parameter --name ${passwordParameter(target.name)} --with-decryption --query Parameter.Value --output text --region ${target.region}`,
      description: 'Prints the password of the editor',
      isPreparation: true,
    }, {
      command: forwardingCommand(target, PORT, localPort), description: `Brings the editor to localhost:${localPort}, through Session Manager`,
    }, {
      command: `http://localhost:${localPort}`, description: 'The editor in the browser, as long as this runs',
    }],
  };
}

function forwardingCommand({ instanceId, region }: ConnectionTarget, port: number, localPort: number): string {
  return `aws ssm start-session --target ${instanceId} --document-name AWS-StartPortForwardingSession `
    + `--parameters portNumber=${port},localPortNumber=${localPort} --region ${region}`;
}

function instanceConnectEndpoint({ endpointSecurityGroup, keyPair, user }: InstanceConnectEndpointAccessOptions): AccessMethod {
  return {
    call: 'WorkshopAccess.instanceConnectEndpoint()',
    needs: keyPair ? ['sshServer'] : ['sshServer', 'instanceConnect'],
    takesKeyPair: keyPair !== undefined,
    keyPair,
    port: ec2.Port.SSH,
    peers: [],
    gateway: network => endpointSecurityGroup ?? InstanceConnectEndpoint.in(network),
    lines: ({ instanceId, region, defaultUser, keyFile }) => [{
      command: [
        `aws ec2-instance-connect ssh --connection-type eice --instance-id ${instanceId} --os-user ${user ?? defaultUser}`,
        ...keyPair ? [`--private-key-file ${keyFile}`] : [],
        `--region ${region}`,
      ].join(' '),
      description: 'Opens a shell through the EC2 Instance Connect Endpoint',
    }],
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
    needs: ['sshServer'],
    takesKeyPair: true,
    keyPair,
    port: ec2.Port.SSH,
    peers: options.allowFrom,
    lines: ({ address, defaultUser, keyFile }) => [{ command: `ssh -i ${keyFile} ${user ?? defaultUser}@${address}`, description: 'Opens a shell by SSH' }],
  };
}

function rdp({ keyPair, ...options }: RdpAccessOptions): AccessMethod {
  const call = 'WorkshopAccess.rdp()';
  checkPeers(call, options);
  return {
    call,
    needs: ['remoteDesktop'],
    takesKeyPair: true,
    keyPair,
    port: ec2.Port.RDP,
    peers: options.allowFrom,
    lines: ({ address, instanceId, region, keyFile }) => [{
      command: `aws ec2 get-password-data --instance-id ${instanceId} --priv-launch-key ${keyFile} --query PasswordData --output text --region ${region}`,
      description: 'Prints the password of Administrator, some minutes after the first start',
      isPreparation: true,
    }, { command: `mstsc /v:${address}`, description: 'Opens the desktop as Administrator, from Windows (other clients take the address)' }],
  };
}

/** The ports that an address has by itself. */
const PAGES = { http: 80, https: 443 };

function page(protocol: keyof typeof PAGES, port: number, options: PortAccessOptions): AccessMethod {
  return {
    ...tcp(port, options, `WorkshopAccess.${protocol}(${port})`),
    lines: ({ address }) => [
      { command: `${protocol}://${address}${port === PAGES[protocol] ? '' : `:${port}`}`, description: `The page on port ${port}` },
    ],
  };
}

function tcp(port: number, { toPort = port, ...options }: TcpAccessOptions, call = `WorkshopAccess.tcp(${port})`): AccessMethod {
  checkPorts(call, port, toPort);
  if (!Token.isUnresolved(port) && !Token.isUnresolved(toPort) && toPort < port) {
    throw new Error(message`${code(call)}: toPort ${toPort} comes before ${port}; write the lower port first.`);
  }
  checkPeers(call, options);
  const ports = toPort === port ? `${port}` : `${port}-${toPort}`;
  return {
    call,
    needs: [],
    port: toPort === port ? ec2.Port.tcp(port) : ec2.Port.tcpRange(port, toPort),
    peers: options.allowFrom,
    lines: ({ address }) => [{ command: `${address}:${ports}`, description: `TCP ${toPort === port ? 'port' : 'ports'} ${ports}` }],
  };
}

function checkPorts(call: string, ...ports: number[]): void {
  const wrong = ports.find(port => !Token.isUnresolved(port) && !(Number.isInteger(port) && port >= 1 && port <= 65535));
  if (wrong !== undefined) {
    throw new Error(`${code(call)}: ${typeof wrong === 'number' ? wrong : JSON.stringify(wrong)} is not a port; write a whole number from 1 to 65535.`);
  }
}

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

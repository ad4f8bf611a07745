import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { instanceConnectEndpoint, openPort, sessionManager, ssh, WayIn } from './private/way-in';

/**
 * Options of `WorkshopAccess.instanceConnectEndpoint`.
 */
export interface InstanceConnectEndpointAccessOptions {
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
export interface SshAccessOptions extends PortAccessOptions {
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
   * connections at a time.
   *
   * @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/connect-with-ec2-instance-connect-endpoint.html
   */
  public static instanceConnectEndpoint(options: InstanceConnectEndpointAccessOptions = {}): WorkshopAccess {
    return new WorkshopAccess(instanceConnectEndpoint(options));
  }

  /**
   * SSH with a key pair: opens port 22 to the peers that are named.
   */
  public static ssh(options: SshAccessOptions): WorkshopAccess {
    return new WorkshopAccess(ssh(options));
  }

  /**
   * A port of the workshop itself, such as that of a web page: opens it to the peers that are named.
   *
   * @param port the TCP port, from 1 to 65535
   * @param options who may connect
   */
  public static port(port: number, options: PortAccessOptions): WorkshopAccess {
    return new WorkshopAccess(openPort(port, options));
  }

  /**
   * What the way in does.
   *
   * @internal
   */
  public readonly _way: WayIn;

  private constructor(way: WayIn) {
    this._way = way;
  }
}

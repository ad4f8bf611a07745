import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { AccessNeeds } from '../checks/reachability';

/** An instance, as the commands that connect to it need it. */
export interface ConnectionTarget {
  readonly instanceId: string;
  readonly region: string;
  readonly address: string;
  readonly defaultUser: string;
}

/** Where the instances are that are to be reached. */
export interface InstanceNetwork {
  readonly vpc: ec2.IVpc;
  readonly subnets: ec2.ISubnet[];
}

/** One way to get into an instance. */
export interface AccessMethod extends AccessNeeds {
  /** What its command does. */
  readonly description: string;
  readonly keyPair?: ec2.IKeyPair;
  /** The port that is opened, where one is. */
  readonly port?: ec2.Port;
  /** Who may connect to it. */
  readonly peers: ec2.IPeer[];
  /** What the role of the instance must be allowed. */
  statements?(): iam.PolicyStatement[];
  /** What lets users through, and may connect to it, too. */
  gateway?(network: InstanceNetwork): ec2.IConnectable;
  command(target: ConnectionTarget): string;
  /** The page of the AWS console that opens a shell, as what follows its host. */
  consolePage?(target: ConnectionTarget): string;
}

/**
 * The one key pair that an instance takes.
 *
 * @throws where the access methods have several
 */
export function keyPairOf(scope: Construct, access: AccessMethod[]): ec2.IKeyPair | undefined {
  const [first, ...others] = access.flatMap(method => method.keyPair ?? []);
  if (others.some(({ keyPairName }) => keyPairName !== first.keyPairName)) {
    throw new Error(`${scope.node.path}: access has several key pairs, and EC2 gives an instance one; use the same key pair everywhere.`);
  }
  return first;
}

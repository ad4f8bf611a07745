import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import type { AmiFamily } from '../../ami-family';
import { AccessNeeds } from '../checks/reachability';

/** An instance, as the lines that connect to it need it. */
export interface ConnectionTarget {
  readonly instanceId: string;
  readonly region: string;
  readonly address: string;
  readonly defaultUser: string;
  /** The file with the private key of the instance, where it has a key pair. */
  readonly keyFile: string;
  /** Tells it from all others of the stack, in letters and digits. */
  readonly name: string;
}

/** A line to paste. */
export interface Line {
  readonly command: string;
  readonly description: string;
  /** Whether it gets nobody in, but comes before what does. */
  readonly isPreparation?: boolean;
}

/** Where the instances are that are to be reached. */
export interface InstanceNetwork {
  readonly vpc: ec2.IVpc;
  readonly subnets: ec2.ISubnet[];
}

/** One way to get into an instance. */
export interface AccessMethod extends AccessNeeds {
  /** Whether the instance has a key pair for it. */
  readonly takesKeyPair?: boolean;
  /** A new one for each instance where there is none. */
  readonly keyPair?: ec2.IKeyPair;
  /** The port that is opened, where one is. */
  readonly port?: ec2.Port;
  /** Who may connect to it. */
  readonly peers: ec2.IPeer[];
  /** What lets users through, and may connect to it, too. */
  gateway?(network: InstanceNetwork): ec2.IConnectable;
  /** What the role of the instance must be allowed besides. */
  statements?(): iam.PolicyStatement[];
  /** The lines of a shell script that install what it needs. */
  install?(machine: { readonly family: AmiFamily; readonly architecture: string; readonly name: string; readonly defaultUser: string }): string[];
  lines(target: ConnectionTarget): Line[];
  /** The page of the AWS console that opens a shell, as what follows its host. */
  consolePage?(target: ConnectionTarget): string;
}

/**
 * The one key pair that all instances have.
 *
 * @throws where the access methods have several
 */
export function sharedKeyPair(scope: Construct, access: AccessMethod[]): ec2.IKeyPair | undefined {
  const [first, ...others] = access.flatMap(method => method.keyPair ?? []);
  if (others.some(({ keyPairName }) => keyPairName !== first.keyPairName)) {
    throw new Error(`${scope.node.path}: access has several key pairs, and EC2 gives an instance one; use the same key pair everywhere.`);
  }
  return first;
}

/** The file in which a private key is kept. */
export function keyFile({ keyPairName }: ec2.IKeyPair): string {
  return `${keyPairName}.pem`;
}

/**
 * What writes this file, where Parameter Store has the private key: EC2 puts it there for a key pair that the app makes.
 *
 * https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/create-key-pairs.html
 */
export function keyFileLine(keyPair: ec2.IKeyPair, region: string): Line[] {
  const resource = keyPair.node.defaultChild as ec2.CfnKeyPair | undefined;
  return resource === undefined || resource.publicKeyMaterial !== undefined ? [] : [{
    command: `aws ssm get-parameter --name /ec2/keypair/${resource.attrKeyPairId} --with-decryption --query Parameter.Value --output text --region ${region} `
      + `> ${keyFile(keyPair)} && chmod 400 ${keyFile(keyPair)}`,
    description: 'Writes the private key into the file that other lines name',
    isPreparation: true,
  }];
}

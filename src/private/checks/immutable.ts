import { Annotations } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { code, message } from '../language';

/** A port that is to be open, and to whom. */
interface Opening {
  readonly call: string;
  readonly port: ec2.Port;
  readonly peers: ec2.IConnectable[];
}

/** Adds statements to a role of the user, and warns where it takes none. Where roles are made by others, CDK's own report lists them. */
export function addStatements(scope: Construct, role: iam.IRole, statements: iam.PolicyStatement[]): void {
  const added = statements.map(statement => role.addToPrincipalPolicy(statement));
  if (!iam.Role.isRole(role) && added.some(({ policyDependable }) => !Construct.isConstruct(policyDependable))) {
    Annotations.of(scope).addWarningV2('cdk-workshop-instance:roleNotMutable',
      message`${code('role')} takes no permissions from this app, and nobody can connect unless it has ${statements.flatMap(({ actions }) => actions).join(', ')}, most `
      + message`of which are in the managed policy AmazonSSMManagedInstanceCore; add to it what it lacks, or import it without mutable: false.`);
  }
}

/** Warns where a security group has not taken the rules that were just added to it. */
export function warnOfImmutableSecurityGroup(scope: Construct, { node }: ec2.ISecurityGroup, openings: Opening[]): void {
  if (openings.length > 0 && node.children.length === 0) {
    const rules = openings.flatMap(({ port, peers }) => peers.map(peer => `TCP ${port} from ${nameOf(peer)}`));
    Annotations.of(scope).addWarningV2('cdk-workshop-instance:securityGroupNotMutable',
      `${[...new Set(openings.map(({ call }) => code(call)))].join(' and ')} cannot open a port, as the security group ${node.path} takes no rules from this app; see that `
      + message`it has ${[...new Set(rules)].join(', ')}, or import it without mutable: false.`);
  }
}

function nameOf(peer: ec2.IConnectable): string {
  return Construct.isConstruct(peer) ? peer.node.path : (peer as ec2.IPeer).uniqueId;
}

import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { applyProfile } from './profile';
import { acknowledgeSessionManager, sessionManagerStatements } from './session-manager';

interface SurroundingsProps {
  readonly vpc?: ec2.IVpc;
  readonly vpcSubnets?: ec2.SubnetSelection;
  readonly role?: iam.IRole;
  readonly securityGroup?: ec2.ISecurityGroup;
  readonly hardened?: boolean;
}

/** What instances can share: the network, the security group, and the role with its profile. */
export class Surroundings {
  public readonly vpc: ec2.IVpc;
  public readonly vpcSubnets?: ec2.SubnetSelection;
  public readonly securityGroup: ec2.ISecurityGroup;
  public readonly role: iam.IRole;
  public readonly instanceProfile: iam.IInstanceProfile;

  constructor(scope: Construct, props: SurroundingsProps) {
    this.vpc = props.vpc ?? new ec2.Vpc(scope, 'Vpc', {
      maxAzs: 1,
      natGateways: 0,
      // The feature flag of this name brings a Lambda function.
      restrictDefaultSecurityGroup: false,
      subnetConfiguration: [{ name: 'public', subnetType: ec2.SubnetType.PUBLIC, cidrMask: 24 }],
    });
    applyProfile(scope, this.vpc, props);
    this.vpcSubnets = props.vpcSubnets ?? (this.vpc.publicSubnets.length > 0 ? { subnetType: ec2.SubnetType.PUBLIC } : undefined);
    this.securityGroup = props.securityGroup ?? new ec2.SecurityGroup(scope, 'SecurityGroup', { vpc: this.vpc });

    const statements = sessionManagerStatements();
    statements.forEach(statement => props.role?.addToPrincipalPolicy(statement));
    this.role = props.role ?? ownRole(scope, statements);
    this.instanceProfile = new iam.InstanceProfile(scope, 'InstanceProfile', { role: this.role });
  }
}

function ownRole(scope: Construct, statements: iam.PolicyStatement[]): iam.Role {
  const role = new iam.Role(scope, 'Role', {
    assumedBy: new iam.ServicePrincipal('ec2.amazonaws.com'),
    inlinePolicies: { SessionManager: new iam.PolicyDocument({ statements }) },
  });
  acknowledgeSessionManager(role);
  return role;
}

import { createHash } from 'crypto';
import { Annotations, Stack, Token } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { Construct } from 'constructs';
import { InstanceNetwork } from './access-method';
import { PublicNetwork } from './public-network';
import { message } from '../language';

const ID = 'InstanceConnectEndpoint';

/**
 * The one EC2 Instance Connect Endpoint of a VPC, which lets out only what it is allowed to, and reaches all subnets.
 *
 * CloudFormation makes a moved endpoint before it removes the old one, and a VPC takes one. So where it stands depends on the VPC alone, and
 * never on the instances.
 */
export class InstanceConnectEndpoint extends Construct implements ec2.IConnectable {
  /** The endpoint of a VPC; made where there is none yet. An imported VPC is known by its id, however often it is imported. */
  public static in({ vpc, subnets }: InstanceNetwork): InstanceConnectEndpoint {
    const stack = Stack.of(vpc);
    const [scope, id] = vpc.node.defaultChild === undefined ? [stack, `${ID}-${keyOf(stack, vpc)}`] : [vpc, ID];
    const made = scope.node.tryFindChild(id) as InstanceConnectEndpoint | undefined;
    return made ?? new InstanceConnectEndpoint(scope, id, vpc, vpc instanceof PublicNetwork
      ? vpc.endpointSubnetId() : [...vpc.publicSubnets, ...vpc.privateSubnets, ...vpc.isolatedSubnets, ...subnets][0].subnetId);
  }

  public readonly connections: ec2.Connections;

  private constructor(scope: Construct, id: string, vpc: ec2.IVpc, subnetId: string) {
    super(scope, id);
    const securityGroup = new ec2.SecurityGroup(this, 'SecurityGroup', { vpc, allowAllOutbound: false });
    this.connections = securityGroup.connections;
    new ec2.CfnInstanceConnectEndpoint(this, 'Resource', { subnetId, securityGroupIds: [securityGroup.securityGroupId] });
    if (scope !== vpc) {
      this.checkOtherStacks(id, vpc);
    }
  }

  private checkOtherStacks(id: string, vpc: ec2.IVpc): void {
    const { account, region } = Stack.of(this);
    const other = this.node.root.node.findAll().find(node => node.node.id === id && node !== this
      && Stack.of(node).account === account && Stack.of(node).region === region);
    if (other !== undefined) {
      Annotations.of(this).addError(message`a VPC takes one EC2 Instance Connect Endpoint, and ${Stack.of(other).node.path} makes that of ${vpc.vpcId} already; `
        + message`import the VPC once and pass it to both, or give here the security group of the endpoint, as endpointSecurityGroup of `
        + message`WorkshopAccess.instanceConnectEndpoint.`);
    }
  }
}

/** What is not known before the deployment is known by its text in the template. */
function keyOf(stack: Stack, { vpcId }: ec2.IVpc): string {
  return Token.isUnresolved(vpcId) ? createHash('sha256').update(JSON.stringify(stack.resolve(vpcId))).digest('hex').slice(0, 8) : vpcId;
}

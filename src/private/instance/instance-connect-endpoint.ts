import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { Construct } from 'constructs';

const ID = 'InstanceConnectEndpoint';

/** The one EC2 Instance Connect Endpoint of a VPC, which lets out only what it is allowed to. */
export class InstanceConnectEndpoint extends Construct implements ec2.IConnectable {
  /** The endpoint of a VPC; made in this subnet where there is none yet. It reaches all subnets. */
  public static in(vpc: ec2.IVpc, subnet: ec2.ISubnet): InstanceConnectEndpoint {
    return vpc.node.tryFindChild(ID) as InstanceConnectEndpoint | undefined ?? new InstanceConnectEndpoint(vpc, subnet);
  }

  public readonly connections: ec2.Connections;

  private constructor(vpc: ec2.IVpc, subnet: ec2.ISubnet) {
    super(vpc, ID);
    const securityGroup = new ec2.SecurityGroup(this, 'SecurityGroup', { vpc, allowAllOutbound: false });
    this.connections = securityGroup.connections;
    new ec2.CfnInstanceConnectEndpoint(this, 'Resource', {
      subnetId: subnet.subnetId,
      securityGroupIds: [securityGroup.securityGroupId],
    });
  }
}

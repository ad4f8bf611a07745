import { Fn, Stack, Tags, Token } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { Construct } from 'constructs';

const WITHOUT_COST = {
  natGateways: 0,
  // The feature flag of this name brings a Lambda function.
  restrictDefaultSecurityGroup: false,
};

/**
 * A VPC with a public subnet in each of these zones, or in the first one of the region, and nothing that costs.
 *
 * The subnets have the ids and addresses that `ec2.Vpc` gives them where the zones are `a`, `b` and so on, without a gap. It counts them in
 * the order of the list, so that one more zone could move the others, and all that is in them.
 */
export class PublicNetwork extends ec2.Vpc {
  constructor(scope: Construct, id: string, cidrMask: number, zones?: string[]) {
    const placed = zones && placesOf(Stack.of(scope), zones);
    super(scope, id, placed === undefined
      ? { ...WITHOUT_COST, maxAzs: 1, subnetConfiguration: [{ name: 'public', subnetType: ec2.SubnetType.PUBLIC, cidrMask }] }
      : { ...WITHOUT_COST, availabilityZones: placed.map(({ zone }) => zone), subnetConfiguration: [] });
    if (placed !== undefined) {
      this.addSubnets(placed, cidrMask);
    }
  }

  /** Makes a subnet in the first zone of the region, whatever the zones of the others, behind all that they can have. */
  public endpointSubnetId(): string {
    return new ec2.CfnSubnet(this, 'endpointSubnet', { vpcId: this.vpcId, availabilityZone: Fn.select(0, Fn.getAzs()), cidrBlock: '10.0.255.240/28' }).ref;
  }

  private addSubnets(placed: { zone: string; place: number }[], cidrMask: number): void {
    const gateway = new ec2.CfnInternetGateway(this, 'IGW');
    const attachment = new ec2.CfnVPCGatewayAttachment(this, 'VPCGW', { vpcId: this.vpcId, internetGatewayId: gateway.ref });
    for (const { zone, place } of placed) {
      const subnet = new ec2.PublicSubnet(this, `publicSubnet${place + 1}`, {
        vpcId: this.vpcId,
        availabilityZone: zone,
        cidrBlock: addresses(place, cidrMask),
        mapPublicIpOnLaunch: true,
      });
      subnet.addDefaultInternetRoute(gateway.ref, attachment);
      // What ec2.Vpc.fromLookup reads.
      const onSubnet = { includeResourceTypes: [ec2.CfnSubnet.CFN_RESOURCE_TYPE_NAME] };
      Tags.of(subnet).add('aws-cdk:subnet-name', 'public', onSubnet);
      Tags.of(subnet).add('aws-cdk:subnet-type', 'Public', onSubnet);
      this.publicSubnets.push(subnet);
    }
  }
}

/** 0 for the zone `a` of a region, 1 for `b` and so on; Local Zones and tokens come after `z`, in the order of their text. */
function placesOf(stack: Stack, zones: string[]): { zone: string; place: number }[] {
  const text = (zone: string) => JSON.stringify(stack.resolve(zone));
  const different = [...new Map(zones.map(zone => [text(zone), zone])).values()].sort((a, b) => text(a) < text(b) ? -1 : 1);
  const letterOf = (zone: string) => Token.isUnresolved(zone) ? undefined : /^[a-z]+(?:-[a-z]+)+-\d+([a-z])$/.exec(zone)?.[1];
  const others = different.filter(zone => letterOf(zone) === undefined);
  return different.map(zone => ({ zone, place: letterOf(zone) === undefined ? 26 + others.indexOf(zone) : letterOf(zone)!.charCodeAt(0) - 97 }));
}

/** The block of this place in 10.0.0.0/16. */
function addresses(place: number, cidrMask: number): string {
  const start = place * 2 ** (32 - cidrMask);
  return `10.0.${Math.floor(start / 256)}.${start % 256}/${cidrMask}`;
}

import { Lazy, Stack } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { Construct } from 'constructs';
import { cfnInit } from './cfn-init';
import { acknowledgeLeftOut } from './hardening';
import { SharedResources } from './shared-resources';
import { installSsmAgent } from './ssm-agent';
import { withBootSteps } from './user-data';
import type { CommonWorkshopProps } from '../../workshop-props';
import { acknowledgeImageId } from '../checks/acknowledge';
import { elasticIps } from '../checks/attachments';
import { hasPublicAddress, NetworkNeeds, warnOfNetwork } from '../checks/network';
import { checkAccess } from '../checks/reachability';

/** One instance on resources that it may share, and how to get into it. */
export class Machine {
  /** Has the lines of machines name their Elastic IP addresses, and warns of what keeps them from being reached, once all of the app is there. */
  public static network(scope: Construct, machines: Machine[]): void {
    warnOfNetwork(scope, () => {
      const addresses = elasticIps(Stack.of(scope));
      machines.forEach(machine => machine.elasticIp = addresses.get(machine.instance.instance));
      const different = new Map(machines.map(({ needs, elasticIp }) => [`${needs.subnet.node.path} ${elasticIp !== undefined}`, { ...needs, hasElasticIp: elasticIp !== undefined }]));
      return [...different.values()];
    });
  }

  public readonly instance: ec2.Instance;
  /** Each with what it does. */
  public readonly connectCommands: Map<string, string>;
  /** The page of the AWS console that opens a shell, as what follows its host. */
  public readonly consolePage?: string;
  private readonly needs: Omit<NetworkNeeds, 'hasElasticIp'>;
  private elasticIp?: string;

  constructor(scope: Construct, shared: SharedResources, props: CommonWorkshopProps & { readonly instanceName?: string }) {
    const { access, image, vpc, subnets: [subnet], securityGroup } = shared;
    const init = cfnInit(scope, image, props);
    const steps = [...installSsmAgent(scope, access, image), ...init.steps];

    this.instance = new ec2.Instance(scope, 'Instance', {
      vpc,
      vpcSubnets: { subnets: shared.subnets },
      instanceType: shared.instanceType,
      machineImage: shared.machineImage,
      instanceName: props.instanceName,
      userData: image && steps.length > 0 ? withBootSteps(scope, props.userData ?? image.userData(), image.osType, steps) : props.userData,
      userDataCausesReplacement: init.userDataCausesReplacement,
      keyPair: shared.keyPair,
      ...shared.instanceProfile ? { instanceProfile: shared.instanceProfile } : { role: shared.role },
      securityGroup: shared.securityGroup,
      httpTokens: ec2.HttpTokens.REQUIRED,
      httpPutResponseHopLimit: props.httpPutResponseHopLimit ?? 1,
      instanceMetadataTags: props.instanceMetadataTags,
      associatePublicIpAddress: props.associatePublicIpAddress,
      blockDevices: props.blockDevices,
      detailedMonitoring: props.detailedMonitoring ?? props.hardened,
      disableApiTermination: props.disableApiTermination ?? props.hardened,
    });
    const { instance: resource, instanceId } = this.instance;
    // The subnet says the zone, and ec2.Instance always says it once more.
    resource.availabilityZone = undefined;
    // Not the property of ec2.Instance, which refuses a type that is a token.
    resource.creditSpecification = shared.cpuCredits && { cpuCredits: shared.cpuCredits };
    // Not the property of ec2.Instance, which demands a size.
    const { blockDeviceMappings = [] } = resource;
    if (shared.rootVolume && Array.isArray(blockDeviceMappings)) {
      resource.blockDeviceMappings = [shared.rootVolume, ...blockDeviceMappings];
    }
    acknowledgeLeftOut(resource, props);
    if (image !== undefined) {
      acknowledgeImageId(resource, image.updates);
    }
    init.apply(this.instance);

    if (image === undefined) {
      checkAccess(scope, access, this.instance.osType);
    }
    const downloads = steps.filter(({ downloads: does }) => does).map(({ option }) => option);
    this.needs = { vpc, subnet, securityGroup, associatePublicIpAddress: props.associatePublicIpAddress, access, downloads };
    const target = {
      instanceId,
      region: Stack.of(scope).region,
      address: Lazy.uncachedString({ produce: () => this.address() }),
      defaultUser: image?.family?.defaultUser ?? 'ec2-user',
    };
    this.connectCommands = new Map(access.map(method => [method.command(target), method.description]));
    this.consolePage = access.find(method => method.consolePage)?.consolePage?.(target);
  }

  private address(): string {
    const { instancePublicIp, instancePrivateIp } = this.instance;
    return this.elasticIp ?? (hasPublicAddress({ ...this.needs, hasElasticIp: false }) ? instancePublicIp : instancePrivateIp);
  }
}

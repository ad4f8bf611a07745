import { Lazy, Names, Stack, Token } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { Construct } from 'constructs';
import { keyFile, keyFileLine, Line } from './access-method';
import { cfnInit } from './cfn-init';
import { acknowledgeLeftOut } from './hardening';
import { SharedResources } from './shared-resources';
import { installSsmAgent } from './ssm-agent';
import { BootStep, UserDataForOne, withBootSteps } from './user-data';
import type { CommonWorkshopProps } from '../../workshop-props';
import { acknowledgeImageId } from '../checks/acknowledge';
import { elasticIpOf } from '../checks/launched-resources';
import { DownloadSource, hasPublicAddress, NetworkNeeds, warnOfNetwork } from '../checks/network';
import { checkAccess } from '../checks/reachability';
import { message } from '../language';

/** One instance on resources that it may share, and how to get into it. */
export class Machine {
  /** Has the lines of machines name their Elastic IP addresses, and checks what keeps them from starting and being reached, once all of the app is there. */
  public static check(scope: Construct, machines: Machine[]): void {
    scope.node.addValidation({ validate: () => [...new Set(machines.flatMap(machine => machine.unreadableTags()))].map(unreadableTag) });
    warnOfNetwork(scope, machines[0].instance.instance, () => {
      machines.forEach(machine => machine.elasticIp = elasticIpOf(machine.instance.instance));
      const different = new Map(machines.map(({ needs, elasticIp }) =>
        [`${needs.subnet.node.path} ${elasticIp !== undefined} ${JSON.stringify([needs.downloads, needs.signals])}`, { ...needs, hasElasticIp: elasticIp !== undefined }]));
      return [...different.values()];
    });
  }

  public readonly instance: ec2.Instance;
  public readonly lines: Line[];
  /** The page of the AWS console that opens a shell, as what follows its host. */
  public readonly consolePage?: string;
  private readonly needs: Omit<NetworkNeeds, 'hasElasticIp'>;
  private elasticIp?: string;

  constructor(scope: Construct, shared: SharedResources, props: CommonWorkshopProps & { readonly instanceName?: string }, isSeat = false) {
    const { access, image, vpc, subnets: [subnet], securityGroup } = shared;
    const keyPair = shared.keyPair ?? (access.some(({ takesKeyPair }) => takesKeyPair) ? new ec2.KeyPair(scope, 'KeyPair') : undefined);
    const ownUserData = isSeat && props.userData ? new UserDataForOne(props.userData) : props.userData;
    const init = cfnInit(scope, image, props);
    const name = Names.nodeUniqueId(scope.node);
    const defaultUser = image?.family?.defaultUser ?? 'ec2-user';
    const installed = access.flatMap(({ call: option, install }): BootStep[] => image?.family === undefined || install === undefined ? [] : [{
      option,
      downloads: DownloadSource.INTERNET,
      before: install({ family: image.family, architecture: image.architecture, name, defaultUser }),
    }]);
    const steps = [...installSsmAgent(scope, access, image), ...installed, ...init.steps];

    this.instance = new ec2.Instance(scope, 'Instance', {
      vpc,
      vpcSubnets: { subnets: shared.subnets },
      instanceType: shared.instanceType,
      machineImage: isSeat ? forSeat(shared.machineImage) : shared.machineImage,
      instanceName: props.instanceName,
      userData: image && steps.length > 0 ? withBootSteps(scope, props.userData ?? image.userData(), image.osType, steps) : ownUserData,
      userDataCausesReplacement: init.userDataCausesReplacement,
      keyPair,
      ...shared.instanceProfile ? { instanceProfile: shared.instanceProfile } : { role: shared.role },
      securityGroup: shared.securityGroup,
      httpTokens: ec2.HttpTokens.REQUIRED,
      httpPutResponseHopLimit: props.httpPutResponseHopLimit ?? 1,
      instanceMetadataTags: props.instanceMetadataTags ?? (isSeat || undefined),
      // Not without a public subnet, of which the lookup of a VPC may know later.
      associatePublicIpAddress: props.associatePublicIpAddress && vpc.selectSubnets({ subnets: shared.subnets }).hasPublic,
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
    const downloads = steps.flatMap(({ option, downloads: source }) => source === undefined ? [] : [{ option, source }]);
    const { associatePublicIpAddress } = props;
    this.needs = { vpc, subnet, securityGroup, associatePublicIpAddress, access, downloads, signals: props.init !== undefined };
    const target = {
      instanceId,
      region: Stack.of(scope).region,
      address: Lazy.uncachedString({ produce: () => this.address() }),
      defaultUser,
      name,
      keyFile: keyPair ? keyFile(keyPair) : '',
    };
    const lines = [...keyPair ? keyFileLine(keyPair, target.region) : [], ...access.flatMap(method => method.lines(target))];
    this.lines = [...new Map(lines.map(line => [line.command, line])).values()];
    this.consolePage = access.find(method => method.consolePage)?.consolePage?.(target);
  }

  /** The names of tags that an instance may not have where it reads its tags from the metadata service. */
  private unreadableTags(): string[] {
    const { metadataOptions, tags, stack } = this.instance.instance;
    const { instanceMetadataTags } = (metadataOptions ?? {}) as ec2.CfnInstance.MetadataOptionsProperty;
    return instanceMetadataTags !== 'enabled' ? []
      : [tags, stack.tags].flatMap(each => Object.keys(each.tagValues())).filter(name => !Token.isUnresolved(name) && !READABLE_TAG.test(name));
  }

  private address(): string {
    const { instancePublicIp, instancePrivateIp } = this.instance;
    return this.elasticIp ?? (hasPublicAddress({ ...this.needs, hasElasticIp: false }) ? instancePublicIp : instancePrivateIp);
  }
}

/** https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/work-with-tags-in-IMDS.html */
const READABLE_TAG = /^(?!(\.|\.\.|_index)$)[A-Za-z0-9+=.,_:@-]+$/;

function unreadableTag(name: string): string {
  return message`the tag ${JSON.stringify(name)} keeps the instance from starting, as its metadata service takes letters, digits and + - = . , _ : @ in the name of a tag; `
    + message`name it otherwise, or say instanceMetadataTags: false.`;
}

/** An image whose user data, which all seats have, takes commands for one of them. */
function forSeat(machineImage: ec2.IMachineImage): ec2.IMachineImage {
  return {
    getImage: scope => {
      const image = machineImage.getImage(scope);
      return { ...image, userData: new UserDataForOne(image.userData) };
    },
  };
}

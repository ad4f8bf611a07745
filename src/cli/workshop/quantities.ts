import type { Template } from './assembly';
import { imageIdOf, Launch, launchesOf } from './launches';
import { idsOf, machinesOf } from './machines';
import type { WorkshopAws, WorkshopImage, WorkshopMachine } from './workshop-aws';
import { BURSTABLE_FAMILIES } from '../../private/ec2/instance-families';

/** So much of what has one price. */
export interface Item {
  readonly name: string;
  readonly unit: 'hour' | 'GB-month';
  /** While all seats run, and while all are stopped; undefined where only AWS knows. */
  readonly running?: number;
  readonly stopped?: number;
  /** Of a stack that is deployed. */
  readonly now?: number;
  /** Undefined where only AWS knows what it is. */
  readonly product?: Product;
}

/** What the price list calls it. */
export interface Product {
  readonly service: 'AmazonEC2' | 'AmazonVPC';
  /** Besides the region. */
  readonly attributes: Record<string, string>;
  /** How its usage type ends, for which there is no filter. */
  readonly usage: string;
}

/** What a stack has that is paid for. */
export interface Quantities {
  readonly items: Item[];
  /** Instance types whose CPU credits are unlimited. */
  readonly unlimited: string[];
  /** Instances of which it is not known whether they get a public address; they are counted as if. */
  readonly perhapsPublic: number;
  /** Resource type, or what else has a price of another kind → how many. */
  readonly others: Record<string, number>;
}

const OTHERS = [
  'AWS::AutoScaling::AutoScalingGroup', 'AWS::CloudWatch::Alarm', 'AWS::EC2::Host', 'AWS::EC2::NatGateway', 'AWS::EC2::VPCEndpoint', 'AWS::KMS::Key', 'AWS::Logs::LogGroup',
  'AWS::SecretsManager::Secret',
];

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateVolume.html */
const DEFAULT_VOLUME_TYPE = 'gp2';

const isBurstable = (type: string) => BURSTABLE_FAMILIES.includes(type.split('.')[0]);

/** Of a stack as it is now. */
export async function quantitiesOfStack(aws: WorkshopAws, name: string, stackId: string): Promise<Quantities> {
  const resources = await aws.resources(stackId);
  const machines = await machinesOf(aws, name, resources);
  const isUp = ({ state }: WorkshopMachine) => ['pending', 'running'].includes(state);
  const [elastic, volumes, unlimited, publicSubnets] = await Promise.all([
    aws.elasticAddresses(idsOf(resources, 'AWS::EC2::EIP')),
    aws.volumes([...machines.flatMap(each => each.volumes), ...idsOf(resources, 'AWS::EC2::Volume')]),
    aws.unlimited(machines.filter(({ instanceType }) => isBurstable(instanceType)).map(({ instanceId }) => instanceId)),
    aws.publicSubnets(distinct(machines.filter(each => !isUp(each)).flatMap(({ subnetId }) => subnetId ?? []))),
  ]);
  // A stopped one gets an address when it starts, and an Elastic IP takes the place of that.
  const isPublic = ({ instanceId, publicAddress, subnetId }: WorkshopMachine) => (
    (publicAddress !== undefined || publicSubnets.includes(subnetId ?? '')) && !elastic.some(each => each.instanceId === instanceId));
  return {
    items: summedUp([
      ...machines.filter(each => !isOnHost(each)).map(machine => ({
        ...instanceItem(machine.instanceType, machine.tenancy, machine), now: isUp(machine) ? 1 : 0,
      })),
      ...volumes.map(({ type, size }) => ({ ...volumeItem(type, size), now: size })),
      ...machines.filter(isPublic).map(machine => ({ ...addressItem(false), now: isUp(machine) ? 1 : 0 })),
      ...elastic.map(() => ({ ...addressItem(true), now: 1 })),
    ]),
    unlimited: distinct(machines.filter(({ instanceId }) => unlimited.includes(instanceId)).map(({ instanceType }) => instanceType)),
    perhapsPublic: 0,
    others: counted(resources.map(({ type }) => type), machines),
  };
}

/**
 * Of a stack that is yet to be deployed.
 *
 * @param aws knows the images and the subnets of others; what only it knows is left open without it
 */
export async function quantitiesOfTemplate(template: Template, region?: string, aws?: WorkshopAws): Promise<Quantities> {
  const launches = launchesOf(template, region);
  const images = aws === undefined ? new Map<string, WorkshopImage>() : await imagesOf(aws, launches);
  const publicSubnets = await aws?.publicSubnets(distinct(launches.flatMap(({ publicAddress }) => subnetOf(publicAddress) ?? []))) ?? [];
  const isPublic = ({ publicAddress }: Launch) => typeof publicAddress === 'boolean' ? publicAddress
    : aws === undefined || publicAddress.subnetId === undefined || publicSubnets.includes(publicAddress.subnetId);
  const resources = Object.values(template.Resources);
  const ofType = (type: string) => resources.filter(({ Type }) => Type === type);
  return {
    items: summedUp([
      ...launches.filter(each => !isOnHost(each)).map(({ type, tenancy, image }) => instanceItem(type, tenancy, images.get(image ?? ''))),
      ...launches.flatMap(launch => volumesOf(launch, images.get(launch.image ?? ''))).map(({ type, size }) => volumeItem(type, size)),
      ...ofType('AWS::EC2::Volume').map(({ Properties }) => volumeItem(Properties.VolumeType ?? DEFAULT_VOLUME_TYPE, Number(Properties.Size) || undefined)),
      ...launches.filter(isPublic).map(() => addressItem(false)),
      ...ofType('AWS::EC2::EIP').map(() => addressItem(true)),
    ]),
    unlimited: distinct(launches.filter(isUnlimited).flatMap(({ type }) => type ?? [])),
    perhapsPublic: launches.filter(({ publicAddress }) => typeof publicAddress === 'object' && (aws === undefined || publicAddress.subnetId === undefined)).length,
    others: counted(resources.map(({ Type }) => Type), launches),
  };
}

/** A T2 is standard unless it is told otherwise, and the later ones are unlimited. */
function isUnlimited({ type = '', cpuCredits }: Launch): boolean {
  return isBurstable(type) && (cpuCredits ?? (type.startsWith('t2.') ? 'standard' : 'unlimited')) === 'unlimited';
}

const subnetOf = (publicAddress: Launch['publicAddress']) => typeof publicAddress === 'object' ? publicAddress.subnetId : undefined;

/** Those that are there, as the launches name them. */
async function imagesOf(aws: WorkshopAws, launches: Launch[]): Promise<Map<string, WorkshopImage>> {
  const names = distinct(launches.flatMap(({ image }) => image ?? []));
  const ids = await Promise.all(names.map(name => imageIdOf(aws, name)));
  const found = await aws.images(distinct(ids.flatMap(id => id ?? [])));
  return new Map(names.flatMap((name, i) => found.filter(({ imageId }) => imageId === ids[i]).map(image => [name, image] as const)));
}

/** The volumes of an image, and what the launch says otherwise. */
function volumesOf({ volumes }: Launch, image: WorkshopImage | undefined): { type: string; size?: number }[] {
  const own = new Set(volumes.map(({ deviceName }) => deviceName));
  const ofImage = new Map((image?.volumes ?? []).map(volume => [volume.deviceName, volume]));
  return [
    ...volumes.filter(({ isNone }) => !isNone).map(({ deviceName, type, size }) => ({
      type: type ?? ofImage.get(deviceName)?.type ?? DEFAULT_VOLUME_TYPE, size: size ?? ofImage.get(deviceName)?.size,
    })),
    ...[...ofImage.values()].filter(({ deviceName }) => !own.has(deviceName)),
  ];
}

/** Shared hardware or its own: https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/dedicated-instance.html */
const TENANCIES: Record<string, string> = { default: 'Shared', dedicated: 'Dedicated' };

function instanceItem(type: string | undefined, tenancy: string, software?: { usageOperation?: string; platform?: string }): Item {
  const operation = software?.usageOperation;
  return {
    name: [type ?? 'an instance type that only AWS knows', software?.platform, ...tenancy === 'default' ? [] : [tenancy]].filter(Boolean).join(', '),
    unit: 'hour',
    running: 1,
    stopped: 0,
    // Operating system, installed software and license in one word: https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/billing-info-fields.html
    product: type === undefined || operation === undefined ? undefined : {
      service: 'AmazonEC2',
      attributes: { instanceType: type, operation, tenancy: TENANCIES[tenancy] ?? tenancy, capacitystatus: 'Used' },
      usage: `:${type}`,
    },
  };
}

function volumeItem(type: string, size: number | undefined): Item {
  return {
    name: size === undefined ? `${type}, as large as in the image` : type,
    unit: 'GB-month',
    running: size,
    stopped: size,
    product: { service: 'AmazonEC2', attributes: { productFamily: 'Storage', volumeApiName: type, locationType: 'AWS Region' }, usage: '' },
  };
}

/** One that is kept while its instance is stopped costs the same: https://aws.amazon.com/vpc/pricing/ */
function addressItem(isKept: boolean): Item {
  return {
    name: 'public IPv4 address',
    unit: 'hour',
    running: 1,
    stopped: isKept ? 1 : 0,
    product: { service: 'AmazonVPC', attributes: { group: 'VPCPublicIPv4Address' }, usage: 'PublicIPv4:InUseAddress' },
  };
}

/** Each name once, with the sum of its numbers. */
function summedUp(items: Item[]): Item[] {
  const sum = (numbers: (number | undefined)[]) => numbers.reduce((all, each) => all === undefined || each === undefined ? undefined : all + each);
  return distinct(items.map(({ name }) => name)).map(name => {
    const alike = items.filter(each => each.name === name);
    return {
      ...alike[0],
      running: sum(alike.map(({ running }) => running)),
      stopped: sum(alike.map(({ stopped }) => stopped)),
      now: sum(alike.map(({ now }) => now)),
    };
  });
}

function counted(types: string[], machines: { readonly tenancy: string }[]): Record<string, number> {
  const all = [...types.filter(type => OTHERS.includes(type)), ...machines.filter(isOnHost).map(() => 'instances on a Dedicated Host')];
  return Object.fromEntries(distinct(all).map(other => [other, all.filter(each => each === other).length]));
}

/** Its host is paid for, and not the instance. */
function isOnHost({ tenancy }: { readonly tenancy: string }): boolean {
  return tenancy === 'host';
}

function distinct<T>(values: T[]): T[] {
  return [...new Set(values)];
}

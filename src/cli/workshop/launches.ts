import type { Template } from './assembly';
import type { WorkshopAws } from './workshop-aws';
import { isAmiId } from '../../private/ec2/ami-id';

/** An instance of a template, as far as it says what it is. */
export interface Launch {
  readonly type?: string;
  /** An id, or the name of the parameter that has it behind `resolve:ssm:`. */
  readonly image?: string;
  readonly zone?: string;
  readonly tenancy: string;
  /** Those that the image does not have, or not so. */
  readonly volumes: LaunchVolume[];
  /** Whether it has a public address of its own, or the id of the subnet that knows. */
  readonly publicAddress: boolean | { readonly subnetId?: string };
  readonly cpuCredits?: string;
}

export interface LaunchVolume {
  readonly deviceName: string;
  readonly size?: number;
  readonly type?: string;
  /** A device that is not stored in EBS, or the image's that is left out. */
  readonly isNone: boolean;
}

export function launchesOf(template: Template, region = '', zones: string[] = []): Launch[] {
  const { Resources } = template;
  const elastic = withElasticAddress(template);
  return Object.entries(Resources).filter(([, { Type }]) => Type === 'AWS::EC2::Instance').map(([id, { Properties }]) => {
    const [own = {}] = Array.isArray(Properties.NetworkInterfaces) ? Properties.NetworkInterfaces : [];
    const subnetId = Properties.SubnetId ?? own.SubnetId;
    const subnet = Resources[subnetId?.Ref]?.Properties;
    return {
      type: textOf(template, Properties.InstanceType),
      image: imageOf(template, Properties.ImageId, region),
      zone: zoneOf(Properties.AvailabilityZone ?? subnet?.AvailabilityZone, zones),
      tenancy: textOf(template, Properties.Tenancy) ?? 'default',
      volumes: volumesOf(Properties.BlockDeviceMappings),
      publicAddress: elastic.has(id) ? false : own.AssociatePublicIpAddress
        ?? (subnet === undefined ? { subnetId: textOf(template, subnetId) } : subnet.MapPublicIpOnLaunch === true),
      cpuCredits: textOf(template, Properties.CreditSpecification?.CPUCredits),
    };
  });
}

/** An Elastic IP takes the place of the address that EC2 gives. */
function withElasticAddress({ Resources }: Template): Set<string> {
  return new Set(Object.values(Resources).filter(({ Type }) => /^AWS::EC2::EIP(Association)?$/.test(Type))
    .flatMap(({ Properties }) => Properties.InstanceId?.Ref ?? []));
}

function volumesOf(mappings: unknown): LaunchVolume[] {
  return (Array.isArray(mappings) ? mappings : []).filter(({ DeviceName }) => typeof DeviceName === 'string').map(({ DeviceName, Ebs, NoDevice }) => ({
    deviceName: DeviceName,
    size: Number(Ebs?.VolumeSize) || undefined,
    type: typeof Ebs?.VolumeType === 'string' ? Ebs.VolumeType : undefined,
    isNone: Ebs === undefined || NoDevice !== undefined,
  }));
}

/** The name of the parameter that has the id of an image, where one does. */
export function parameterOf(image: string): string | undefined {
  return /^resolve:ssm:(.+)$/.exec(image)?.[1];
}

/** Undefined where its parameter is not there, or has something else. */
export async function imageIdOf(aws: WorkshopAws, image: string): Promise<string | undefined> {
  const name = parameterOf(image);
  const id = name === undefined ? image : await aws.parameter(name);
  return id !== undefined && isAmiId(id) ? id : undefined;
}

function textOf({ Parameters }: Template, value: any): string | undefined {
  const text = typeof value?.Ref === 'string' ? Parameters[value.Ref]?.Default : value;
  return typeof text === 'string' ? text : undefined;
}

function imageOf(template: Template, value: any, region: string): string | undefined {
  const [map, , key] = value?.['Fn::FindInMap'] ?? [];
  if (typeof map === 'string' && typeof key === 'string') {
    const id = template.Mappings[map]?.[region]?.[key];
    return typeof id === 'string' ? id : undefined;
  }
  const isParameter = /^AWS::SSM::Parameter::Value</.test(template.Parameters[value?.Ref]?.Type ?? '');
  const text = textOf(template, value);
  return text && isParameter ? `resolve:ssm:${text}` : text;
}

function zoneOf(value: any, zones: string[]): string | undefined {
  const [index, list] = value?.['Fn::Select'] ?? [];
  return typeof value === 'string' ? value : list?.['Fn::GetAZs'] === undefined ? undefined : zones[Number(index)];
}

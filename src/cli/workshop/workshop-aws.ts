/** What the command asks AWS about a workshop in one region, and has it do. What stands in the way is an `AwsError` of one sentence. */
export interface WorkshopAws {
  readonly region: string;
  /** That of this name or id; undefined where there is none. One that is deleted has an id only. */
  stack(nameOrId: string): Promise<WorkshopStack | undefined>;
  /** The ids of the stacks of this name that were deleted in the last 90 days, the last one first. */
  deletedStacks(name: string): Promise<string[]>;
  resources(stackId: string): Promise<StackResource[]>;
  deleteStack(stackId: string): Promise<void>;

  /** Those that there are, in no order. */
  instances(filters: Record<string, string[]>): Promise<WorkshopMachine[]>;
  start(instanceId: string): Promise<void>;
  stop(instanceId: string): Promise<void>;
  liftProtection(instanceId: string): Promise<void>;
  /** Starts to replace the root volume by one as it was at launch. Returns the id of the task. */
  replaceRootVolume(instanceId: string): Promise<string>;
  /** The state of such a task, such as `succeeded`. */
  replacement(taskId: string): Promise<string>;

  volumes(ids: string[]): Promise<WorkshopVolume[]>;
  /** The Elastic IP addresses that there are of these. */
  elasticAddresses(ips: string[]): Promise<{ readonly allocationId: string; readonly instanceId?: string }[]>;
  /** The names of the key pairs that there are → the id of each. */
  keyPairs(names: string[]): Promise<Map<string, string>>;
  logGroup(name: string): Promise<boolean>;
  parameters(names: string[]): Promise<string[]>;
  parametersUnder(path: string): Promise<string[]>;
  deleteParameter(name: string): Promise<void>;

  /** The value of a parameter; undefined where there is none. */
  parameter(name: string): Promise<string | undefined>;
  images(ids: string[]): Promise<WorkshopImage[]>;
  /** Instance type → its vCPUs, of the types that there are. */
  vcpus(types: string[]): Promise<Map<string, number>>;
  zones(): Promise<string[]>;
  /** The Availability Zones that offer an instance type. */
  zonesOffering(type: string): Promise<string[]>;
  /** The value of a quota of a service, such as `ec2`. */
  quota(service: string, code: string): Promise<number | undefined>;
  /** The tags of each VPC, and of each Elastic IP address. */
  vpcs(): Promise<Record<string, string>[]>;
  addresses(): Promise<Record<string, string>[]>;
  /** Whether there is the role that a service, such as `events.amazonaws.com`, acts with. */
  hasServiceLinkedRole(service: string): Promise<boolean>;

  /** Those of these burstable instances whose CPU credits are unlimited. */
  unlimited(instanceIds: string[]): Promise<string[]>;
  /** Those of these subnets that give instances a public address. */
  publicSubnets(ids: string[]): Promise<string[]>;
  /** What the price list has under these attributes. */
  prices(service: string, attributes: Record<string, string>): Promise<ListedPrice[]>;
}

export interface WorkshopImage {
  readonly imageId: string;
  /** How its software is paid for, such as `RunInstances:0002`, and what that is, such as `Windows`. */
  readonly usageOperation?: string;
  readonly platform?: string;
  readonly volumes: { readonly deviceName: string; readonly type: string; readonly size?: number }[];
}

export interface WorkshopVolume {
  readonly volumeId: string;
  readonly type: string;
  /** In GiB. */
  readonly size: number;
}

/** On demand, and for each unit. */
export interface ListedPrice {
  readonly usageType: string;
  readonly amount: number;
  readonly currency: string;
  /** When the list was published. */
  readonly published: string;
}

export interface WorkshopStack {
  readonly id: string;
  readonly status: string;
  readonly outputs: Record<string, string>;
}

export interface StackResource {
  readonly logicalId: string;
  readonly physicalId: string;
  readonly type: string;
  readonly status: string;
  readonly reason?: string;
}

export interface WorkshopMachine {
  readonly instanceId: string;
  readonly instanceType: string;
  readonly state: string;
  readonly publicAddress?: string;
  readonly privateAddress?: string;
  readonly rootDevice: string;
  readonly volumes: string[];
  readonly tags: Record<string, string>;
  readonly subnetId?: string;
  readonly tenancy: string;
  /** As those of an image. */
  readonly usageOperation?: string;
  readonly platform?: string;
}

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

  volumes(ids: string[]): Promise<string[]>;
  /** The ids of the Elastic IP addresses that there are of these. */
  elasticAddresses(ips: string[]): Promise<string[]>;
  /** The names of the key pairs that there are → the id of each. */
  keyPairs(names: string[]): Promise<Map<string, string>>;
  logGroup(name: string): Promise<boolean>;
  parameters(names: string[]): Promise<string[]>;
  parametersUnder(path: string): Promise<string[]>;
  deleteParameter(name: string): Promise<void>;

  /** The value of a parameter; undefined where there is none. */
  parameter(name: string): Promise<string | undefined>;
  images(ids: string[]): Promise<string[]>;
  /** Instance type → its vCPUs, of the types that there are. */
  vcpus(types: string[]): Promise<Map<string, number>>;
  zones(): Promise<string[]>;
  /** The Availability Zones that offer an instance type. */
  zonesOffering(type: string): Promise<string[]>;
  /** The value of a quota of EC2. */
  quota(code: string): Promise<number | undefined>;
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
}

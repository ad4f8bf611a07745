import { Annotations } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { Construct } from 'constructs';
import { AmiFamily } from './ami-family';
import { AmiUpdates, RootDevice, UserDataFormat } from './ami-types';
import { AmiSource } from './private/ami/ami-source';
import { ec2Architecture, factsFromName } from './private/ami/facts-from-name';
import { familyOfName } from './private/ami/family-of-name';
import { latest } from './private/ami/latest';
import { locked } from './private/ami/locked';
import { lookup } from './private/ami/lookup';
import { regionMap } from './private/ami/region-map';
import { ResolvedImage } from './private/ami/resolved-image';
import { isDated, isPublicParameter, ssmParameter } from './private/ami/ssm-parameter';
import { acknowledgeImageId } from './private/checks/acknowledge';
import { imageCompatibility } from './private/checks/image-compatibility';
import { validateLaunches, visitLaunches } from './private/checks/launched-resources';
import { warnOfMovingImage } from './private/checks/moving-image';
import { canExist } from './private/ec2/image-search';
import { AMI_MAP, expect, FAMILY, LOCK_FILE_OPTIONS, SEARCH, SELECTOR, TEXT } from './private/expected';
import { code, message } from './private/language';

/**
 * What can be said of any image.
 */
export interface AmiOptions {
  /**
   * The CPU architecture of the image. An instance type of another one fails synth.
   *
   * @default - what the name of the parameter or image says, or the only one of the family; else that of the instance
   * type in a `WorkshopInstance`, and x86_64 elsewhere
   */
  readonly architecture?: ec2.InstanceArchitecture;

  /**
   * Where the root volume of the image lives. An instance type that cannot boot from it fails synth.
   *
   * @default - what the name of the parameter or image says, else `RootDevice.EBS`
   */
  readonly rootDevice?: RootDevice;

  /**
   * The script that the instance runs at its first boot. A format that the family does not run fails synth.
   *
   * @default - empty, in the format of the family; without a family a Linux shell script
   */
  readonly userData?: ec2.UserData;
}

/**
 * Options of `AmiSelector.latest`.
 */
export interface LatestAmiOptions extends AmiOptions {
  /**
   * When the image may change. What a source cannot honour throws.
   *
   * `AmiUpdates.ON_REQUEST` needs a stack with a concrete account and region.
   *
   * @default - where a parameter is followed, `AmiUpdates.ON_LAUNCH` in a `WorkshopInstance` or `WorkshopFleet` and `AmiUpdates.ON_DEPLOY`
   * elsewhere; `AmiUpdates.ON_REQUEST` where images are searched
   */
  readonly updates?: AmiUpdates;

  /**
   * Keeps the image apart from the same one under another key, or under none, so that each has its own entry in `cdk.context.json` to reset.
   *
   * Throws with another `updates` than `AmiUpdates.ON_REQUEST`, as nothing is kept then.
   *
   * @default - all that look for the same image in an account and region share one entry, wherever they stand in the code
   */
  readonly cacheKey?: string;
}

/**
 * Options of `AmiSelector.genericLinux`.
 */
export interface GenericLinuxAmiOptions extends AmiOptions {
  /**
   * The operating system of the image: the checks and facts of the catalog then hold for it too.
   *
   * A family without an image of this architecture and root device throws; one past its end of support adds a warning.
   *
   * @default - not known; taken for Linux
   */
  readonly family?: AmiFamily;

  /**
   * The device that the image boots from, as `aws ec2 describe-images` prints it (`RootDeviceName`).
   *
   * A `WorkshopInstance` needs it to encrypt and size the root volume: a block device of another name would be one
   * more volume beside the root.
   *
   * @default - that of the family; `/dev/xvda` where the name says Amazon Linux 2 or 2023; else not known
   */
  readonly rootDeviceName?: string;
}

/**
 * Options of `AmiSelector.fromSsmParameter`.
 */
export interface SsmParameterAmiOptions extends GenericLinuxAmiOptions, LatestAmiOptions {
  /**
   * Follow no change: take the image of this version of the parameter, a whole number from 1. With `AmiUpdates.ON_LAUNCH` EC2 reads it when it
   * starts an instance, else CloudFormation does; any other `updates` throws.
   *
   * Versions of a public parameter are counted in each region apart: the same number is another image elsewhere.
   * Parameter Store keeps the last 100; once a version is gone, deployments fail.
   *
   * @default - the newest version
   * @see https://docs.aws.amazon.com/systems-manager/latest/userguide/sysman-paramstore-versions.html
   */
  readonly parameterVersion?: number;
}

/**
 * Options of `AmiSelector.lookup`.
 */
export interface LookupAmiOptions extends GenericLinuxAmiOptions {
  /**
   * The name of the image, with the wildcards `*` and `?`. A name made of wildcards only throws.
   */
  readonly name: string;

  /**
   * Who may have published the image: 12-digit account ids, `amazon`, `aws-marketplace`, `aws-backup-vault` or `self`.
   * Images of all others are never chosen, whatever their name.
   *
   * An empty list or another word throws: without owners anyone can publish a newer image under a look-alike name
   * and be chosen.
   *
   * @see https://securitylabs.datadoghq.com/articles/whoami-a-cloud-image-name-confusion-attack/
   */
  readonly owners: string[];

  /**
   * More filters of the EC2 API, such as `{ 'tag:Release': ['stable'] }`. One that the lookup sets itself throws.
   *
   * @default - none but `architecture`, `root-device-type`, `virtualization-type` (hvm), `image-type` (machine) and
   * `state` (available), which are always sent
   * @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeImages.html
   */
  readonly filters?: { [name: string]: string[] };

  /**
   * Keeps the image apart from the same one under another key, or under none, so that each has its own entry in `cdk.context.json` to reset.
   *
   * @default - all that look for the same image in an account and region share one entry, wherever they stand in the code
   */
  readonly cacheKey?: string;
}

/**
 * Options of `AmiSelector.fromLockFile`.
 */
export interface LockFileAmiOptions {
  /**
   * The file, as a path from the folder that the app is started in (that of `cdk.json`).
   *
   * @default ami.lock.json
   */
  readonly file?: string;

  /**
   * The script that the instance runs at its first boot. A format that the family does not run fails synth.
   *
   * @default - empty, in the format of the family; without a family a Linux shell script
   */
  readonly userData?: ec2.UserData;
}

type SourceOptions = LatestAmiOptions & GenericLinuxAmiOptions & {
  readonly contradiction?: string;
  readonly isMac?: boolean;
  /** That of the name, where the user says none. */
  readonly namedFamily?: AmiFamily;
};

const BRAND = Symbol.for('cdk-workshop-instance.AmiSelector');

/**
 * One place to choose an Amazon Machine Image (AMI), usable wherever aws-cdk-lib takes a machine image.
 *
 * An image that cannot run fails synth, not the deployment: a wrong id, a region that is missing, a CPU architecture or
 * a root device that does not fit the instance type, a name that strangers may use. The checks travel with the image,
 * into `ec2.Instance`, `ec2.LaunchTemplate` and `autoscaling.AutoScalingGroup` as well as `WorkshopInstance`.
 */
export class AmiSelector implements ec2.IMachineImage {
  /**
   * An instance that exists keeps its image in a `WorkshopInstance` or `WorkshopFleet`, and one that is made later starts the newest. Elsewhere
   * any deployment may replace the instance, as in aws-cdk-lib. `updates` says otherwise.
   *
   * Where the publisher keeps no parameter, images are searched, and nothing changes until the entry in `cdk.context.json` is reset.
   *
   * Works in every stack for a family with a parameter. The others are searched among the images of their publisher,
   * and need a stack with a concrete account and region.
   *
   * @param family the operating system; one past its end of support adds a warning
   * @param options a combination of architecture and root device that the family does not have throws
   */
  public static latest(family: AmiFamily, options: LatestAmiOptions = {}): AmiSelector {
    expect(message`AmiSelector.latest`, { family }, { family: FAMILY }, ['family']);
    expect(message`AmiSelector.latest(${family})`, options, SELECTOR);
    const followed = family.parameterName(options.architecture, options.rootDevice) !== undefined;
    const source = latest(family, followed, options.updates);
    return new AmiSelector(source, { ...options, family }, followed ? AmiUpdates.ON_DEPLOY : AmiUpdates.ON_REQUEST);
  }

  /**
   * Never changes by itself: takes the image that a map of yours has for the region of the stack.
   *
   * Works in every stack, also in one without account and region. A region that is missing from the map fails synth
   * where the region of the stack is known, and else the deployment, by a rule of the template and before anything is made. All
   * instances of a stack that use the same map share one `CfnMapping`.
   *
   * @param amiMap region → AMI id, such as `{ 'eu-west-3': 'ami-01fde5e5b31e98551' }`. An empty map, a key that is no
   * region and a value that is no AMI id (`ami-` and 8 or 17 hex digits) throw; what CDK has yet to look up fails a later synth
   * @param options what is known of the images, the same for all of the map; an arm64 instance-store image throws
   */
  public static genericLinux(amiMap: { [region: string]: string }, options: GenericLinuxAmiOptions = {}): AmiSelector {
    expect(message`AmiSelector.genericLinux`, { amiMap }, { amiMap: AMI_MAP }, ['amiMap']);
    expect(message`AmiSelector.genericLinux`, options, SELECTOR);
    refuseUpdates(message`AmiSelector.genericLinux`, options);
    return new AmiSelector(regionMap(amiMap), options);
  }

  /**
   * An instance that exists keeps its image in a `WorkshopInstance` or `WorkshopFleet`, where EC2 reads the Systems Manager parameter when it
   * starts an instance. Elsewhere CloudFormation reads it at each deployment, which may replace the instance, as in aws-cdk-lib, also where the
   * template is the same. `updates` and `parameterVersion` say otherwise.
   *
   * What EC2 reads (`AmiUpdates.ON_LAUNCH`) must have the data type `aws:ec2:image`, as those of publishers have: a parameter of your own of
   * another type fails the deployment with `SsmInvalidParameter`.
   *
   * Works in every stack, also in one without account and region, but for `AmiUpdates.ON_REQUEST`.
   *
   * @param parameterName a parameter of a publisher, such as
   * `/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-6.1-x86_64`, or your own; a name that cannot hold an AMI id,
   * or that says another architecture or root device than the options, throws
   * @see https://docs.aws.amazon.com/systems-manager/latest/userguide/parameter-store-public-parameters-ami.html
   */
  public static fromSsmParameter(parameterName: string, options: SsmParameterAmiOptions = {}): AmiSelector {
    expect(message`AmiSelector.fromSsmParameter`, { parameterName }, { parameterName: TEXT }, ['parameterName']);
    expect(message`AmiSelector.fromSsmParameter`, options, SELECTOR);
    const source = ssmParameter(parameterName, options);
    // Only publishers keep to the words; a parameter of one's own may be called anything.
    const facts = factsFromName(isPublicParameter(parameterName) ? parameterName : '', options);
    const moves = options.parameterVersion === undefined && !isDated(parameterName);
    const namedFamily = isPublicParameter(parameterName) ? familyOfName(parameterName) : undefined;
    return new AmiSelector(source, { ...options, ...facts, namedFamily }, moves ? AmiUpdates.ON_DEPLOY : undefined);
  }

  /**
   * Changes only on request: takes the newest image of these owners that fits, searched when the app is synthesized
   * and then kept in `cdk.context.json`. `cdk context --reset KEY` searches anew, which may replace the instance.
   *
   * Needs a stack with a concrete account and region; another one fails synth. Deprecated images of other accounts
   * are never found.
   *
   * @param options whose images to search, and for which; an empty or open search throws
   */
  public static lookup(options: LookupAmiOptions): AmiSelector {
    expect(message`AmiSelector.lookup`, options, { ...SEARCH, ...SELECTOR }, ['name', 'owners']);
    refuseUpdates(message`AmiSelector.lookup`, options);
    const source = lookup(options);
    const facts = factsFromName(options.name, options);
    return new AmiSelector(source, { ...options, ...facts, namedFamily: familyOfName(options.name) }, AmiUpdates.ON_REQUEST);
  }

  /**
   * Never changes by itself: takes the image that the command `cdk-ami pin` wrote into a file for the region of the
   * stack. `cdk-ami update` moves it to the newest, and the next deployment replaces the instance.
   *
   * Works in every stack, also in one without account and region. Architecture, root device and operating system are
   * those of the entry. A region that the entry lacks fails synth where the region of the stack is known, and else the
   * deployment, before anything is made.
   *
   * @param name the name of the entry. A file that is not there or contradicts itself, and an entry or a family that is
   * not there, throw
   * @param options where the file is, and user data
   */
  public static fromLockFile(name: string, options: LockFileAmiOptions = {}): AmiSelector {
    expect(message`AmiSelector.fromLockFile`, { name }, { name: TEXT }, ['name']);
    expect(message`AmiSelector.fromLockFile`, options, LOCK_FILE_OPTIONS);
    const { source, facts } = locked(name, options.file);
    return new AmiSelector(source, { ...facts, userData: options.userData });
  }

  /**
   * The image in a scope, where it is an AmiSelector, also one of another copy of this package; for this architecture where the user left it open,
   * and read at launch where a parameter names it and the user did not say otherwise. Its checks are left to the caller.
   *
   * @internal
   */
  public static _resolve(scope: Construct, image: ec2.IMachineImage, architecture?: string): ResolvedImage | undefined {
    const { X86_64, ARM_64 } = ec2.InstanceArchitecture;
    const known = architecture === undefined ? undefined : architecture.startsWith(ARM_64) ? ARM_64 : X86_64;
    const resolved = isAmiSelector(image) ? image.resolve(scope, AmiUpdates.ON_LAUNCH, known) : undefined;
    warnOfEndOfSupport(scope, resolved?.endOfSupport);
    return resolved;
  }

  /**
   * The CPU architecture of the image. Undefined follows the instance type in a `WorkshopInstance` and is x86_64 elsewhere.
   */
  public readonly architecture?: ec2.InstanceArchitecture;

  /**
   * Where the root volume of the image lives.
   */
  public readonly rootDevice: RootDevice;

  /**
   * The device that the image boots from. Undefined where it is not known.
   */
  public readonly rootDeviceName?: string;

  /**
   * When the image may change, as `updates` or the default outside of a `WorkshopInstance` and `WorkshopFleet` says. Undefined where it never
   * changes by itself.
   */
  public readonly updates?: AmiUpdates;

  /**
   * The operating system of the image. Undefined where it is not known.
   */
  public readonly family?: AmiFamily;

  private readonly source: AmiSource;
  private readonly options: SourceOptions;

  private constructor(source: AmiSource, options: SourceOptions, defaultUpdates?: AmiUpdates) {
    Object.defineProperty(this, BRAND, { value: true });
    const { family } = options;
    this.family = family;
    this.source = source;
    this.options = options;
    this.updates = options.updates ?? defaultUpdates;
    this.rootDevice = options.rootDevice ?? RootDevice.EBS;
    this.rootDeviceName = options.rootDeviceName ?? (this.rootDevice === RootDevice.EBS ? family?.rootDeviceName : undefined);
    this.architecture = options.architecture ?? onlyArchitecture(this.rootDevice, family);

    if (!canExist(this.architecture, this.rootDevice)) {
      throw new Error(message`${source.call}: there is no arm64 image with an instance-store root device; choose RootDevice.EBS or `
        + message`ec2.InstanceArchitecture.X86_64.`);
    }
    if (options.cacheKey !== undefined && this.updates !== AmiUpdates.ON_REQUEST) {
      throw new Error(message`${source.call}: cacheKey ${JSON.stringify(options.cacheKey)} names an entry of cdk.context.json, and only AmiUpdates.ON_REQUEST keeps one; `
        + message`say updates: AmiUpdates.ON_REQUEST, or leave cacheKey out.`);
    }
    family?._variant(this.architecture, this.rootDevice);
  }

  /**
   * Renders the image for a scope, and adds to the scope the checks that it fits what it is given to.
   *
   * Called by the construct that takes the image.
   */
  public getImage(scope: Construct): ec2.MachineImageConfig {
    const image = this.resolve(scope, AmiUpdates.ON_DEPLOY);
    validateLaunches(scope, [imageCompatibility(image)]);
    // Not in a scope that only passes the image on.
    visitLaunches(scope, image.imageId, resource => {
      acknowledgeImageId(resource, image.updates);
      warnOfEndOfSupport(scope, image.endOfSupport);
    });
    warnOfMovingImage(scope, image);
    return image.getImage(scope);
  }

  /** @param followed when an image that a parameter names may change, where the user left it open */
  private resolve(scope: Construct, followed: AmiUpdates, instanceArchitecture?: ec2.InstanceArchitecture): ResolvedImage {
    const { family, rootDevice, rootDeviceName } = this;
    const { call, otherImage } = this.source;
    const updates = this.options.updates === undefined && this.updates === AmiUpdates.ON_DEPLOY ? followed : this.updates;
    const architecture = this.architecture ?? instanceArchitecture ?? ec2.InstanceArchitecture.X86_64;
    const onEc2 = ec2Architecture(architecture, family?._isMac ?? this.options.isMac);
    const osType = family?.osType ?? ec2.OperatingSystemType.LINUX;
    const userDataFormat = family?.userDataFormat ?? UserDataFormat.SHELL;
    const userData = () => this.options.userData ?? EMPTY_USER_DATA[userDataFormat]();
    family?._variant(architecture, rootDevice);

    const imageId = this.source.imageId(scope, { architecture, ec2Architecture: onEc2, rootDevice, updates, cacheKey: this.options.cacheKey });
    return {
      call,
      otherImage: other => isPublished(other, call, family) ? otherImage?.(other) : '',
      imageId,
      architecture,
      ec2Architecture: onEc2,
      contradiction: this.options.contradiction && `${call}: ${this.options.contradiction}`,
      architectureIsAssumed: this.architecture === undefined && instanceArchitecture === undefined,
      rootDevice,
      rootDeviceName,
      family,
      endOfSupport: (family ?? this.options.namedFamily)?._endOfSupportMessage(),
      updates,
      replacedBy: updates === AmiUpdates.ON_DEPLOY
        ? message`any deployment may replace it, as ${call} follows the newest image; hold the image still with updates: AmiUpdates.ON_LAUNCH or AmiUpdates.ON_REQUEST`
        : this.source.replacedBy,
      osType,
      userDataFormat,
      userData,
      getImage: () => ({ imageId, osType, userData: userData() }),
    };
  }
}

function warnOfEndOfSupport(scope: Construct, endOfSupport?: string): void {
  const isSaid = scope.node.scopes.some(each => each.node.metadata.some(({ data }) => `${data}`.startsWith(`${endOfSupport}`)));
  if (endOfSupport !== undefined && !isSaid) {
    Annotations.of(scope).addWarningV2('cdk-workshop-instance:familyPastEndOfSupport', endOfSupport);
  }
}

/** What JavaScript lets through. */
function refuseUpdates(call: string, { updates }: SourceOptions): void {
  if (updates !== undefined) {
    throw new Error(message`${call}: ${code('updates')} says when an image that a parameter names may change, and no parameter names this one; leave ${code('updates')} out.`);
  }
}

/** Whether there can be such an image for another architecture. */
function isPublished(architecture: string, call: string, family?: AmiFamily): boolean {
  // https://docs.aws.amazon.com/ec2/latest/windows-ami-reference/windows-amis.html
  return family?.variants().some(variant => variant.architecture === architecture) ?? !(architecture === 'arm64' && /\bwindows/i.test(call));
}

function isAmiSelector(image: ec2.IMachineImage): image is AmiSelector {
  return BRAND in image;
}

const EMPTY_USER_DATA: Record<UserDataFormat, () => ec2.UserData> = {
  [UserDataFormat.SHELL]: () => ec2.UserData.forLinux(),
  [UserDataFormat.POSIX_SHELL]: () => ec2.UserData.forLinux({ shebang: '#!/bin/sh' }),
  [UserDataFormat.POWERSHELL]: () => ec2.UserData.forWindows(),
  [UserDataFormat.TOML]: () => ec2.UserData.custom(''),
  [UserDataFormat.NONE]: () => ec2.UserData.custom(''),
};

/** The architecture that an image has by itself. */
function onlyArchitecture(rootDevice: RootDevice, family?: AmiFamily): ec2.InstanceArchitecture | undefined {
  const architectures = family?.variants().filter(variant => variant.rootDevice === rootDevice).map(({ architecture }) => architecture)
    ?? Object.values(ec2.InstanceArchitecture).filter(architecture => canExist(architecture, rootDevice));
  return architectures.length === 1 ? architectures[0] : undefined;
}

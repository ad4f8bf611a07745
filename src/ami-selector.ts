import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { Construct } from 'constructs';
import { AmiUpdates } from './ami-updates';
import { AmiSource } from './private/ami-source';
import { validateFit } from './private/image-fit';
import { imageFacts } from './private/image-name';
import { lookup } from './private/lookup';
import { regionMap } from './private/region-map';
import { ssmParameter } from './private/ssm-parameter';
import { RootDevice } from './root-device';

/**
 * What can be said of any image.
 */
export interface AmiOptions {
  /**
   * The CPU architecture of the image. An instance type of another one fails synth.
   *
   * @default - what the name of the parameter or image says; else that of the instance type in a `WorkshopInstance`,
   * and x86_64 elsewhere
   */
  readonly architecture?: ec2.InstanceArchitecture;

  /**
   * Where the root volume of the image lives. An instance type that cannot boot from it fails synth.
   *
   * @default - what the name of the parameter or image says, else `RootDevice.EBS`
   */
  readonly rootDevice?: RootDevice;

  /**
   * The device that the image boots from, as `aws ec2 describe-images` prints it (`RootDeviceName`).
   *
   * A `WorkshopInstance` needs it to encrypt and size the root volume: a block device of another name would be one
   * more volume beside the root.
   *
   * @default - `/dev/xvda` where the name says Amazon Linux 2 or 2023, else not known
   */
  readonly rootDeviceName?: string;

  /**
   * The script that the instance runs at its first boot.
   *
   * @default - an empty Linux shell script
   */
  readonly userData?: ec2.UserData;
}

/**
 * Options of `AmiSelector.genericLinux`.
 */
export interface GenericLinuxAmiOptions extends AmiOptions {}

/**
 * Options of `AmiSelector.fromSsmParameter`.
 */
export interface SsmParameterAmiOptions extends AmiOptions {
  /**
   * When the image may change, which replaces the instance.
   *
   * `AmiUpdates.ON_REQUEST` needs a stack with a concrete account and region.
   *
   * @default AmiUpdates.ON_DEPLOY
   */
  readonly updates?: AmiUpdates;

  /**
   * Follow no change: take the image of this version of the parameter, a whole number from 1.
   *
   * Versions of a public parameter are counted in each region apart: the same number is another image elsewhere.
   *
   * @default - the newest version
   */
  readonly parameterVersion?: number;
}

/**
 * Options of `AmiSelector.lookup`.
 */
export interface LookupAmiOptions extends AmiOptions {
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
   * When the image may change. A lookup knows one way only; another value throws.
   *
   * @default AmiUpdates.ON_REQUEST
   */
  readonly updates?: AmiUpdates;
}

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
   * Never changes by itself: takes the image that a map of yours has for the region of the stack.
   *
   * Works in every stack, also in one without account and region. A region that is missing from the map fails synth
   * where the region of the stack is known. All instances of a stack that use the same map share one `CfnMapping`.
   *
   * @param amiMap region → AMI id, such as `{ 'eu-west-3': 'ami-01fde5e5b31e98551' }`. An empty map, a key that is no
   * region and a value that is no AMI id (`ami-` and 8 or 17 hex digits) throw
   * @param options what is known of the images, the same for all of the map; an arm64 instance-store image throws
   */
  public static genericLinux(amiMap: { [region: string]: string }, options: GenericLinuxAmiOptions = {}): AmiSelector {
    return new AmiSelector(regionMap(amiMap), options);
  }

  /**
   * Any deployment may replace the instance, also one with an empty `cdk diff`: takes the image that a Systems Manager
   * parameter names at that moment. `updates` and `parameterVersion` hold it still.
   *
   * Works in every stack, also in one without account and region, but for `AmiUpdates.ON_REQUEST`.
   *
   * @param parameterName a parameter of a publisher, such as
   * `/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-6.1-x86_64`, or your own; a name that cannot hold an AMI id,
   * or that says another architecture or root device than the options, throws. A name that is a token is read when the
   * template changes only
   * @see https://docs.aws.amazon.com/systems-manager/latest/userguide/parameter-store-public-parameters-ami.html
   */
  public static fromSsmParameter(parameterName: string, options: SsmParameterAmiOptions = {}): AmiSelector {
    const source = ssmParameter(parameterName, options);
    // Only publishers keep to the words; a parameter of one's own may be called anything.
    const facts = imageFacts(source.call, parameterName.startsWith('/aws/service/') ? parameterName : '', options);
    return new AmiSelector(source, { ...options, ...facts }, options.updates ?? (options.parameterVersion ? undefined : AmiUpdates.ON_DEPLOY));
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
    const source = lookup(options);
    return new AmiSelector(source, { ...options, ...imageFacts(source.call, options.name, options) }, AmiUpdates.ON_REQUEST);
  }

  /**
   * Whether a machine image is an AmiSelector, also one of another copy of this package.
   *
   * @internal
   */
  public static _isAmiSelector(image: ec2.IMachineImage): image is AmiSelector {
    return BRAND in image;
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
   * When the image may change. Undefined where it never changes by itself.
   */
  public readonly updates?: AmiUpdates;

  private readonly source: AmiSource;
  private readonly options: AmiOptions;

  private constructor(source: AmiSource, options: AmiOptions, updates?: AmiUpdates) {
    Object.defineProperty(this, BRAND, { value: true });
    this.source = source;
    this.options = options;
    this.updates = updates;
    this.rootDevice = options.rootDevice ?? RootDevice.EBS;
    this.rootDeviceName = options.rootDeviceName;
    // There are no other instance-store images.
    this.architecture = options.architecture
      ?? (this.rootDevice === RootDevice.INSTANCE_STORE ? ec2.InstanceArchitecture.X86_64 : undefined);

    if (this.rootDevice === RootDevice.INSTANCE_STORE && this.architecture === ec2.InstanceArchitecture.ARM_64) {
      throw new Error(`${source.call}: there is no arm64 image with an instance-store root device; choose RootDevice.EBS or `
        + 'ec2.InstanceArchitecture.X86_64.');
    }
  }

  /**
   * Renders the image for a scope, and adds to the scope the check that the image fits the instance type.
   *
   * Called by the construct that takes the image.
   */
  public getImage(scope: Construct): ec2.MachineImageConfig {
    const image = { architecture: this.architecture ?? ec2.InstanceArchitecture.X86_64, rootDevice: this.rootDevice };
    const imageId = this.source.imageId(scope, image);
    validateFit(scope, imageId, { ...image, call: this.source.call, architectureIsAssumed: this.architecture === undefined });
    return {
      imageId,
      osType: ec2.OperatingSystemType.LINUX,
      userData: this.options.userData ?? ec2.UserData.forLinux(),
    };
  }

  /**
   * The same choice, for this architecture where the user left it open.
   *
   * @internal
   */
  public _following(architecture: ec2.InstanceArchitecture): AmiSelector {
    return new AmiSelector(this.source, { ...this.options, architecture: this.architecture ?? architecture }, this.updates);
  }
}

import { CfnMapping, CfnParameter, Stack, Token } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import { BootFacts } from './image-compatibility';
import { AmiFamily } from '../../ami-family';
import type { RootDevice } from '../../ami-types';
import { CachedImage, cachedImages, ImageSearch, pendingSearch } from '../ami/cached-image';
import { ec2Architecture, factsFromName, isNameOfMac } from '../ami/facts-from-name';
import { familyOfName } from '../ami/family-of-name';
import { knownFamily } from '../ami/locked-family';
import { PLACEHOLDER_AMI_ID } from '../ami/placeholder-image';
import { isDated, isPublicParameter } from '../ami/ssm-parameter';
import { isAmiId } from '../ec2/ami-id';
import { partitionOf } from '../ec2/region';
import { matchesWildcards } from '../ec2/wildcards';
import type { LockFile } from '../lock-file/lock-file';
import { listed, shown } from '../lock-file/printable';

/** Where an image that something launches comes from, and what that says of it. */
export interface ImageOrigin extends BootFacts {
  /** A literal id that nothing tells of. */
  readonly isUnknown: boolean;
  /** That of a publisher, who keeps to its words. */
  readonly parameterName?: string;
  /** Whether another image can come with the next deployment of the same app. */
  readonly moves: boolean;
  /** The names of a search without owners that found it. */
  readonly openSearch?: string[];
  /** The patterns or the name of the image. */
  readonly names: readonly string[];
  /** Whose it is; empty where that is not known. */
  readonly owners: readonly string[];
  readonly family?: AmiFamily;
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-supplied-parameter-types.html */
const SSM_PARAMETER = /^AWS::SSM::Parameter::Value</;

/** In CloudFormation's `{{resolve:ssm:NAME:VERSION}}` and EC2's `resolve:ssm:NAME:VERSION`. */
const REFERENCE = /^(\{\{)?resolve:ssm:(?<name>[^:{}]+)(:(?<version>\d+))?(\}\})?$/;

/** What aws-cdk-lib gives until the CDK CLI has searched. */
const PENDING = 'ami-1234';

/** The origins of the images of an app: parameters, what its context keeps of searches, and its lock files. */
export class ImageOrigins {
  private readonly cached = new Map<string, CachedImage[]>();
  private readonly locked: Map<string, ImageOrigin>;
  private readonly pending: NonNullable<ReturnType<typeof pendingSearch>>[];
  private readonly known = new Map<string, ImageOrigin[]>();
  private readonly elements = new Map<Stack, Map<string, CfnParameter | CfnMapping>>();

  /** @param missing the keys of what the context lacks */
  constructor(root: IConstruct, lockFiles: LockFile[], missing: string[] = []) {
    this.pending = missing.flatMap(key => pendingSearch(key) ?? []);
    for (const image of cachedImages(root.node.getAllContext())) {
      this.cached.set(image.imageId, [...this.cached.get(image.imageId) ?? [], image]);
    }
    this.locked = new Map(lockFiles.flatMap(originsOfLocked));
  }

  /** @param imageId as it stands in the template of the stack */
  public of(imageId: unknown, stack: Stack): ImageOrigin[] {
    const key = `${stack.node.path} ${JSON.stringify(imageId)}`;
    const known = this.known.get(key) ?? this.origins(imageId, stack);
    this.known.set(key, known);
    return known;
  }

  private origins(imageId: any, stack: Stack): ImageOrigin[] {
    if (imageId === PENDING) {
      // Which of several searches it stands for is not known.
      return this.pending.filter(({ account, region, owners }) => account === stack.account && region === stack.region && owners.length === 0)
        .map(({ names }) => ({ ...NOTHING_KNOWN, call: searchCall('the image', names), openSearch: names }));
    }
    if (typeof imageId === 'string') {
      const { name, version } = REFERENCE.exec(imageId)?.groups ?? {};
      return name !== undefined ? [ofParameter(name, version === undefined && imageId.startsWith('{{'), stack)] : isChosen(imageId) ? [this.ofId(imageId, stack)] : [];
    }
    const element = this.elementOf(stack, imageId?.Ref ?? imageId?.['Fn::FindInMap']?.[0]);
    if (element instanceof CfnParameter) {
      return SSM_PARAMETER.test(element.type) && typeof element.default === 'string' ? [ofParameter(element.default, true, stack)] : [];
    }
    return element === undefined ? [] : this.ofMap(element, imageId['Fn::FindInMap'][2], stack);
  }

  private ofMap(mapping: CfnMapping, key: string, stack: Stack): ImageOrigin[] {
    const { Mappings = {} } = stack.resolve((mapping as any)._toCloudFormation());
    return Object.entries<any>(Object.values<any>(Mappings)[0] ?? {})
      .filter(([region]) => Token.isUnresolved(stack.region) || region === stack.region)
      .map(([_, values]) => values[key])
      .filter(isChosen)
      .map(id => this.ofId(id, stack));
  }

  private ofId(imageId: string, stack: Stack): ImageOrigin {
    const locked = this.locked.get(imageId);
    if (locked !== undefined) {
      return locked;
    }
    const cached = this.cached.get(imageId) ?? [];
    const parameterName = cached.find(each => each.parameterName !== undefined)?.parameterName;
    if (parameterName !== undefined) {
      return ofParameter(parameterName, false, stack);
    }
    const searches = cached.flatMap(({ search }) => search ?? []);
    const search = searches.find(({ owners }) => owners.length > 0) ?? searches[0];
    return search === undefined ? { ...NOTHING_KNOWN, call: imageId, isUnknown: true } : ofSearch(imageId, search);
  }

  private elementOf(stack: Stack, logicalId: unknown): CfnParameter | CfnMapping | undefined {
    if (!this.elements.has(stack)) {
      this.elements.set(stack, new Map(stack.node.findAll()
        .filter((each): each is CfnParameter | CfnMapping => each instanceof CfnParameter || each instanceof CfnMapping)
        .filter(each => each.stack === stack)
        .map(each => [stack.resolve(each.logicalId), each])));
    }
    return this.elements.get(stack)!.get(logicalId as string);
  }
}

/** Not so before the CDK CLI has searched. */
function isChosen(imageId: string): boolean {
  return isAmiId(imageId) && imageId !== PLACEHOLDER_AMI_ID;
}

const searchCall = (image: string, names: string[]) => `${image} (searched as ${listed(names.map(name => shown(name)))})`;
const otherImage = (architecture: string) => `an ${architecture} image`;

const NOTHING_KNOWN = { isUnknown: false, moves: false, names: [], owners: [], otherImage };

function ofParameter(parameterName: string, moves: boolean, { region }: Stack): ImageOrigin {
  const name = isPublicParameter(parameterName) ? parameterName : '';
  const family = familyOfName(name);
  return {
    ...NOTHING_KNOWN,
    ...factsOf(name),
    call: `the image of the parameter ${shown(parameterName)}`,
    parameterName: name,
    moves: moves && !isDated(parameterName),
    owners: family?.owners(Token.isUnresolved(region) ? undefined : partitionOf(region)) ?? [],
    family,
  };
}

function ofSearch(imageId: string, search: ImageSearch): ImageOrigin {
  const { names, owners } = search;
  const name = names.length === 1 ? names[0] : '';
  const { ec2Architecture: ofName, rootDevice } = factsOf(name);
  return {
    ...NOTHING_KNOWN,
    call: searchCall(imageId, names),
    openSearch: owners.length === 0 ? names : undefined,
    names,
    owners,
    family: familyByName(name, owners),
    ec2Architecture: search.architecture ?? ofName,
    rootDevice: search.rootDevice as RootDevice ?? rootDevice,
  };
}

function originsOfLocked({ images }: LockFile): [string, ImageOrigin][] {
  return Object.entries(images).flatMap(([entry, { query, regions }]) => Object.values(regions).map(({ imageId, name, owner }) => {
    const origin: ImageOrigin = {
      ...NOTHING_KNOWN,
      call: `${imageId} (pinned as ${shown(entry)})`,
      names: [query.name ?? name],
      owners: [owner],
      family: knownFamily(query),
      ec2Architecture: ec2Architecture(query.architecture, isNameOfMac(name)),
      rootDevice: query.rootDevice as RootDevice,
    };
    return [imageId, origin] as [string, ImageOrigin];
  }));
}

function factsOf(name: string): Pick<BootFacts, 'ec2Architecture' | 'rootDevice'> {
  const { architecture, isMac, rootDevice } = factsFromName(name, {});
  return { ec2Architecture: architecture && ec2Architecture(architecture, isMac), rootDevice };
}

function familyByName(name: string, owners: readonly string[]): AmiFamily | undefined {
  return AmiFamily.all().find(family => owners.some(owner => family.owners().includes(owner))
    && family.variants().some(({ imageName }) => imageName !== undefined && matchesWildcards(imageName, name))) ?? familyOfName(name);
}

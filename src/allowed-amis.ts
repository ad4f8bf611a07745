import { Stack } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import type { AmiChecksOptions } from './ami-checks';
import { cpuArchitecture } from './private/ami/facts-from-name';
import { ImageOrigin, ImageOrigins } from './private/checks/image-origin';
import { launchesIn } from './private/checks/launched-resources';
import { APP, expect } from './private/expected';
import { message } from './private/language';
import { lockFilesNamed } from './private/lock-file/read';

/**
 * What "Allowed AMIs" does in accounts that the policy is attached to.
 */
export enum AllowedAmisState {
  /**
   * Every image can be used, and `aws ec2 describe-images` tells which one could not be (`ImageAllowed`).
   */
  AUDIT_MODE = 'audit_mode',

  /**
   * All other images are not found and cannot be launched.
   */
  ENABLED = 'enabled',
}

/**
 * What EC2's "Allowed AMIs" takes, so that the account runs the images of an app and no others: documents for the owner of the account, or of
 * the organization.
 *
 * Images of the account itself are always allowed.
 *
 * @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/ec2-allowed-amis.html
 */
export class AllowedAmis {
  /**
   * The images of all that stands below a construct when this is called: by owner and name where the family, the search or the lock file says
   * them, else by owner.
   *
   * @param scope the app, or a part of it
   * @param options where images are pinned. An image of which nothing tells whose it is throws, as the documents would forbid it
   */
  public static of(scope: IConstruct, options: AmiChecksOptions = {}): AllowedAmis {
    expect(message`AllowedAmis.of`, { scope }, { scope: APP.scope }, ['scope']);
    expect(message`AllowedAmis.of`, options, { lockFiles: APP.lockFiles });
    const origins = new ImageOrigins(scope.node.root, lockFilesNamed('AllowedAmis.of', options.lockFiles));
    const stacks = scope.node.findAll().filter(Stack.isStack).filter(stack => !stack.nested);
    const launches = stacks.flatMap(stack => launchesIn(stack));
    return new AllowedAmis(launches.flatMap(({ resource, imageId }) => origins.of(imageId, resource.stack).map(origin => {
      if (origin.owners.length === 0) {
        throw new Error(message`AllowedAmis.of: ${resource.node.path} launches ${origin.call} and nothing tells whose image it is; pin it with "cdk-ami pin", or `
          + message`search it with owners.`);
      }
      return origin;
    })));
  }

  private readonly criteria: Criterion[];

  private constructor(origins: ImageOrigin[]) {
    this.criteria = criteriaOf(origins);
  }

  /**
   * For `aws ec2 replace-image-criteria-in-allowed-images-settings --image-criteria`, in each region by itself: a list of objects with
   * `ImageProviders` and mostly `ImageNames`.
   *
   * @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ImageCriterionRequest.html
   */
  public toImageCriteria(): any {
    return this.criteria.map(({ owners, names }) => ({ ImageProviders: owners, ...names && { ImageNames: names } }));
  }

  /**
   * A declarative policy of AWS Organizations, for all accounts and regions that it is attached to.
   *
   * @param state begin with `AllowedAmisState.AUDIT_MODE`, if left out: it forbids nothing
   * @see https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_declarative_syntax.html
   */
  public toDeclarativePolicy(state: AllowedAmisState = AllowedAmisState.AUDIT_MODE): any {
    expect(message`AllowedAmis.toDeclarativePolicy`, { state }, { state: APP.state });
    const criteria = this.criteria.map(({ owners, names }, index) => [`criteria_${index + 1}`, {
      allowed_image_providers: { '@@assign': owners.map(owner => owner.replace(/-/g, '_')) },
      ...names && { image_names: { '@@assign': names } },
    }]);
    return { ec2_attributes: { allowed_images_settings: { state: { '@@assign': state }, image_criteria: Object.fromEntries(criteria) } } };
  }
}

interface Criterion {
  readonly owners: string[];
  /** Undefined for all of the owners. */
  readonly names?: string[];
}

/** In one criterion: https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ImageCriterionRequest.html */
const MOST_NAMES = 50;

function criteriaOf(origins: ImageOrigin[]): Criterion[] {
  const byOwners = new Map<string, (string[] | undefined)[]>();
  for (const origin of origins) {
    const owners = origin.owners.filter(owner => owner !== 'self').sort().join();
    byOwners.set(owners, [...byOwners.get(owners) ?? [], namesOf(origin)]);
  }
  byOwners.delete('');
  const criteria = [...byOwners].map(([owners, names]) => ({
    owners: owners.split(','),
    names: names.includes(undefined) ? undefined : [...new Set(names.flat() as string[])].sort(),
  }));
  // Without any, the account launches its own images alone.
  return criteria.length === 0 ? [{ owners: ['none'] }] : criteria.map(each => each.names && each.names.length > MOST_NAMES ? { owners: each.owners } : each);
}

/** The names of the images, in the characters that criteria take. Undefined where they are not known. */
function namesOf({ names, family, ec2Architecture }: ImageOrigin): string[] | undefined {
  const fits = (architecture: string) => ec2Architecture === undefined || architecture === cpuArchitecture(ec2Architecture);
  const variants = family?.variants().filter(({ architecture }) => fits(architecture)) ?? [];
  const known = names.length > 0 ? names : variants.map(({ imageName = '' }) => imageName);
  return known.length === 0 || known.includes('') ? undefined : known.map(name => name.replace(/[^\w()[\]./\-'@*? ]/g, '?'));
}

import { isAmiId } from '../ec2/ami-id';
import { isRegion } from '../ec2/region';

/** An image that the CDK CLI found at some time, and keeps in cdk.context.json. */
export interface CachedImage {
  /** What `cdk context --reset` takes. */
  readonly key: string;
  readonly account: string;
  readonly region: string;
  readonly imageId: string;
  /** Undefined where images were searched. */
  readonly parameterName?: string;
  /** Undefined where the image comes from a parameter. */
  readonly search?: ImageSearch;
}

export interface ImageSearch {
  readonly names: string[];
  /** Accounts and aliases. Where there is none, anyone can publish what the search finds. */
  readonly owners: string[];
  readonly architecture?: string;
  readonly rootDevice?: string;
}

/** What names the owners of a search, which may also be said by filters. */
const OWNER = /^(owners|filters\.owner-id|filters\.owner-alias)\.\d+$/;

/** The images in the context of an app. All else that it keeps is left out. */
export function cachedImages(context: object): CachedImage[] {
  return Object.entries(context).flatMap(([key, value]) => {
    const { provider, props } = partsOf(key);
    if (!['ami', 'ssm'].includes(provider) || typeof value !== 'string' || !isAmiId(value) || !isRegion(props.region ?? '')) {
      return [];
    }
    const { account, region, parameterName } = props;
    return [{ key, account, region, imageId: value, ...provider === 'ami' ? { search: searchOf(props) } : { parameterName } }];
  });
}

/** A search of which the context has no answer yet, by its key. */
export function pendingSearch(key: string): (ImageSearch & Pick<CachedImage, 'account' | 'region'>) | undefined {
  const { provider, props } = partsOf(key);
  return provider === 'ami' ? { ...searchOf(props), account: props.account, region: props.region } : undefined;
}

function searchOf(props: Record<string, string>): ImageSearch {
  const valuesOf = (pattern: RegExp) => Object.keys(props).filter(prop => pattern.test(prop)).map(prop => props[prop]);
  return {
    names: valuesOf(/^filters\.name\./),
    owners: valuesOf(OWNER),
    architecture: props['filters.architecture.0'],
    rootDevice: props['filters.root-device-type.0'],
  };
}

/**
 * A key such as `ami:account=123456789012:filters.name.0=web$:1:region=eu-west-3`, as aws-cdk-lib's ContextProvider writes it: it escapes the colons of
 * values, and not those of names, such as `filters.tag:Stage.0`.
 */
function partsOf(key: string): { provider: string; props: Record<string, string> } {
  const [provider] = key.split(':', 1);
  const props = key.slice(provider.length + 1).matchAll(/([^=]*)=((?:\$:|[^:])*)(?::|$)/g);
  return { provider, props: Object.fromEntries([...props].map(([, name, value]) => [name, value.replaceAll('$:', ':')])) };
}

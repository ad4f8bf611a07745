import { isAmiId } from '../private/ec2/ami-id';
import { isRegion } from '../private/ec2/region';

/** An image that the CDK CLI found at some time, and keeps in cdk.context.json. */
export interface CachedImage {
  /** What `cdk context --reset` takes. */
  readonly key: string;
  readonly account: string;
  readonly region: string;
  readonly imageId: string;
  /** Undefined where it comes from a parameter. */
  readonly search?: { readonly names: string[]; readonly isOpen: boolean };
}

/** The owners of a search, which may also be said by filters. */
const OWNER = /^(owners|filters\.owner-id|filters\.owner-alias)\.\d+$/;

/** The images in the text of a context file. All else that it keeps is left out. */
export function cachedImages(text: string, file: string): CachedImage[] {
  return Object.entries(parse(text, file)).flatMap(([key, value]) => {
    const { provider, props } = partsOf(key);
    if (!['ami', 'ssm'].includes(provider) || typeof value !== 'string' || !isAmiId(value) || !isRegion(props.region ?? '')) {
      return [];
    }
    const names = Object.entries(props).filter(([prop]) => prop.startsWith('filters.name.')).map(([_, name]) => name);
    const search = provider === 'ami' ? { names, isOpen: !Object.keys(props).some(prop => OWNER.test(prop)) } : undefined;
    return [{ key, account: props.account, region: props.region, imageId: value, search }];
  });
}

/** A key such as `ami:account=123456789012:filters.name.0=web$:1:region=eu-west-3`, as aws-cdk-lib's ContextProvider writes it. */
function partsOf(key: string): { provider: string; props: Record<string, string> } {
  const [provider, ...props] = key.split(/(?<!\$):/);
  return { provider, props: Object.fromEntries(props.map(prop => /^([^=]*)=?([^]*)$/.exec(prop.replaceAll('$:', ':'))!.slice(1))) };
}

function parse(text: string, file: string): object {
  try {
    return Object(JSON.parse(text.replace(/^\uFEFF/, '')));
  } catch (error) {
    throw new Error(`${file}: not JSON (${(error as Error).message}); restore it from version control, or delete it, and the next synth makes it anew.`);
  }
}

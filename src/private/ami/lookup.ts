import { Stack, Token } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { Construct } from 'constructs';
import { AmiSource } from './ami-source';
import { hasEnvironment, missingImage, PLACEHOLDER_AMI_ID } from './placeholder-image';
import { isAmiId } from '../ec2/ami-id';
import { checkSearch, imageFilters } from '../ec2/image-search';
import { code, message } from '../language';
import { commandLine } from '../lock-file/commands';

interface LookupOptions {
  readonly name: string;
  readonly owners: string[];
  readonly filters?: Record<string, string[]>;
}

/** The filters that the lookup sets itself, and the option that says each. */
const OWN_FILTERS: Record<string, string> = {
  'name': 'name',
  'owner-id': 'owners',
  'owner-alias': 'owners',
  'architecture': 'architecture',
  'root-device-type': 'rootDevice',
  'virtualization-type': 'no option: it is always hvm',
  'image-type': 'no option: it is always machine',
  'state': 'no option: it is always available',
};

/** The newest image of these owners that fits, searched while the app is synthesized. */
export function lookup(options: LookupOptions, call = message`AmiSelector.lookup(${JSON.stringify(options.name)})`): AmiSource {
  checkOptions(call, options);

  return {
    call,
    imageId(scope: Construct, image): string {
      if (!hasEnvironment(Stack.of(scope))) {
        return missingImage(scope, `${call} searches while the app is synthesized: give the stack an account and a region `
          + message`(env: { account: "123456789012", region: "eu-west-3" }), or use AmiSelector.fromSsmParameter or AmiSelector.genericLinux, which need neither.`);
      }
      const before = scope.node.metadata.length;
      const { imageId } = ec2.MachineImage.lookup({
        name: options.name,
        owners: options.owners,
        additionalCacheKey: image.cacheKey,
        filters: { ...options.filters, ...imageFilters({ architecture: image.ec2Architecture, rootDevice: image.rootDevice }) },
      }).getImage(scope);
      if (scope.node.metadata.slice(before).some(({ data }) => `${data}`.startsWith('No AMI found'))) {
        return missingImage(scope, `${call}: ${options.owners.join(' and ')} ${options.owners.length === 1 ? 'has' : 'have'} no ${image.architecture} image on `
          + `${image.rootDevice} of this name in ${Stack.of(scope).region}, or only deprecated ones; "${commandLine('search', ...nearby(options, Stack.of(scope).region))}" `
          + 'shows what comes nearest.');
      }
      // Until the context is looked up CDK gives ami-1234, which is no AMI id.
      return isAmiId(imageId) ? imageId : PLACEHOLDER_AMI_ID;
    },
  };
}

/** A search that finds more: for the name up to its first wildcard, and without its last word. */
function nearby({ name, owners }: LookupOptions, region: string): string[] {
  const start = name.split(/[*?]/)[0];
  const shorter = start.replace(/[^-/_. ]+[-/_. ]*$/, '') || start;
  return ['--name', `${shorter}*`, ...owners.flatMap(owner => ['--owner', owner]), '--region', region];
}

function checkOptions(call: string, { name, owners, filters = {} }: LookupOptions): void {
  const searched = [name, ...owners, ...Object.values(filters).flat()];
  if (searched.some(value => Token.isUnresolved(value))) {
    throw new Error(`${call} searches while the app is synthesized and cannot read a value that is known only at deployment; `
      + 'write name, owners and filters as plain text.');
  }
  checkSearch(call, name, owners);
  const own = Object.keys(filters).find(filter => filter in OWN_FILTERS);
  if (own !== undefined) {
    throw new Error(`${call}: the filter ${JSON.stringify(own)} is set by the lookup itself; use ${code(OWN_FILTERS[own])}.`);
  }
}

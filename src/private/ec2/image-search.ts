import { isOpenPattern } from './wildcards';

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeImages.html */
export const OWNER_ALIASES = ['amazon', 'aws-marketplace', 'aws-backup-vault', 'self'];

/** Whether EC2 takes this as the owner of an image. */
export function isOwner(owner: string): boolean {
  return OWNER_ALIASES.includes(owner) || /^\d{12}$/.test(owner);
}

/** Whether an image is of one of these owners. Nobody is `self` here: which account that is, only EC2 tells. */
export function isOwnedBy(owners: readonly string[], image: { readonly owner: string; readonly ownerAlias?: string }): boolean {
  return [image.owner, image.ownerAlias].some(owner => owner !== undefined && owners.includes(owner));
}

/**
 * @param noOwners how the call says that there are no owners
 * @throws where a search would find images of just anyone
 */
export function checkSearch(call: string, name: string, owners: readonly string[], noOwners = 'owners is empty'): void {
  if (isOpenPattern(name)) {
    throw new Error(`${call}: a name made of wildcards only matches every image of the owners; write the start of the name, `
      + 'such as "al2023-ami-2023.*-kernel-6.1-x86_64".');
  }
  if (owners.length === 0) {
    throw new Error(`${call}: ${noOwners}, and anyone can publish a newer image under this name; name who may: 12-digit account ids `
      + `or ${OWNER_ALIASES.join(', ')}.`);
  }
  const wrong = owners.find(owner => !isOwner(owner));
  if (wrong !== undefined) {
    throw new Error(`${call}: ${JSON.stringify(wrong)} is not an owner; write a 12-digit account id such as "099720109477" (Canonical), `
      + `or one of ${OWNER_ALIASES.join(', ')}.`);
  }
}

/** The filters that each search for an image has, for those of one architecture and root device where they are given. */
export function imageFilters({ architecture, rootDevice }: { architecture?: string; rootDevice?: string }): Record<string, string[]> {
  return {
    ...architecture && { architecture: [architecture] },
    ...rootDevice && { 'root-device-type': [rootDevice] },
    'virtualization-type': ['hvm'],
  };
}

/** Whether images of this kind exist: all with an instance-store root device are x86_64. */
export function canExist(architecture?: string, rootDevice?: string): boolean {
  return architecture !== 'arm64' || rootDevice !== 'instance-store';
}

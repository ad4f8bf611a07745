/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeImages.html */
export const OWNER_ALIASES = ['amazon', 'aws-marketplace', 'aws-backup-vault', 'self'];

/** Whether EC2 takes this as the owner of an image. */
export function isOwner(owner: string): boolean {
  return OWNER_ALIASES.includes(owner) || /^\d{12}$/.test(owner);
}

/** Whether an image is of one of these owners, as far as is known: which account `self` is, only EC2 tells. */
export function isOwnedBy(owners: readonly string[], image: { readonly owner: string; readonly ownerAlias?: string }): boolean {
  return [image.owner, image.ownerAlias, 'self'].some(owner => owner !== undefined && owners.includes(owner));
}

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeImages.html */
export const OWNER_ALIASES = ['amazon', 'aws-marketplace', 'aws-backup-vault', 'self'];

/** Whether EC2 takes this as the owner of an image. */
export function isOwner(owner: string): boolean {
  return OWNER_ALIASES.includes(owner) || /^\d{12}$/.test(owner);
}

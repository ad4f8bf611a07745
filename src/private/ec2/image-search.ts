import { isOwner, OWNER_ALIASES } from './owner';
import { isOpenPattern } from './wildcards';

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

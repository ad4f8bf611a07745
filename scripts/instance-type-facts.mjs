// What must hold of the library's rules for instance types, measured against the inventory that moto ships and against all types that the SDK names.

const PREVIOUS = 'https://docs.aws.amazon.com/ec2/latest/instancetypes/pg.html';
const ACCELERATED = 'https://docs.aws.amazon.com/ec2/latest/instancetypes/ac.html';
const MEMORY = 'https://docs.aws.amazon.com/ec2/latest/instancetypes/mo.html';

/** The families that moto's inventory lacks: family → architecture (undefined where no source tells) and where someone read it. */
const LOOKED_UP = {
  'cc1': ['x86_64', 'https://aws.amazon.com/blogs/aws/the-new-amazon-ec2-instance-type-the-cluster-compute-instance/'],
  'cc2': ['x86_64', PREVIOUS],
  'cg1': ['x86_64', 'https://aws.amazon.com/blogs/aws/new-ec2-instance-type-the-cluster-gpu-instance/'],
  'cr1': ['x86_64', PREVIOUS],
  'dl1': ['x86_64', ACCELERATED],
  'f1': ['x86_64', ACCELERATED],
  'g2': ['x86_64', PREVIOUS],
  'g3': ['x86_64', ACCELERATED],
  'g3s': ['x86_64', ACCELERATED],
  'g4ad': ['x86_64', ACCELERATED],
  'hi1': ['x86_64', 'https://aws.amazon.com/blogs/aws/new-high-io-ec2-instance-type-hi14xlarge/'],
  'hs1': ['x86_64', PREVIOUS],
  'p2': ['x86_64', ACCELERATED],
  'p3': ['x86_64', ACCELERATED],
  'p6e-gb200': ['arm64', 'https://aws.amazon.com/ec2/instance-types/p6/'],
  'u-9tb1': ['x86_64', MEMORY],
  'u-12tb1': ['x86_64', MEMORY],
  'u-18tb1': ['x86_64', MEMORY],
  'u-24tb1': ['x86_64', MEMORY],
  'u7ib-12tb': ['x86_64', MEMORY],
  'u7inh-32tb': ['x86_64', MEMORY],
};

const familyOf = type => type.split('.')[0];

/** The types of an inventory whose architecture is another than the library says. */
export function wrongArchitectures(inventory, architectureOf) {
  return inventory.filter(type => !type.ProcessorInfo.SupportedArchitectures.includes(architectureOf(type.InstanceType)))
    .map(type => type.InstanceType);
}

/** The types of an inventory that boot from a root device though the library says they do not, or the reverse. */
export function wrongRootDevices(inventory, canBoot, rootDevice) {
  return inventory.filter(type => type.SupportedRootDeviceTypes.includes(rootDevice) !== canBoot(type.InstanceType, rootDevice))
    .map(type => type.InstanceType);
}

/** The types of an inventory that run on CPU credits though the library says they do not, or the reverse. */
export function wrongCredits(inventory, isBurstable) {
  return inventory.filter(type => type.BurstablePerformanceSupported !== isBurstable(type.InstanceType)).map(type => type.InstanceType);
}

/**
 * What the library says of all types that the SDK names: `answered`, `undefinedOnPurpose`, and what is `wrong`.
 * A family that neither the inventory nor the list above has is wrong, whatever the library says of it: nobody has looked at it.
 */
export function compareNamedTypes(names, inventory, architectureOf, lookedUp = LOOKED_UP) {
  const inInventory = new Set(inventory.map(type => familyOf(type.InstanceType)));
  const result = { wrong: [], answered: [], undefinedOnPurpose: [] };
  for (const name of names) {
    const architecture = architectureOf(name);
    const family = familyOf(name);
    if (!inInventory.has(family) && !(family in lookedUp)) {
      result.wrong.push(`${name}: nobody has looked at the family ${family} yet; the library says ${architecture}.`);
    } else if (family in lookedUp && lookedUp[family][0] !== architecture) {
      result.wrong.push(`${name}: it is ${lookedUp[family][0]} by ${lookedUp[family][1]}, and the library says ${architecture}.`);
    } else if (architecture === undefined && lookedUp[family]?.[0] !== architecture) {
      result.wrong.push(`${name}: the library knows no architecture.`);
    } else {
      (architecture === undefined ? result.undefinedOnPurpose : result.answered).push(name);
    }
  }
  return result;
}

// What must hold of the library's rules for instance types, measured against the inventory that moto ships and against all types that the SDK names.

// Answers of AWS that earlier versions of moto ship, of types that AWS has withdrawn since or sells no more; the oldest names the processor only.
const [MOTO_2, MOTO_4, MOTO_5] = ['2.0.0', '4.0.0', '5.0.0'].map(tag => `https://github.com/getmoto/moto/blob/${tag}/moto/ec2/resources/instance_types.json`);

/** The families that moto's inventory lacks: family → architecture (undefined where nothing tells), and where it was read. Without a source only the name says it. */
const LOOKED_UP = {
  'cc1': ['x86_64', 'https://greenm3.com/gdcblog/2010/11/19/amazon-web-services-supercomputer-configuration-880-servers.html'],
  'cc2': ['x86_64', MOTO_4],
  'cg1': ['x86_64', 'https://www.allthingsdistributed.com/2010/11/cluster_gpu_instances_amazon_ec2.html'],
  'cr1': ['x86_64', MOTO_2],
  'dl1': ['x86_64', MOTO_5],
  'f1': ['x86_64', MOTO_5],
  'g2': ['x86_64', MOTO_4],
  'g3': ['x86_64', MOTO_5],
  'g3s': ['x86_64', MOTO_5],
  'g4ad': ['x86_64', MOTO_5],
  'hi1': ['x86_64'],
  'hs1': ['x86_64', MOTO_2],
  'p2': ['x86_64', MOTO_5],
  'p3': ['x86_64', MOTO_5],
  'p6e-gb200': ['arm64', 'https://docs.amazonaws.cn/dlami/latest/devguide/aws-deep-learning-ami-gpubaseossarm64-ul2404-2026-10-08.html'],
  'u-9tb1': ['x86_64', MOTO_5],
  'u-12tb1': ['x86_64', MOTO_5],
  'u-18tb1': ['x86_64', MOTO_5],
  'u-24tb1': ['x86_64', MOTO_5],
  'u7ib-12tb': ['x86_64'],
  'u7inh-32tb': ['x86_64'],
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
 * What the library says of all types that the SDK names: `answered` (of them by their names alone: `unread`), `undefinedOnPurpose`, and what is `wrong`.
 * A family that neither the inventory nor the list above has is wrong, whatever the library says of it: nobody has looked at it.
 */
export function compareNamedTypes(names, inventory, architectureOf, lookedUp = LOOKED_UP) {
  const inInventory = new Set(inventory.map(type => familyOf(type.InstanceType)));
  const result = { wrong: [], answered: [], unread: [], undefinedOnPurpose: [] };
  for (const name of names) {
    const architecture = architectureOf(name);
    const family = familyOf(name);
    if (!inInventory.has(family) && !(family in lookedUp)) {
      result.wrong.push(`${name}: nobody has looked at the family ${family} yet; the library says ${architecture}.`);
    } else if (family in lookedUp && lookedUp[family][0] !== architecture) {
      result.wrong.push(`${name}: it is ${lookedUp[family][0]} by ${lookedUp[family][1] ?? 'its name'}, and the library says ${architecture}.`);
    } else if (architecture === undefined && lookedUp[family]?.[0] !== architecture) {
      result.wrong.push(`${name}: the library knows no architecture.`);
    } else {
      (architecture === undefined ? result.undefinedOnPurpose : result.answered).push(name);
      if (family in lookedUp && lookedUp[family][1] === undefined) {
        result.unread.push(name);
      }
    }
  }
  return result;
}

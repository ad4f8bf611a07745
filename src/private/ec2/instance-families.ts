// No rule here, and nothing of aws-cdk-lib: the commands take these too.

/**
 * The families that boot from instance store, all of them x86_64.
 *
 * https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/creating-an-ami-instance-store.html
 */
export const INSTANCE_STORE_FAMILIES = ['c1', 'c3', 'd2', 'i2', 'm1', 'm2', 'm3', 'r3', 'x1'];

/**
 * The families that run on CPU credits. A name that starts with t does not say so: t1 and t8i have none.
 *
 * https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/burstable-performance-instances.html
 */
export const BURSTABLE_FAMILIES = ['t2', 't3', 't3a', 't4g'];

/**
 * The families with a processor of Intel or AMD whose names do not say so: what has a letter for it is not in this list.
 *
 * https://docs.aws.amazon.com/ec2/latest/instancetypes/instance-type-names.html
 */
export const X86_64_FAMILIES = [
  'c1', 'c3', 'c4', 'c5', 'c5d', 'c5n', 'cc1', 'cc2', 'cg1', 'cr1', 'd2', 'd3', 'd3en', 'dl1', 'dl2q', 'f1', 'f2', 'g2', 'g3', 'g3s', 'g4dn', 'g5', 'g6',
  'g6e', 'g6f', 'g7', 'g7e', 'gr6', 'gr6f', 'h1', 'hi1', 'hs1', 'i2', 'i3', 'i3en', 'inf1', 'inf2', 'm1', 'm2', 'm3', 'm4', 'm5', 'm5d', 'm5dn', 'm5n',
  'm5zn', 'p2', 'p3', 'p3dn', 'p4d', 'p4de', 'p5', 'p5e', 'p5en', 'p6-b200', 'p6-b300', 'r3', 'r4', 'r5', 'r5b', 'r5d', 'r5dn', 'r5n', 't1', 't2', 't3',
  'trn1', 'trn1n', 'trn2', 'trn2u', 'u-3tb1', 'u-6tb1', 'u-9tb1', 'u-12tb1', 'u-18tb1', 'u-24tb1', 'vt1', 'x1', 'x1e', 'z1d',
];

/**
 * All families that are known, those whose names say the processor after the others. A new one is in neither list.
 *
 * https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_RunInstances.html (InstanceType)
 */
export const FAMILIES = [
  ...X86_64_FAMILIES,
  'a1', 'c5a', 'c5ad', 'c6a', 'c6g', 'c6gd', 'c6gn', 'c6i', 'c6id', 'c6in', 'c7a', 'c7g', 'c7gd', 'c7gn', 'c7i', 'c7i-flex', 'c8a', 'c8g', 'c8gb', 'c8gd',
  'c8gn', 'c8i', 'c8i-flex', 'c8ib', 'c8id', 'c8in', 'c8ine', 'c9g', 'c9gd', 'g4ad', 'g5g', 'hpc6a', 'hpc6id', 'hpc7a', 'hpc7g', 'hpc8a', 'i4g', 'i4i', 'i7i',
  'i7ie', 'i8g', 'i8ge', 'im4gn', 'is4gen', 'm5a', 'm5ad', 'm6a', 'm6g', 'm6gd', 'm6i', 'm6id', 'm6idn', 'm6in', 'm7a', 'm7g', 'm7gd', 'm7i', 'm7i-flex',
  'm8a', 'm8azn', 'm8g', 'm8gb', 'm8gd', 'm8gn', 'm8i', 'm8i-flex', 'm8ib', 'm8id', 'm8idb', 'm8idn', 'm8in', 'm8ine', 'm9g', 'm9gd', 'mac-m3ultra', 'mac-m4',
  'mac-m4max', 'mac-m4pro', 'mac1', 'mac2', 'mac2-m1ultra', 'mac2-m2', 'mac2-m2pro', 'p6e-gb200', 'r5a', 'r5ad', 'r6a', 'r6g', 'r6gd', 'r6i', 'r6id', 'r6idn',
  'r6in', 'r7a', 'r7g', 'r7gd', 'r7i', 'r7iz', 'r8a', 'r8g', 'r8gb', 'r8gd', 'r8gn', 'r8i', 'r8i-flex', 'r8ib', 'r8id', 'r8idb', 'r8idn', 'r8in', 'r9g', 'r9gd',
  't3a', 't4g', 't8i', 'u7i-6tb', 'u7i-8tb', 'u7i-12tb', 'u7ib-12tb', 'u7in-16tb', 'u7in-24tb', 'u7in-32tb', 'u7inh-32tb', 'x2gd', 'x2idn', 'x2iedn', 'x2iezn',
  'x8aedz', 'x8g', 'x8i',
];

/** The sizes that are known. */
export const SIZES = [
  'nano', 'micro', 'small', 'medium', 'large', 'xlarge', ...[2, 3, 4, 6, 8, 9, 10, 12, 16, 18, 24, 32, 36, 48, 56, 64, 96, 112, 224, 480].map(factor => `${factor}xlarge`),
  'metal', ...[12, 16, 24, 32, 48, 96].map(factor => `metal-${factor}xl`),
];

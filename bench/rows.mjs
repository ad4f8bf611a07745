// What npm run bench measures: the rows of its table.
import { added, construct, growth, load, npmSize, pin, program, pythonImport, sizeBesideNpm, synth, wheelSize } from './samples.mjs';

const LIBRARY = 'cdk-workshop-instance';
const BY_HAND = 'by hand';
const FCK_NAT = 'cdk-fck-nat';
const KEY_PAIR = 'cdk-ec2-key-pair';

const COUNTS = [1, 10, 100, 400];
/** Instances of a program in another language. */
const PROGRAM = 10;
/** What the synth of an instance and of a fleet may cost, in the time of the same by hand. */
const LIMIT = 1.05;

const LOADED = ['ms', 'files', 'MB'];
const MADE = ['ms', 'resources', 'bytes', 'functions', 'assets'];
const PACKAGE = ['KB', 'KB installed', 'files'];

const synths = (kind, counts, what, validation) => counts.map(count => ({
  name: `${kind}-${count}${validation ? '-validated' : ''}`,
  what: `${what(count)}${validation ? ', with CDK\'s validation' : ''}`,
  units: ['ms'], sample: synth(kind, count, { validation }), ...validation ? { samples: 3 } : { samples: 7, limit: LIMIT },
}));

const instances = count => `synth of ${count} instance${count === 1 ? '' : 's'}`;
const fleet = count => `synth of a fleet of ${count}`;

/** Rows: the name, what is measured, the two sides, the units of the values of each, how many samples are taken and how, and what the ratio may be. */
export const ROWS = [
  { name: 'require-fck-nat', what: 'require()', other: FCK_NAT, units: LOADED, samples: 11, sample: load([LIBRARY], [FCK_NAT]) },
  { name: 'require-key-pair', what: 'require()', other: KEY_PAIR, units: LOADED, samples: 11, sample: load([LIBRARY], [KEY_PAIR]) },
  {
    name: 'first', what: 'first synth of a new process, with all that it loads', units: LOADED, samples: 5,
    sample: load(['instances', 'withLibrary'], ['instances', 'byHand']),
  },
  {
    name: 'first-fck-nat', what: 'first synth of a new process, with all that it loads', other: FCK_NAT, units: LOADED, samples: 5,
    sample: load(['peers', 'withLibrary'], ['peers', 'cdkFckNat']),
  },
  {
    name: 'first-key-pair', what: 'first synth of a new process, with all that it loads', other: KEY_PAIR, units: LOADED, samples: 5,
    sample: load(['peers', 'withLibraryAndKey'], ['peers', 'cdkEc2KeyPair']),
  },
  ...synths('instances', COUNTS, instances, false),
  ...synths('instances', COUNTS, instances, true),
  {
    name: 'instances-100-constructs', what: 'synth of 100 instances, each in a construct of its own', units: ['ms'], samples: 7,
    sample: synth('instances', 100, { other: 'byHandInConstructs' }), limit: LIMIT,
  },
  ...synths('fleet', COUNTS, fleet, false),
  ...synths('fleet', [100], fleet, true),
  {
    name: 'fleet-100-constructs', what: 'synth of a fleet of 100, each seat in a construct of its own', units: ['ms'], samples: 7,
    sample: synth('fleet', 100, { other: 'byHandInConstructs' }), limit: LIMIT,
  },
  {
    name: 'growth-instances', what: 'one more instance', ours: 'from 100 to 400', other: 'from 10 to 100', units: ['ms'], samples: 3,
    sample: growth('instances', COUNTS.slice(1)),
  },
  {
    name: 'growth-fleet', what: 'one more seat', ours: 'from 100 to 400', other: 'from 10 to 100', units: ['ms'], samples: 3,
    sample: growth('fleet', COUNTS.slice(1)),
  },
  { name: 'added-instance', what: 'what one more instance adds', units: ['bytes', 'resources', 'outputs'], samples: 1, sample: added('instances', 10, 50) },
  { name: 'added-seat', what: 'what one more seat adds', units: ['bytes', 'resources', 'outputs'], samples: 1, sample: added('fleet', 10, 50) },
  { name: 'construct-fck-nat', what: 'one construct and its VPC', other: FCK_NAT, units: MADE, samples: 5, sample: construct('withLibrary', 'cdkFckNat') },
  {
    name: 'construct-key-pair', what: 'a machine with a key pair and its VPC', other: KEY_PAIR, units: MADE, samples: 5,
    sample: construct('withLibraryAndKey', 'cdkEc2KeyPair'),
  },
  ...[100, 400].map(count => ({
    name: `checks-${count}`, what: `synth of ${count} instances of aws-cdk-lib`, ours: 'with AmiChecks', other: 'without', units: ['ms'], samples: 3,
    sample: synth('checks', count),
  })),
  {
    name: 'python-import', what: 'import in Python', units: ['ms', 'MB'], samples: 7,
    sample: pythonImport('from aws_cdk import App, Stack; from cdk_workshop_instance import WorkshopInstance', 'from aws_cdk import App, Stack, aws_ec2, aws_iam'),
  },
  { name: 'python-synth', what: `program in Python: ${instances(PROGRAM)}`, units: ['ms'], samples: 5, sample: program('python', ['library', 'by_hand'], PROGRAM) },
  { name: 'java-synth', what: `program in Java: ${instances(PROGRAM)}`, units: ['ms'], samples: 5, sample: program('java', ['Library', 'ByHand'], PROGRAM) },
  { name: 'go-synth', what: `program in Go: ${instances(PROGRAM)}`, units: ['ms'], samples: 5, sample: program('go', ['library', 'byhand'], PROGRAM) },
  { name: 'npm-fck-nat', what: 'npm package', other: FCK_NAT, units: PACKAGE, samples: 1, sample: npmSize(FCK_NAT) },
  { name: 'npm-key-pair', what: 'npm package', other: KEY_PAIR, units: PACKAGE, samples: 1, sample: npmSize(KEY_PAIR) },
  { name: 'wheel-fck-nat', what: 'wheel for Python', other: FCK_NAT, units: PACKAGE, samples: 1, sample: wheelSize(FCK_NAT) },
  { name: 'wheel-key-pair', what: 'wheel for Python', other: KEY_PAIR, units: PACKAGE, samples: 1, sample: wheelSize(KEY_PAIR) },
  { name: 'jar', what: 'jar for Java', other: 'its npm package', units: ['KB'], samples: 1, sample: sizeBesideNpm('java') },
  { name: 'go-module', what: 'module for Go', other: 'its npm package', units: ['KB'], samples: 1, sample: sizeBesideNpm('go') },
  {
    name: 'pin', what: 'cdk-ami pin in 30 regions, 200 ms on every call', other: 'one region after another', units: ['s', 'calls'], samples: 1, sample: pin,
  },
].map(row => ({ ours: LIBRARY, other: BY_HAND, ...row }));

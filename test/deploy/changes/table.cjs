// The changes of a fleet, and whose instances each replaces: the rows of docs/what-replaces-an-instance.md.
// `from` and `to` are properties of the fleet as the function `propsOf` of app.cjs reads them.

/** What CloudFormation does with the instances that are there before and after: nothing, replaces all, those whose zone is another, or that of the seat red. */
const KEPT = 'kept';
const REPLACED = 'replaced';
const MOVED = 'replaced where the zone is another';
const RED = 'replaced for that seat';

const ROWS = [
  { change: 'A seat is added', to: { seatNames: ['white', 'red', 'green', 'blue'] }, instances: KEPT },
  { change: 'A seat is removed', to: { seatNames: ['red', 'blue'] }, instances: KEPT },
  { change: 'A seat is renamed', to: { seatNames: ['red', 'Green', 'blue'] }, instances: KEPT },
  { change: 'Names or zones in another order', to: { seatNames: ['blue', 'red', 'green'], availabilityZones: ['eu-west-3b', 'eu-west-3a'] }, instances: KEPT },
  { change: 'A zone is added', to: { availabilityZones: ['eu-west-3a', 'eu-west-3b', 'eu-west-3c'] }, instances: MOVED },
  { change: 'A zone is removed', to: { availabilityZones: ['eu-west-3b'] }, instances: MOVED },
  { change: 'The publisher moves the parameter of the image', parameterMoves: true, instances: KEPT },
  { change: 'The same, with `AmiUpdates.ON_DEPLOY`', from: { updates: 'ON_DEPLOY' }, parameterMoves: true, instances: REPLACED },
  { change: '`outputs`', to: { outputs: false }, instances: KEPT },
  { change: '`autoStop`', to: { autoStop: true }, instances: KEPT },
  { change: '`access`: Session Manager, the endpoint, a port', to: { access: ['endpoint', 'port'] }, instances: KEPT },
  { change: '`connections`: a port is opened', to: { open: 8080 }, instances: KEPT },
  { change: 'A tag', to: { tag: 'week-2' }, instances: KEPT },
  { change: '`hardened`', to: { hardened: true }, instances: KEPT },
  { change: '`creditSpecification`', to: { credits: 'unlimited' }, instances: KEPT },
  { change: '`access`: another key pair', from: { access: ['ssh'] }, to: { access: ['ssh'], keyPair: 'other' }, instances: REPLACED },
  { change: '`machineImage`: another image', to: { family: 'UBUNTU_24_04' }, instances: REPLACED },
  { change: '`instanceType`: another architecture', to: { instanceType: 't4g.micro' }, instances: REPLACED },
  { change: '`rootVolumeSize`', to: { rootVolumeSize: 20 }, instances: REPLACED },
  { change: '`init`', from: { init: 'hello' }, to: { init: 'goodbye' }, instances: REPLACED },
  { change: '`init` with `keepUpToDate`', from: { init: 'hello', keepUpToDate: true }, to: { init: 'goodbye', keepUpToDate: true }, instances: KEPT },
  { change: '`seatInit` of a seat', from: { init: 'hello' }, to: { init: 'hello', seatInit: { red: 'goodbye' } }, instances: RED },
  { change: '`budget`', to: { budget: 50 }, instances: KEPT },
  { change: '`vpc`: another network', to: { vpc: true }, instances: REPLACED },
];

module.exports = { KEPT, REPLACED, MOVED, RED, ROWS };

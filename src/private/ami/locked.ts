import { resolve } from 'path';
import { Token } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { AmiSource } from './ami-source';
import { familyProblem, imageProblem, isOfMac, knownFamily, ownersProblem } from './locked-family';
import { imagesByRegion } from './region-map';
import { AmiFamily } from '../../ami-family';
import { RootDevice } from '../../ami-types';
import { partitionOf } from '../ec2/region';
import { message } from '../language';
import { commandLine, commandToPin, fileOption, LOCK_FILE } from '../lock-file/commands';
import { nearest } from '../lock-file/did-you-mean';
import type { LockedEntry, LockedQuery } from '../lock-file/lock-file';
import { ENTRY_NAME, isEntryName } from '../lock-file/names';
import { listed, shown } from '../lock-file/printable';
import { readLockFile } from '../lock-file/read';

/** An entry of a lock file. */
interface Locked {
  readonly source: AmiSource;
  /** What is known of all its images. */
  readonly facts: {
    readonly architecture: ec2.InstanceArchitecture;
    readonly isMac: boolean;
    readonly rootDevice: RootDevice;
    readonly rootDeviceName?: string;
    readonly family?: AmiFamily;
  };
}

/** In commands, where it is not known what the user wants. */
const EXAMPLE = { query: { family: 'UBUNTU_24_04' }, regions: ['eu-west-3'] };

/** The images that the command cdk-ami pinned under a name. */
export function locked(name: string, file: string = LOCK_FILE): Locked {
  const call = message`AmiSelector.fromLockFile(${shown(name)})`;
  const { query, regions } = entryOf(call, name, file);
  const images = Object.values(regions);
  if (images.length === 0) {
    throw new Error(`${call}: ${file} has it for no region; add one with "${commandToPin(name, { regions: EXAMPLE.regions, file })}".`);
  }
  const partition = partitionOf(Object.keys(regions)[0]);
  const anew = commandToPin(name, { query, regions: Object.keys(regions), file });
  const family = familyOf({ query, regions }, anew, (problem, where) => {
    throw new Error(`${call}: ${file}: the ${where === undefined ? `query of ${shown(name)}` : `image of ${shown(name)} in ${where}`} ${problem}.`);
  });
  const rootDeviceNames = new Set(images.map(image => image.rootDeviceName));

  return {
    source: {
      ...imagesByRegion(Object.fromEntries(Object.entries(regions).map(([region, { imageId }]) => [region, imageId])), {
        call,
        holder: file,
        adding: region => {
          const pinning = partitionOf(region) === partition
            ? commandToPin(name, { regions: [region], file })
            : commandToPin(`${name}-${partitionOf(region)}`, { query, regions: [region], file });
          return `pin one with "${pinning}"`;
        },
        remedy: `pin one with "cdk-ami pin ${name} --region REGION"`,
      }),
      replacedBy: `a deployment replaces it once "${commandLine('update', name, ...fileOption(file))}" has moved the entry ${shown(name)} to another image; keep its data elsewhere, `
        + 'or leave the entry as it is',
      otherImage: architecture => {
        // A search by name mostly says the architecture in the name, too.
        const other = { query: { ...query, architecture: architecture as LockedQuery['architecture'] }, regions: Object.keys(regions), file };
        return `an ${architecture} image, pinned ${family ? `with "${commandToPin(`${name}-${architecture}`, other)}"` : 'under a name of its own'}`;
      },
    },
    facts: {
      architecture: query.architecture as ec2.InstanceArchitecture,
      isMac: isOfMac(query),
      rootDevice: query.rootDevice as RootDevice,
      rootDeviceName: rootDeviceNames.size === 1 ? images[0].rootDeviceName : undefined,
      family,
    },
  };
}

function entryOf(call: string, name: string, file: string): LockedEntry {
  if (Token.isUnresolved(name) || Token.isUnresolved(file)) {
    throw new Error(`${call} reads the file while the app is synthesized and cannot read a value that is known only at deployment; write name and `
      + 'file as plain text.');
  }
  if (!isEntryName(name)) {
    throw new Error(`${call}: ${shown(name)} cannot be the name of an entry; write ${ENTRY_NAME}.`);
  }
  const lock = readLockFile(call, file);
  if (lock === undefined) {
    throw new Error(`${call}: there is no file ${resolve(file)}; make it with "${commandToPin(name, { ...EXAMPLE, file })}" in the folder that the app `
      + 'is started in.');
  }
  const { images } = lock;
  if (!Object.hasOwn(images, name)) {
    const names = Object.keys(images);
    const near = nearest(name, names);
    const others = names.length === 0 ? 'nor any other' : `only ${listed(names.map(each => shown(each)))}`;
    throw new Error(`${call}: ${file} has no entry ${shown(name)}, ${others}; `
      + `${near === undefined ? '' : `write ${shown(near)}, or `}pin one with "${commandToPin(name, { ...EXAMPLE, file })}".`);
  }
  return images[name];
}

/** The family of a query, where it has one and the entry fits it. */
function familyOf({ query, regions }: LockedEntry, anew: string, fail: (problem: string, region?: string) => never): AmiFamily | undefined {
  const ofFamily = familyProblem(query);
  if (ofFamily !== undefined) {
    fail(ofFamily);
  }
  for (const [region, image] of Object.entries(regions)) {
    const again = `take the entry out of the file, and "${anew}" pins it anew`;
    const [ofOwners, ofImage] = [ownersProblem(query, region), imageProblem(query, region, image)];
    if (ofOwners !== undefined) {
      fail(`${ofOwners}; ${again}`);
    }
    if (ofImage !== undefined) {
      fail(`${ofImage}; ${again}`, region);
    }
  }
  return knownFamily(query);
}

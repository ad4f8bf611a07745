import { Lazy } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { Construct } from 'constructs';
import { code } from '../language';

/** Commands of this package around the script of the user, in the language of the image. */
export interface BootStep {
  /** The option that brings them, as messages call it. */
  readonly option: string;
  readonly before?: string[];
  readonly after?: string[];
}

/** How a script is taken apart and put together again. */
interface Language {
  /** What a script of the language looks like; the group is what is left without its frame. */
  readonly pattern: RegExp;
  /** A new script with the frame of another. */
  readonly like: (own: ec2.UserData) => ec2.UserData;
  readonly description: string;
}

const LANGUAGES: Partial<Record<ec2.OperatingSystemType, Language>> = {
  [ec2.OperatingSystemType.LINUX]: {
    // What is a token as a whole may have a first line of its own, which is a comment then.
    pattern: /^(?:#!.*\b(?:ba|da|k|z)?sh\b.*\n?|(?=\$\{Token\[))([^]*)$/,
    like: own => ec2.UserData.forLinux({ shebang: Lazy.uncachedString({ produce: () => /^#!.*/.exec(own.render())?.[0] ?? '#!/bin/bash' }) }),
    description: 'a shell script (ec2.UserData.forLinux)',
  },
  [ec2.OperatingSystemType.WINDOWS]: {
    pattern: /^<powershell>([^]*)<\/powershell>(?:<persist>true<\/persist>)?$/,
    like: own => ec2.UserData.forWindows({ persist: own.render().endsWith('<persist>true</persist>') }),
    description: 'a PowerShell script (ec2.UserData.forWindows)',
  },
};

/**
 * A script with the commands of the steps around those of the user.
 *
 * The user's object stays as it is: several instances may share it, and aws-cdk-lib adds the commands of each.
 */
export function withBootSteps(scope: Construct, own: ec2.UserData, osType: ec2.OperatingSystemType, steps: BootStep[]): ec2.UserData {
  const language = LANGUAGES[osType];
  if (language === undefined) {
    return own;
  }
  const script = language.like(own);
  script.addCommands(
    ...steps.flatMap(step => step.before ?? []),
    Lazy.uncachedString({ produce: () => language.pattern.exec(own.render())?.[1] }),
    ...steps.flatMap(step => step.after ?? []),
  );
  scope.node.addValidation({
    validate: () => language.pattern.test(own.render()) ? [] : [
      `the commands of ${steps.map(step => code(step.option)).join(' and ')} go into the user data, which starts with `
      + `${JSON.stringify(own.render().split('\n')[0])}; write it as ${code(language.description)}.`,
    ],
  });
  return script;
}

import { Lazy, Resource } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { Construct } from 'constructs';
import { DownloadSource } from '../checks/network';
import { code, message } from '../language';

/** Commands of this package around the script of the user, in the language of the image. */
export interface BootStep {
  /** The option that brings them, as messages call it. */
  readonly option: string;
  readonly before?: string[];
  /** From where they install something. */
  readonly downloads?: DownloadSource;
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
    description: 'a shell script (ec2.UserData.forLinux), or as cloud-init data (ec2.MultipartUserData, #cloud-config)',
  },
  [ec2.OperatingSystemType.WINDOWS]: {
    pattern: /^<powershell>([^]*)<\/powershell>(?:<persist>true<\/persist>)?$/,
    like: own => ec2.UserData.forWindows({ persist: own.render().endsWith('<persist>true</persist>') }),
    description: 'a PowerShell script (ec2.UserData.forWindows)',
  },
};

/** What cloud-init takes beside scripts of a shell: https://docs.cloud-init.io/en/latest/explanation/format.html */
const CLOUD_INIT_DATA = /^(#!|#cloud-|#include|#part-handler|## template: jinja|Content-Type: multipart\/)/;

/**
 * A script with the commands of the steps around those of the user, or beside what else cloud-init takes.
 *
 * The user's object stays as it is: several instances may share it, and aws-cdk-lib adds the commands of each.
 */
export function withBootSteps(scope: Construct, own: ec2.UserData, osType: ec2.OperatingSystemType, steps: BootStep[]): ec2.UserData {
  const language = LANGUAGES[osType];
  if (language === undefined) {
    return own;
  }
  const isScript = () => language.pattern.test(own.render());
  if (osType === ec2.OperatingSystemType.LINUX && !isScript() && CLOUD_INIT_DATA.test(own.render())) {
    const script = ec2.UserData.forLinux();
    script.addCommands(...steps.flatMap(({ before = [], after = [] }) => [...before, ...after]));
    return beside(own, script);
  }
  const script = language.like(own);
  script.addCommands(
    ...steps.flatMap(step => step.before ?? []),
    Lazy.uncachedString({ produce: () => language.pattern.exec(own.render())?.[1] }),
    ...steps.flatMap(step => step.after ?? []),
  );
  scope.node.addValidation({
    validate: () => isScript() ? [] : [
      `the commands of ${steps.map(step => code(step.option)).join(' and ')} go into the user data, which starts with `
      + `${JSON.stringify(own.render().split('\n')[0])}; write it as ${code(language.description)}.`,
    ],
  });
  return script;
}

/** Both in one, the script last: what is added later, such as the commands of init, goes into it. */
function beside(own: ec2.UserData, script: ec2.UserData): ec2.UserData {
  const [, partsSeparator] = /^Content-Type: multipart\/.*boundary="(.+)"/.exec(own.render()) ?? [];
  const both = new ec2.MultipartUserData({ partsSeparator });
  both.addPart({
    renderBodyPart: () => {
      const text = own.render();
      return partsSeparator === undefined
        // What plain text is, cloud-init sees by its first line.
        ? ['Content-Type: text/plain; charset="utf-8"', '', text]
        // All its parts, and not one with parts in it: what EKS reads of user data looks no deeper.
        : [text.slice(text.indexOf(`\n--${partsSeparator}\n`) + partsSeparator.length + 4, text.lastIndexOf(`\n--${partsSeparator}--`))];
    },
  });
  both.addUserDataPart(script, ec2.MultipartBody.SHELL_SCRIPT, true);
  return both;
}

/**
 * User data that several instances share, for one of them: it takes commands of its own, which come after the others and reach nobody else.
 *
 * The original may still change.
 */
export class UserDataForOne extends ec2.UserData {
  private commands?: ec2.UserData;

  constructor(private readonly own: ec2.UserData) {
    super();
  }

  public render(): string {
    return this.commands === undefined ? this.own.render() : (this.language() ? this.commands : beside(this.own, this.commands)).render();
  }

  public addCommands(...commands: string[]): void {
    this.script().addCommands(...commands);
  }

  public addOnExitCommands(...commands: string[]): void {
    this.script().addOnExitCommands(...commands);
  }

  public addS3DownloadCommand(params: ec2.S3DownloadOptions): string {
    return this.script().addS3DownloadCommand(params);
  }

  public addExecuteFileCommand(params: ec2.ExecuteFileOptions): void {
    this.script().addExecuteFileCommand(params);
  }

  public addSignalOnExitCommand(resource: Resource): void {
    this.script().addSignalOnExitCommand(resource);
  }

  private language(): Language | undefined {
    return Object.values(LANGUAGES).find(({ pattern }) => pattern.test(this.own.render()));
  }

  private script(): ec2.UserData {
    const language = this.language();
    if (this.commands === undefined && language !== undefined) {
      this.commands = language.like(this.own);
      this.commands.addCommands(Lazy.uncachedString({ produce: () => language.pattern.exec(this.own.render())?.[1] }));
    }
    if (this.commands === undefined && !CLOUD_INIT_DATA.test(this.own.render())) {
      throw new Error(message`the user data starts with ${JSON.stringify(this.own.render().split('\n')[0])}, which takes no commands for one seat; write it as `
        + message`a script (ec2.UserData.forLinux, ec2.UserData.forWindows).`);
    }
    return this.commands ??= ec2.UserData.forLinux();
  }
}

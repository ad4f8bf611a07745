import { Finding, Launch } from './launched-resources';
import { UserDataFormat } from '../../ami-types';
import { ResolvedImage } from '../ami/resolved-image';
import { code } from '../language';

/** How user data of each format starts, and what the format is called. */
const FORMATS: Record<UserDataFormat, { pattern: RegExp; description: string }> = {
  [UserDataFormat.SHELL]: { pattern: /^(?!<powershell>)/, description: 'a shell script or cloud-init data' },
  [UserDataFormat.POSIX_SHELL]: {
    pattern: /^(?!<powershell>|#!.*\bbash\b)/,
    description: 'a script of /bin/sh (ec2.UserData.forLinux with shebang: "#!/bin/sh") or cloud-init data, as it has no bash',
  },
  [UserDataFormat.POWERSHELL]: { pattern: /^(?!#!)/, description: 'a PowerShell script (ec2.UserData.forWindows)' },
  [UserDataFormat.TOML]: { pattern: /^\s*($|#(?!!)|\[|[\w."'-]+\s*=)/, description: 'TOML settings (ec2.UserData.custom), not scripts' },
  [UserDataFormat.NONE]: { pattern: /^$/, description: 'no user data' },
};

/** That an image runs what it is given. */
export function userDataFormat({ userData }: Launch, { call, userDataFormat: format }: ResolvedImage): Finding[] {
  const { pattern, description } = FORMATS[format];
  const content = userData?.['Fn::Base64'];
  const start = content?.['Fn::Join']?.[1][0] ?? content ?? '';
  return typeof start !== 'string' || pattern.test(start) ? [] : [{
    id: 'cdk-workshop-instance:userDataOfOtherFormat',
    message: `${call} takes ${code(description)}, and its user data starts with ${JSON.stringify(start.trimStart().split('\n')[0])}; write user data of that format.`,
  }];
}

/** https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/instancedata-add-user-data.html */
const LIMIT = 16_384;

/** That EC2 takes user data of this size, whatever CloudFormation fills in. */
export function userDataSize({ userData }: Launch): Finding[] {
  const content = userData?.['Fn::Base64'];
  // What is encoded already ends with up to two signs that stand for no byte.
  const bytes = content === undefined ? Math.floor(bytesOf(userData) * 3 / 4) - 2 : bytesOf(content);
  return bytes <= LIMIT ? [] : [{
    id: 'cdk-workshop-instance:userDataTooLong',
    message: `the user data has ${bytes} bytes or more, and EC2 takes ${LIMIT}, counted before base64; `
      + code('keep what is long in an asset that the user data fetches (userData.addS3DownloadCommand and addExecuteFileCommand), or write the files with init '
        + '(ec2.InitFile), which are no part of the user data.'),
  }];
}

/** How long a rendered text is at least. */
function bytesOf(value: any): number {
  if (typeof value === 'string') {
    return Buffer.byteLength(value);
  }
  const { 'Fn::Join': join, 'Fn::Sub': sub, 'Fn::Base64': base64 } = value ?? {};
  if (Array.isArray(join?.[1])) {
    const [delimiter, parts] = join;
    return parts.reduce((sum: number, part: any) => sum + bytesOf(part), Buffer.byteLength(delimiter) * Math.max(parts.length - 1, 0));
  }
  if (base64 !== undefined) {
    return Math.ceil(bytesOf(base64) / 3) * 4;
  }
  const [text] = [sub].flat();
  return typeof text === 'string' ? Buffer.byteLength(text.replace(/\$\{[^}]*\}/g, '')) : 0;
}

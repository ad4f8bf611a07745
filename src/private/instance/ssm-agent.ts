import { extname } from 'path';
import { Stack } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { installPackages } from './package-manager';
import { BootStep } from './user-data';
import { ResolvedImage } from '../ami/resolved-image';
import { DownloadSource } from '../checks/network';
import { AccessNeeds } from '../checks/reachability';

/** What AWS calls the architectures in the names of its files. */
const WORDS: Record<string, string> = { x86_64: 'amd64', arm64: 'arm64' };

/** What package managers take, and what brings it there, by the ending of the file. */
const SOURCES: Record<string, (file: string, url: string) => [string, string[]?]> = {
  '': file => [file],
  '.rpm': (_, url) => [url],
  '.deb': (_, url) => ['/tmp/amazon-ssm-agent.deb', [`wget -q -O /tmp/amazon-ssm-agent.deb ${url}`]],
};

/** What installs the SSM agent, where a way in needs it and the image is not known to have it. */
export function installSsmAgent(scope: Construct, access: AccessNeeds[], image?: ResolvedImage): BootStep[] {
  const { ssmAgent, _software: { packageManager, python, ssmAgentPackage } = {} } = image?.family ?? {};
  const needed = access.find(({ needs }) => needs.includes('ssmAgent'));
  if (needed === undefined || ssmAgent || packageManager === undefined || ssmAgentPackage === undefined) {
    return [];
  }
  const { region, urlSuffix } = Stack.of(scope);
  const file = ssmAgentPackage.replace('{architecture}', WORDS[image!.architecture]);
  const url = `https://s3.${region}.${urlSuffix}/amazon-ssm-${region}/latest/${file}`;
  const [name, download] = SOURCES[extname(file)](file, url);
  return [{
    option: needed.call,
    // A package of Amazon Linux, or a file that apt installs without its repositories, which it may miss; dnf and zypper ask theirs first.
    downloads: python === undefined || packageManager === 'apt' ? DownloadSource.S3 : DownloadSource.INTERNET,
    before: [...installPackages(packageManager, [name], download), 'systemctl enable --now amazon-ssm-agent'],
  }];
}

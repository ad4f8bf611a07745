import { Annotations } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { Construct } from 'constructs';
import type { AmiFamily } from '../../ami-family';
import { UserDataFormat } from '../../ami-types';
import { runsCodeServer } from '../instance/code-server';
import { code } from '../language';

/** What a way in needs of the operating system. */
type Requirement = 'ssmAgent' | 'instanceConnect' | 'sshServer' | 'remoteDesktop' | 'codeServer';

/** A way in, as far as it needs something of the operating system. */
export interface AccessNeeds {
  /** How it is written in an app. */
  readonly call: string;
  readonly needs: Requirement[];
}

const NAMES: Record<Requirement, string> = {
  ssmAgent: 'the SSM agent',
  instanceConnect: 'EC2 Instance Connect',
  sshServer: 'an SSH server',
  remoteDesktop: 'Remote Desktop',
  codeServer: 'a Linux with systemd and glibc 2.28, known to the catalog',
};

/** What messages advise. */
const ADVICE: AccessNeeds[] = [
  { call: 'WorkshopAccess.sessionManager()', needs: ['ssmAgent'] },
  { call: 'WorkshopAccess.instanceConnectEndpoint()', needs: ['sshServer', 'instanceConnect'] },
  { call: 'WorkshopAccess.instanceConnectEndpoint with keyPair', needs: ['sshServer'] },
  { call: 'WorkshopAccess.ssh with allowFrom', needs: ['sshServer'] },
  { call: 'WorkshopAccess.rdp with allowFrom', needs: ['remoteDesktop'] },
];

/**
 * Checks that the operating system of an image can serve the ways in.
 *
 * @throws where it cannot
 */
export function checkAccess(scope: Construct, access: AccessNeeds[], osType: ec2.OperatingSystemType, family?: AmiFamily): void {
  const name = family === undefined ? 'this image' : `${family}`;
  const has: Record<Requirement, boolean | undefined> = {
    ssmAgent: family?._software.ssmAgentPackage ? true : family?.ssmAgent,
    instanceConnect: family?.instanceConnect,
    codeServer: family !== undefined && runsCodeServer(family._software),
    remoteDesktop: osType === ec2.OperatingSystemType.WINDOWS,
    sshServer: osType !== ec2.OperatingSystemType.WINDOWS
      && (family === undefined || [UserDataFormat.SHELL, UserDataFormat.POSIX_SHELL].includes(family.userDataFormat)),
  };
  const works = ADVICE.filter(({ needs }) => needs.every(fact => has[fact])).map(({ call }) => code(call)).join(' or ');
  for (const { call, needs } of access) {
    const missing = needs.find(fact => has[fact] === false);
    if (missing !== undefined) {
      throw new Error(`${scope.node.path}: ${code(call)} needs ${NAMES[missing]}, which ${name} does not have; use ${works || 'another image'}.`);
    }
    const unknown = needs.find(fact => has[fact] === undefined);
    if (unknown !== undefined && family !== undefined) {
      Annotations.of(scope).addWarningV2('cdk-workshop-instance:accessNotKnownToWork',
        `Perhaps nobody can connect: ${code(call)} needs ${NAMES[unknown]}, and it is not known whether ${name} has it${works && `; ${works} works`}.`);
    }
  }
}

import { Aws } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import { installPackages } from './package-manager';
import type { AmiFamily } from '../../ami-family';
import type { SoftwareFacts } from '../catalog/software-facts';

/** The standalone release, with the digests that GitHub has of its files: https://github.com/coder/code-server/releases/tag/v4.139.1 */
const VERSION = '4.139.1';
const FILES: Record<string, { readonly name: string; readonly sha256: string }> = {
  x86_64: { name: 'linux-amd64', sha256: '53029be6c5781b7bca49b815fcc9a2a3fc111813ad8c9965b2c0f0d2985a0674' },
  arm64: { name: 'linux-arm64', sha256: '0edb4b60d9c4744b2dd14b0911e3c2e6dd8c6f3c13bd58bda23ae744e59e7df1' },
};

/** The port on the instance, which only the instance itself reaches. */
export const PORT = 8080;

/** Where the passwords of a stack are in Parameter Store. */
const FOLDER = `cdk-workshop-instance/${Aws.STACK_NAME}`;

const AWS_CLI = '/opt/aws-cli';
const AWS_CLI_VERSION = '1.46.3';

/** It needs glibc 2.28, which those with yum do not have: https://coder.com/docs/code-server/requirements */
export function runsCodeServer({ packageManager, systemd }: SoftwareFacts): boolean {
  return packageManager !== undefined && packageManager !== 'yum' && systemd !== false;
}

/** What the instance may do, to put its password where the organiser reads it, and nothing else there: not even read what it wrote. */
export function passwordStatements(): iam.PolicyStatement[] {
  return [new iam.PolicyStatement({
    actions: ['ssm:PutParameter'],
    resources: [`arn:${Aws.PARTITION}:ssm:${Aws.REGION}:${Aws.ACCOUNT_ID}:parameter/${FOLDER}/*`],
  })];
}

export const PASSWORD_FINDING = {
  id: 'AwsSolutions-IAM5[Resource::arn:<AWS::Partition>:ssm:<AWS::Region>:<AWS::AccountId>:parameter/cdk-workshop-instance/<AWS::StackName>/*]',
  reason: 'All seats have one role, and each writes a password of its own',
};

export function passwordParameter(machine: string): string {
  return `/${FOLDER}/${machine}`;
}

/**
 * The lines of a shell script that install code-server, start it as a service of a user, and put a new password into Parameter Store.
 *
 * A failure leaves the rest of the user data alone.
 */
export function installCodeServer({ _software: software }: AmiFamily, architecture: string, machine: string, user: string): string[] {
  const { name, sha256 } = FILES[architecture];
  return [
    '(',
    '  set -e',
    `  id ${user}`,
    '  if ! command -v tar || ! command -v gzip; then',
    ...installPackages(software.packageManager!, ['tar', 'gzip']).map(line => `    ${line}`),
    '  fi',
    '  if ! command -v aws; then',
    ...installAwsCli(software).map(line => `    ${line}`),
    '  fi',
    `  PATH=$PATH:${AWS_CLI}/bin`,
    '  file=$(mktemp)',
    `  url=https://github.com/coder/code-server/releases/download/v${VERSION}/code-server-${VERSION}-${name}.tar.gz`,
    '  if command -v curl; then curl -fsSL --retry 5 -o "$file" "$url"; else wget -q -t 5 -O "$file" "$url"; fi',
    `  echo "${sha256}  $file" | sha256sum -c -`,
    '  mkdir -p /opt/code-server',
    '  tar -xzf "$file" -C /opt/code-server --strip-components=1 --no-same-owner',
    '  rm "$file"',
    `  home=$(getent passwd ${user} | cut -d: -f6)`,
    '  password=$(mktemp)',
    '  head -c 16 /dev/urandom | od -An -v -tx1 | tr -d " \\n" > "$password"',
    '  mkdir -p "$home/.config/code-server"',
    '  cd "$home/.config/code-server"',
    `  printf "bind-addr: 127.0.0.1:${PORT}\\nauth: password\\npassword: %s\\ncert: false\\n" "$(cat "$password")" > config.yaml`,
    '  chmod 600 config.yaml',
    `  chown -R ${user}: "$home/.config"`,
    '  {',
    '    printf "[Unit]\\nDescription=VS Code in the browser\\nAfter=network.target\\n"',
    `    printf "[Service]\\nUser=${user}\\nWorkingDirectory=%s\\nRestart=always\\n" "$home"`,
    '    printf "ExecStart=/opt/code-server/bin/code-server --disable-telemetry --disable-update-check\\n"',
    '    printf "[Install]\\nWantedBy=multi-user.target\\n"',
    '  } > /etc/systemd/system/code-server.service',
    '  systemctl daemon-reload',
    '  systemctl enable --now code-server',
    `  aws ssm put-parameter --region ${Aws.REGION} --name ${passwordParameter(machine)} --type SecureString --overwrite --value "file://$password"`,
    '  rm "$password"',
    ')',
  ];
}

/** Amazon Linux has a package of it. Elsewhere it goes into an environment of its own, as newer systems let pip write into no other. */
function installAwsCli({ packageManager, python }: SoftwareFacts): string[] {
  return python === undefined ? installPackages(packageManager!, ['awscli-2']) : [
    ...installPackages(packageManager!, python.packages, python.before),
    `${python.command} -m venv ${AWS_CLI}`,
    `${AWS_CLI}/bin/pip install awscli==${AWS_CLI_VERSION}`,
  ];
}

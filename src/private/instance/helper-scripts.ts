import { installPackages } from './package-manager';
import type { AmiFamily } from '../../ami-family';
import { UserDataFormat } from '../../ami-types';

const ENVIRONMENT = '/opt/aws/cfn-bootstrap';

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/cfn-helper-scripts-reference.html */
const ARCHIVE = 'https://s3.amazonaws.com/cloudformation-examples/aws-cfn-bootstrap-py3-latest.tar.gz';

/**
 * The lines of a shell script that put the CloudFormation helper scripts into /opt/aws/bin: none where they are
 * preinstalled, undefined where it is not known how.
 */
export function installHelperScripts({ cfnBootstrap, userDataFormat, _software: { packageManager, python } }: AmiFamily): string[] | undefined {
  if (cfnBootstrap) {
    return [];
  }
  if (packageManager === undefined || userDataFormat !== UserDataFormat.SHELL) {
    return undefined;
  }
  const install = python === undefined ? installPackages(packageManager, ['aws-cfn-bootstrap']) : [
    ...installPackages(packageManager, python.packages, python.before),
    // An environment of its own: newer systems let pip write into no other. An older pip would have the scripts run outside
    // of it, but for PEP 517. What services may run where SELinux watches is told by labels.
    `${python.command} -m venv ${ENVIRONMENT} && PIP_USE_PEP517=1 ${ENVIRONMENT}/bin/pip install ${ARCHIVE} \\`,
    `  && mkdir -p /opt/aws/bin && ln -sf ${ENVIRONMENT}/bin/cfn-* /opt/aws/bin/`,
    'if command -v restorecon; then restorecon -R /opt/aws; fi',
  ];
  return ['if [ ! -x /opt/aws/bin/cfn-init ]; then', ...install.map(line => `  ${line}`), 'fi'];
}

import { Aws, Duration } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';

/** The key of the metadata, and the name of the config and of its config set. */
const INIT = 'AWS::CloudFormation::Init';
export const KEEP_UP_TO_DATE = 'cdk-workshop-instance.keepUpToDate';

const HOOK = 'cfn-auto-reloader';

/** What cfn-hup does on an instance. */
interface Reload {
  /** The command that applies the metadata. */
  readonly cfnInit: string;
  readonly interval: Duration;
  /** More lines for cfn-hup.conf. */
  readonly settings: string[];
}

/**
 * Adds a config to the metadata of an instance that has cfn-hup look for changed metadata, and apply it.
 *
 * A timer starts cfn-hup, which needs no restart to read its settings anew: a service that cfn-hup changes would be
 * killed by its own restart.
 *
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/cfn-hup.html
 */
export function addReload({ instance, userData }: ec2.Instance, { cfnInit, interval, settings }: Reload): void {
  const metadata = instance.getMetadata(INIT);
  instance.addMetadata(INIT, {
    ...metadata,
    configSets: { ...metadata.configSets, [KEEP_UP_TO_DATE]: [KEEP_UP_TO_DATE] },
    [KEEP_UP_TO_DATE]: {
      files: {
        '/etc/cfn/cfn-hup.conf': file('000400', '[main]', `stack=${Aws.STACK_NAME}`, `region=${Aws.REGION}`, ...settings),
        [`/etc/cfn/hooks.d/${HOOK}.conf`]: file('000400',
          `[${HOOK}-hook]`, 'triggers=post.update', `path=Resources.${instance.logicalId}.Metadata.${INIT}`, `action=${cfnInit}`),
        '/etc/systemd/system/cfn-hup.service': file('000644',
          '[Unit]', 'Description=Apply changed CloudFormation metadata', 'Wants=network-online.target', 'After=network-online.target',
          '[Service]', 'Type=oneshot', 'ExecStart=/opt/aws/bin/cfn-hup --no-daemon'),
        '/etc/systemd/system/cfn-hup.timer': file('000644',
          '[Unit]', 'Description=Look for changed CloudFormation metadata',
          '[Timer]', 'OnActiveSec=0', `OnUnitInactiveSec=${interval.toSeconds()}`,
          '[Install]', 'WantedBy=timers.target'),
      },
      commands: {
        // cfn-hup takes every file for a hook, also those that cfn-init keeps of the past.
        timer: {
          command: `rm -f /etc/cfn/hooks.d/${HOOK}.conf.bak* && systemctl daemon-reload && systemctl enable cfn-hup.timer `
            + '&& systemctl restart cfn-hup.timer',
        },
      },
    },
  });
  // What cfn-hup sees first is what it compares with, and it sees nothing until CloudFormation has got the signal: without
  // these, a change deployed before the second look of the timer would never be applied.
  userData.addCommands(
    'for _ in 1 2 3 4 5 6 7 8 9 10 11 12; do',
    `  if [ ! -e /etc/cfn/cfn-hup.conf ] || grep -qs ${HOOK}-hook /var/lib/cfn-hup/data/metadata_db.json; then break; fi`,
    '  sleep 5',
    '  systemctl start cfn-hup.service',
    'done',
  );
}

function file(mode: string, ...lines: string[]): object {
  return { content: lines.join('\n') + '\n', mode, owner: 'root', group: 'root' };
}

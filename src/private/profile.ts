import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { IConstruct } from 'constructs';
import { acknowledge } from './acknowledge';

const HARDENED = 'hardened: true has it';

/** What the default profile does without, as a workshop is short, cheap, and removed in the end. */
const LEFT_OUT = [
  { id: 'AwsSolutions-EC28', reason: `Detailed monitoring is charged for, and nobody watches a machine of a workshop by the minute; ${HARDENED}` },
  { id: 'AwsSolutions-EC29', reason: `Termination protection would keep cdk destroy from removing what costs money; ${HARDENED}` },
  { id: 'AwsSolutions-VPC7', reason: `Flow logs are charged for, and the network of a workshop lets nothing in; ${HARDENED}` },
];

/** Makes what instances share as safe as was asked for. The VPC of a user is left as it is. */
export function applyProfile(scope: IConstruct, vpc: ec2.IVpc, props: { readonly hardened?: boolean; readonly vpc?: ec2.IVpc }): void {
  if (!props.hardened) {
    acknowledge(scope, ...LEFT_OUT);
  } else if (props.vpc === undefined) {
    // CloudWatch Logs costs nothing until it is used.
    // eslint-disable-next-line @typescript-eslint/no-require-imports
    const { recordFlows } = require('./flow-logs') as typeof import('./flow-logs');
    recordFlows(vpc);
  }
}

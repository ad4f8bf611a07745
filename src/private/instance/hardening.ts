import { CfnResource, Stack, Token } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { recordFlows } from './flow-logs';
import type { CommonWorkshopProps } from '../../workshop-props';
import { acknowledge, acknowledgeForCfnLint } from '../checks/acknowledge';

/** What a workshop that is not hardened does without, as it is short, cheap, and removed in the end. */
const LEFT_OUT = {
  flowLogs: { id: 'AwsSolutions-VPC7', reason: 'Flow logs are charged for, and a workshop does without; flowLogs: true records them' },
  detailedMonitoring: {
    id: 'AwsSolutions-EC28', reason: 'Detailed monitoring is charged for, and a workshop does without; detailedMonitoring: true switches it on',
  },
  disableApiTermination: {
    id: 'AwsSolutions-EC29', reason: 'cdk destroy removes the instance, so that it stops costing; disableApiTermination: true protects it from termination',
  },
};

/** Acknowledges what an instance does without. */
export function acknowledgeLeftOut(instance: ec2.CfnInstance, props: CommonWorkshopProps): void {
  for (const option of ['detailedMonitoring', 'disableApiTermination'] as const) {
    if (!(props[option] ?? props.hardened)) {
      acknowledge(instance, LEFT_OUT[option]);
    }
  }
}

/** Flow logs of a VPC of ours, or the acknowledgement that it does without. */
export function hardenVpc(vpc: ec2.IVpc, { hardened, flowLogs = hardened }: CommonWorkshopProps): void {
  if (!Token.isUnresolved(Stack.of(vpc).region)) {
    acknowledgeZones(vpc);
  }
  if (flowLogs) {
    recordFlows(vpc);
  } else {
    acknowledge(vpc.node.defaultChild!, LEFT_OUT.flowLogs);
  }
}

function acknowledgeZones(vpc: ec2.IVpc): void {
  for (const subnet of vpc.publicSubnets) {
    acknowledgeForCfnLint(subnet.node.defaultChild as CfnResource, {
      id: 'W3010', reason: 'The stack is for one region, so that the names of its Availability Zones hold',
    });
  }
}

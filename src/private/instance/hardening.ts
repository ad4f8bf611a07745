import { CfnResource, Stack, Token } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { IConstruct } from 'constructs';
import { recordFlows } from './flow-logs';
import { acknowledge, acknowledgeForCfnLint } from '../checks/acknowledge';

/** What a workshop that is not hardened does without: it is short, cheap, and removed in the end. */
const LEFT_OUT = {
  network: [
    { id: 'AwsSolutions-VPC7', reason: 'Flow logs are charged for, and a workshop does without; hardened: true records them' },
  ],
  instances: [
    { id: 'AwsSolutions-EC28', reason: 'Detailed monitoring is charged for, and a workshop does without; hardened: true switches it on' },
    { id: 'AwsSolutions-EC29', reason: 'cdk destroy removes the instance, so that it stops costing; hardened: true protects it from termination' },
  ],
};

/** Makes what instances share, and the instances in the scope, as safe as was asked for. The VPC of a user is left as it is. */
export function applyHardening(scope: IConstruct, vpc: ec2.IVpc, props: { readonly hardened?: boolean; readonly vpc?: ec2.IVpc }): void {
  const isOwnVpc = props.vpc === undefined;
  if (isOwnVpc && !Token.isUnresolved(Stack.of(scope).region)) {
    acknowledgeZones(vpc);
  }
  if (!props.hardened) {
    acknowledge(scope, ...isOwnVpc ? LEFT_OUT.network : [], ...LEFT_OUT.instances);
  } else if (isOwnVpc) {
    recordFlows(vpc);
  }
}

function acknowledgeZones(vpc: ec2.IVpc): void {
  for (const subnet of vpc.publicSubnets) {
    acknowledgeForCfnLint(subnet.node.defaultChild as CfnResource, {
      id: 'W3010', reason: 'The stack is for one region, so that the names of its Availability Zones hold',
    });
  }
}

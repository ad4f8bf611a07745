import { LOST } from './list-seats';
import type { StackResource, WorkshopAws, WorkshopMachine } from './workshop-aws';

/** The ids of the resources of a type that there are. */
export function idsOf(resources: StackResource[], wanted: string): string[] {
  return resources.filter(({ type, physicalId }) => type === wanted && physicalId !== '').map(({ physicalId }) => physicalId);
}

/** The instances of a stack that are not terminated, each once. One that was replaced while it was protected is no resource any more, and runs on. */
export async function machinesOf(aws: WorkshopAws, stackName: string, resources: StackResource[]): Promise<WorkshopMachine[]> {
  const found = [
    ...await aws.instances({ 'instance-id': idsOf(resources, 'AWS::EC2::Instance') }),
    ...await aws.instances({ 'tag:aws:cloudformation:stack-name': [stackName] }),
  ];
  return [...new Map(found.filter(({ state }) => !LOST.includes(state)).map(machine => [machine.instanceId, machine])).values()];
}

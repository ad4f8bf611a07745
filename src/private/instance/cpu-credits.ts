import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { IConstruct } from 'constructs';
import { BURSTABLE_FAMILIES, isBurstable } from '../ec2/instance-type';

/** The credits that an instance type is started with: `standard` unless asked for others, none where it has none. */
export function cpuCredits(scope: IConstruct, instanceType: string, wanted?: ec2.CpuCredits): ec2.CpuCredits | undefined {
  const burstable = isBurstable(instanceType);
  if (wanted !== undefined && burstable === false) {
    throw new Error(`${scope.node.path}: creditSpecification is for the burstable instance types ${BURSTABLE_FAMILIES.join(', ')}, and ${instanceType} has no `
      + 'CPU credits; leave creditSpecification out, or choose one of these types.');
  }
  return wanted ?? (burstable ? ec2.CpuCredits.STANDARD : undefined);
}

import { Finding, Launch } from './launched-resources';
import { FAMILIES, SIZES } from '../ec2/instance-families';
import { familyOf } from '../ec2/instance-type';
import { nearest } from '../lock-file/did-you-mean';

const SIZE = /^(nano|micro|small|medium|large|\d*xlarge|metal(-\w+)?)$/;

/** That EC2 can have an instance type of this name, of a family that is new as well. */
export function instanceTypeName(launch: Launch): Finding[] {
  return launch.instanceTypes().flatMap(({ name, example }) => {
    const family = familyOf(example);
    if (family !== undefined && SIZE.test(example.slice(family.length + 1))) {
      return [];
    }
    const size = family && nearest(example.slice(family.length + 1), SIZES);
    const near = size ? `${family}.${size}` : family ? undefined : nearest(example, FAMILIES.flatMap(each => SIZES.map(word => `${each}.${word}`)));
    return family && near === undefined ? [] : [{
      id: 'cdk-workshop-instance:instanceTypeMisspelled',
      isWarning: true,
      message: `${JSON.stringify(name)} is no name of an instance type, and EC2 would refuse it; ${near ? `the nearest is "${near}"` : 'names are like "t3.micro"'}.`,
    }];
  });
}

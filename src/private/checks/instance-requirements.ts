import { FAMILIES, INSTANCE_STORE_FAMILIES, SIZES } from '../ec2/instance-families';
import { architectureOf, InstanceTypes } from '../ec2/instance-type';

/** What of the requirements can decide on the architecture. A generation cannot: each has types of both. */
const DECISIVE = ['CpuManufacturers', 'AllowedInstanceTypes', 'ExcludedInstanceTypes'];

/** What those who make processors make them for. */
const MADE_BY: Record<string, string> = { 'intel': 'x86_64', 'amd': 'x86_64', 'amazon-web-services': 'arm64' };

/**
 * What only one architecture fulfils. Of what several do, EC2 takes the types that the image boots on.
 *
 * https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_InstanceRequirements.html
 */
export function requiredTypes(requirements: any): InstanceTypes[] {
  const given = DECISIVE.filter(name => Array.isArray(requirements[name]) && requirements[name].length > 0);
  if (given.some(name => requirements[name].some((each: any) => typeof each !== 'string'))) {
    return [];
  }
  const [manufacturers, allowed, excluded] = DECISIVE.map((name): string[] => given.includes(name) ? requirements[name] : []);
  const makes = manufacturers.map(each => MADE_BY[each]);
  const families = [...new Set([...FAMILIES, ...allowed.map(each => each.split('.')[0]).filter(each => !each.includes('*'))])]
    .filter(family => allowed.length === 0 || allowed.some(pattern => allowsSome(pattern, family)))
    .filter(family => !excluded.some(pattern => allowsAll(pattern, family)))
    .filter(family => makes.length === 0 || makes.includes(architectureOf(`${family}.large`)!))
    .filter(family => !family.startsWith('mac'));
  const isNewer = makes.includes(undefined!) || allowed.some(pattern => !FAMILIES.some(family => allowsSome(pattern, family)) && pattern.split('.')[0].includes('*'));
  if (isNewer || new Set(families.map(family => architectureOf(`${family}.large`))).size !== 1) {
    return [];
  }
  // One that boots from instance store too, where there is one.
  const example = families.find(family => INSTANCE_STORE_FAMILIES.includes(family)) ?? families[0];
  return [{ name: `every instance type with ${given.map(name => `${name} ${requirements[name].join(', ')}`).join(' and ')}`, example: `${example}.large` }];
}

function allowsSome(pattern: string, family: string): boolean {
  return SIZES.some(size => expressionOf(pattern).test(`${family}.${size}`));
}

function allowsAll(pattern: string, family: string): boolean {
  return expressionOf(pattern).test(`${family}.(any)`);
}

/** In a pattern `*` is any text. */
function expressionOf(pattern: string): RegExp {
  return new RegExp(`^${pattern.split('*').map(text => text.replace(/[^\w-]/g, '\\$&')).join('.*')}$`);
}

import { readFileSync } from 'fs';
import { join } from 'path';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { PARIS, stackIn, template } from './app';
import * as library from '../src';

const PAGE = readFileSync(join(__dirname, '..', 'docs', 'migrating-from-machine-image.md'), 'utf8');
const SECTIONS = [...PAGE.matchAll(/^## (\w+).*\n\nThe template is (unchanged|changed)\.[^]*?```ts\n\/\/ Before\n([^]*?)\/\/ After\n([^]*?)```/gm)]
  .map(([, method, verdict, before, after]) => ({ method, verdict, before, after }));

/** The template of an instance with an image, as an expression of TypeScript. */
function templateWith(expression: string): unknown {
  const stack = stackIn(PARIS);
  const vpc = new ec2.Vpc(stack, 'Vpc', { natGateways: 0 });
  const names = { ec2, ...library };
  const machineImage = new Function(...Object.keys(names), `return ${expression.trim()}`)(...Object.values(names));
  new ec2.Instance(stack, 'Instance', {
    vpc, machineImage, vpcSubnets: { subnetType: ec2.SubnetType.PUBLIC }, instanceType: new ec2.InstanceType('t3.micro'),
  });
  return template(stack);
}

test('each static method of ec2.MachineImage has a section', () => {
  const methods = Object.getOwnPropertyNames(ec2.MachineImage).filter(name => typeof (ec2.MachineImage as any)[name] === 'function');
  // The declarations of aws-cdk-lib do not have fromSSMParameter any more.
  expect(['fromSSMParameter', ...SECTIONS.map(({ method }) => method)].sort()).toEqual(methods.sort());
});

test.each(SECTIONS)('the template is as the page says of $method: $verdict', ({ verdict, before, after }) => {
  const [old, now] = [templateWith(before), templateWith(after)];
  expect(JSON.stringify(old) === JSON.stringify(now) ? 'unchanged' : 'changed').toBe(verdict);
});

test.each(SECTIONS)('$method is called before', ({ method, before }) => {
  expect(before).toContain(`ec2.MachineImage.${method}(`);
});

import { readFileSync } from 'fs';
import { join } from 'path';

const read = (...path: string[]) => readFileSync(join(__dirname, '..', '..', ...path), 'utf8');
const actionsOf = (policy: { Statement: { Action: string[] }[] }) => policy.Statement.flatMap(({ Action }) => Action);

test('the policy for cdk-workshop in docs/fleet.md has every call that the command makes, and no other', () => {
  const [, policy] = /^```json\n([^]*?)^```/m.exec(read('docs', 'fleet.md'))!;
  const calls = [...read('src', 'cli', 'workshop', 'workshop-client.ts').matchAll(/ask(?:In)?\('([\w:]+)'/g)].map(([, action]) => action);
  expect([...new Set(actionsOf(JSON.parse(policy)))].sort()).toEqual([...new Set(calls)].sort());
});

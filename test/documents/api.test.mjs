// The reference that scripts/api.mjs arranges.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { arranged, GROUPS } from '../../scripts/api.mjs';
import { ROOT } from '../../scripts/project.mjs';

const api = readFileSync(join(ROOT, 'API.md'), 'utf8');

test('has every public type in one group, with its members', () => {
  const { types } = JSON.parse(readFileSync(join(ROOT, '.jsii'), 'utf8'));
  assert.deepEqual(Object.values(GROUPS).flat().sort(), Object.values(types).map(({ name }) => name).sort());
  for (const { fqn, name, properties = [], methods = [], members = [] } of Object.values(types)) {
    assert.ok(api.includes(`### ${name} <a name="${name}" id="${fqn}">`), name);
    for (const member of [...properties, ...methods, ...members].filter(({ protected: isProtected }) => !isProtected)) {
      assert.ok(new RegExp(`id="${fqn}\\.(property\\.)?${member.name}"`).test(api), `${name}.${member.name}`);
    }
  }
});

test('has nothing that every construct has', () => {
  assert.doesNotMatch(api, /isConstruct|Workshop\w+\.toString|constructs\.Node|mixins/);
});

test('its links lead to a place in it', () => {
  const places = new Set([...api.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id));
  Object.keys(GROUPS).forEach(group => places.add(group.toLowerCase().replaceAll(' ', '-')));
  const broken = [...api.matchAll(/(?:href="|\]\()#([^")]+)/g)].map(([, link]) => link).filter(link => !places.has(link));
  assert.deepEqual(broken, []);
});

test('a type that is in no group, and one that there is not, are told', () => {
  const generated = ['# API', ...['Bike', 'Car'].map(name => `### ${name} <a name="${name}" id="x.${name}"></a>\n\nA ${name}.\n`)].join('\n\n');
  assert.match(arranged(generated, { Vehicles: ['Car', 'Bike'] }), /## Vehicles\n\n### Car [^]*### Bike /);
  assert.throws(() => arranged(generated, { Vehicles: ['Car'] }), /API\.md has Bike, and GROUPS in scripts\/api\.mjs does not say where; add it/);
  assert.throws(() => arranged(generated, { Vehicles: ['Car', 'Bike', 'Boat'] }), /GROUPS in scripts\/api\.mjs has Boat, and API\.md does not; take it out\./);
});

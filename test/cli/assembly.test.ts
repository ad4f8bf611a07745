import { mkdtempSync, rmSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import type { Host } from '../../src/cli/host';
import { synthesizedStack } from '../../src/cli/workshop/assembly';
import { launchesOf } from '../../src/cli/workshop/launches';

const MANIFEST = JSON.stringify({ artifacts: { Class: { type: 'aws:cloudformation:stack', properties: { templateFile: 'Class.template.json' } }, Tree: null } });

let directory: string;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'assembly-'));
});

afterEach(() => rmSync(directory, { recursive: true }));

function read(manifest: string, template?: string) {
  writeFileSync(join(directory, 'manifest.json'), manifest);
  if (template !== undefined) {
    writeFileSync(join(directory, 'Class.template.json'), template);
  }
  return synthesizedStack({ directory } as Host, '.', 'Class').template;
}

test.each<[string, string, string | undefined, RegExp]>([
  ['a manifest that breaks off', '{ "artifacts": {', undefined, /^manifest\.json: not JSON \(.+\); run "npx cdk synth" again\.$/],
  ['a manifest of nothing', 'null', undefined, /^There is no manifest\.json in \.; run "npx cdk synth"/],
  ['a template that breaks off', MANIFEST, '{ "Resources":', /^Class\.template\.json: not JSON \(.+\); run "npx cdk synth" again\.$/],
  ['a template that is not there', MANIFEST, undefined, /^There is no Class\.template\.json, which the manifest\.json beside it names; run "npx cdk synth" again\.$/],
])('%s is told with the file and what mends it', (_, manifest, template, sentence) => {
  expect(() => read(manifest, template)).toThrow(sentence);
});

test.each(['null', '[]', '{ "Resources": null }', '{ "Resources": { "Seat": null, "Fn::ForEach::Seats": ["Seat"], "Other": { "Type": "AWS::EC2::Instance", "Properties": null } } }'])(
  'a template that is %s launches what it says, and is no error of the program', template => {
    expect(launchesOf(read(MANIFEST, template))).toHaveLength(template.includes('AWS::EC2::Instance') ? 1 : 0);
  });

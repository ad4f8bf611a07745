import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { goApps } from '../../../scripts/example-app.mjs';
import { ENVIRONMENT, generate, missingToolchain } from '../../../scripts/project.mjs';
import { temporaryFolder } from '../../../scripts/temporary.mjs';
import { testEqualTemplates } from '../equal-templates.mjs';

const skip = await missingToolchain('Go', 'go', 'version');
// The code alone: the package would be built with the oldest aws-cdk-lib, which not every registry has for Go.
let apps;
const goApp = async () => apps ??= generate('go', temporaryFolder('go'), '--code-only').then(goApps);
testEqualTemplates('Go', '2.275.0', goApp, { skip });

test('a message says what one types in Go', { skip }, async () => {
  const app = await (await goApp())('pinned-fleet');
  rmSync(join(app.directory, 'ami.lock.json'));
  await assert.rejects(app.templates(ENVIRONMENT), /AmiSelector_FromLockFile\("web"\): there is no file/);
});

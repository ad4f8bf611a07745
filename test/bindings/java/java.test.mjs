import { javaApps } from '../../../scripts/example-app.mjs';
import { generate, missingToolchain } from '../../../scripts/project.mjs';
import { temporaryFolder } from '../../../scripts/temporary.mjs';
import { testEqualTemplates } from '../equal-templates.mjs';

// What Maven resolves the range of the library to where the registry has nothing newer.
const RELEASE = '2.263.0';

const skip = await missingToolchain('Java', 'mvn', '--version');
let apps;
testEqualTemplates('Java', RELEASE, () => apps ??= generate('java', temporaryFolder('java')).then(folder => javaApps(folder, RELEASE)), { skip });

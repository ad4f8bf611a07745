// The packages that are installed in the folder in which a bench runs.
import { createRequire } from 'node:module';
import { join } from 'node:path';

export const require = createRequire(join(process.cwd(), 'package.json'));

// Folders outside of the project that are gone when the command ends, however it ends.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const folders = [];
process.once('exit', () => folders.forEach(folder => rmSync(folder, { recursive: true, force: true })));

export function temporaryFolder(name) {
  const folder = mkdtempSync(join(tmpdir(), `${name}-`));
  folders.push(folder);
  return folder;
}

/** Leaves the folders made so far, and returns them. */
export function keepTemporaryFolders() {
  return folders.splice(0);
}

// How lib/ is made, beyond what jsii does.
import type { awscdk } from 'projen';

export function finishLibrary(project: awscdk.AwsCdkConstructLibrary) {
  // Maps would be half of the package.
  project.tsconfig?.file.addOverride('compilerOptions.inlineSourceMap', false);
  project.tsconfig?.file.addOverride('compilerOptions.inlineSources', false);

  // What is public says all that it is made of: the types of src/private are in no declaration of it, and in no package.
  project.tsconfig?.file.addOverride('compilerOptions.stripInternal', true);
  project.npmignore?.exclude('/lib/private/**/*.d.ts');

  // What an earlier build has left is in no package: neither files whose source is gone, nor translations that name old lines.
  project.compileTask.prependExec('rm -rf lib');
  project.preCompileTask.exec('rm -f .jsii.tabl.json.gz');

  project.compileTask.exec('node scripts/lazy-index.mjs');

  // Every code block of the README and of the API compiles. The translations are part of the npm package: the jobs that make the
  // packages of the other languages have nothing else of the build, and without them the documents of Python would show TypeScript.
  project.compileTask.exec('jsii-rosetta extract --strict --compress-tablet');
  project.tasks.addEnvironment('JSII_PACMAK_ROSETTA_UNKNOWN_SNIPPETS', 'fail');
}

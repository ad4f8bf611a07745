// How a release is made: by whom, when, and which version.
import { github, javascript, ReleasableCommits } from 'projen';

// The tool that publishes. It has the right to, so a new release of it comes in by a commit.
const PUBLIB = '0.2.1061';

/** What pull requests, and so commits, may be: all that the history has. */
const TITLES = ['feat', 'fix', 'perf', 'refactor', 'test', 'docs', 'build', 'ci', 'chore', 'revert'];

export const RELEASE = {
  npmTrustedPublishing: true,
  npmProvenance: true,
  releaseEnvironment: 'release',
  jsiiReleaseVersion: PUBLIB,
  releasableCommits: ReleasableCommits.featuresAndFixes(),
  // Until the API is settled. The first release would be 0.0.0 else.
  stability: 'experimental',
  majorVersion: 0,
  nextVersionCommand: 'test "$VERSION" != 0.0.0 || echo 0.1.0',
  // A pull request that changes a generated file brings it with it, so no job has to write.
  buildWorkflowOptions: { mutableBuild: false, permissions: { contents: github.workflows.JobPermission.READ } },
  depsUpgradeOptions: { cooldown: 5, workflowOptions: { schedule: javascript.UpgradeDependenciesSchedule.WEEKLY } },
  githubOptions: { mergify: false, pullRequestLintOptions: { semanticTitleOptions: { types: TITLES } } },
};

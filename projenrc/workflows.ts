// What the workflows do beyond what projen makes of its own.
import { Component, github } from 'projen';
import type { awscdk } from 'projen';

type Project = awscdk.AwsCdkConstructLibrary;

const READ: github.workflows.JobPermissions = { contents: github.workflows.JobPermission.READ };

/** What the tests run on: the oldest of each that is supported, and the newest. */
const RUNTIMES = [{ node: '22', python: '3.10' }, { node: '24', python: '3.14' }];

/** Published to once a variable of the repository says so: PUBLISH_MAVEN, for one. */
const OPTIONAL_REGISTRIES = ['maven', 'golang', 'nuget'];

/** The parts of `npm test`, side by side on each runtime, for every pull request and before anything is published. */
export function testEverywhere(project: Project) {
  const workflow = project.github!.addWorkflow('test');
  workflow.on({ workflowCall: {} });
  const checkout = github.WorkflowSteps.checkout();
  workflow.addJob('parts', {
    runsOn: ['ubuntu-latest'],
    permissions: READ,
    tools: { node: { version: '24' } },
    outputs: { names: { stepId: 'names', outputName: 'names' } },
    steps: [checkout, { id: 'names', run: 'echo "names=$(node scripts/test.mjs --list)" >> "$GITHUB_OUTPUT"' }],
  });
  workflow.addJob('part', {
    name: '${{ matrix.part }} on Node.js ${{ matrix.node }} and Python ${{ matrix.python }}',
    needs: ['parts'],
    runsOn: ['ubuntu-latest'],
    permissions: READ,
    timeoutMinutes: 30,
    strategy: {
      failFast: false,
      matrix: { domain: { part: '${{ fromJSON(needs.parts.outputs.names) }}', node: RUNTIMES.map(({ node }) => node) }, include: RUNTIMES },
    },
    tools: { node: { version: '${{ matrix.node }}' }, python: { version: '${{ matrix.python }}' }, java: { version: '17' }, go: { version: '1.26' } },
    steps: [checkout, { run: 'npm test -- "$PART"', env: { PART: '${{ matrix.part }}' } }],
  });

  const tests = { uses: './.github/workflows/test.yml', permissions: READ };
  project.buildWorkflow!.workflow.addJob('test', tests);
  // What users of the last release would have to change. It tells, and fails once the API is not experimental any more.
  project.buildWorkflow!.addPostBuildSteps({ name: 'compat', run: 'npx projen compat' });
  const release = project.github!.tryFindWorkflow('release')!;
  release.addJob('test', tests);
  // The packages are made, and so published, after the tests. projen lets this job write, for tags that it pushes in other set-ups only.
  Object.assign(release.getJob('release'), { needs: ['test'], permissions: READ });
}

/** A workflow of this name that runs the script of this name at these times, and when someone asks for it. */
export function schedule(project: Project, script: string, cron: string, timeoutMinutes: number) {
  const workflow = project.github!.addWorkflow(script);
  workflow.on({ schedule: [{ cron }], workflowDispatch: {} });
  workflow.addJob(script, {
    runsOn: ['ubuntu-latest'],
    permissions: READ,
    timeoutMinutes,
    steps: [github.WorkflowSteps.checkout(), ...project.renderWorkflowSetup({ mutable: false }), { name: script, run: `npm run ${script}` }],
  });
}

/** Changes the jobs that projen makes: what they may do, and when they run. */
export class AdjustedJobs extends Component {
  constructor(private readonly library: Project) {
    super(library);
  }

  public preSynthesize() {
    const release = this.library.github!.tryFindWorkflow('release')!;
    // npm knows where packages go, and so does publib.
    const { NPM_REGISTRY, ...env } = release.getStep('release_npm', 'release').env!;
    release.patchStep('release_npm', 'release', { env });
    // A registry that the repository is not set up for is left out, and holds neither the others nor the release on GitHub.
    const condition = (name: string, added: string) => {
      const job = release.getJob(name) as github.workflows.Job;
      Object.assign(job, { if: `${added} && ${job.if}` });
    };
    for (const registry of OPTIONAL_REGISTRIES) condition(`release_${registry}`, `vars.PUBLISH_${registry.toUpperCase()} == 'true'`);
    condition('release_github', '!failure() && !cancelled()');
    // It reads the title.
    const lint = this.library.github!.tryFindWorkflow('pull-request-lint')!;
    Object.assign(lint.getJob('validate'), { permissions: { pullRequests: github.workflows.JobPermission.READ } });
  }
}

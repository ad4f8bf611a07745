import { github, javascript } from 'projen';

const TITLE = 'Facts of the catalog that no longer hold';

/** Every week, what the library knows of AWS compared with the newest data that others ship. What no longer holds becomes an issue. */
export function factsWorkflow(project: javascript.NodeProject): void {
  const workflow = new github.GithubWorkflow(project.github!, 'facts');
  workflow.on({ schedule: [{ cron: '41 4 * * 1' }], workflowDispatch: {} });
  workflow.addJob('facts', {
    runsOn: ['ubuntu-latest'],
    permissions: { contents: github.workflows.JobPermission.READ, issues: github.workflows.JobPermission.WRITE },
    timeoutMinutes: 60,
    steps: [
      github.WorkflowSteps.checkout(),
      ...project.renderWorkflowSetup({ mutable: false }),
      // What the runner's image has may be older than the newest releases.
      { name: 'Ends of support of Ubuntu and Debian', run: 'sudo apt-get update && sudo apt-get install --yes distro-info-data' },
      { name: 'Facts', shell: 'bash', run: 'npm run --silent facts -- --newest 2>&1 | tee facts.txt' },
      {
        name: 'Open an issue, or add to the one that is open',
        if: 'failure()',
        env: { GH_TOKEN: '${{ github.token }}', GH_REPO: '${{ github.repository }}', TITLE },
        run: [
          'test -s facts.txt || echo "npm run facts printed nothing." > facts.txt',
          'issue=$(gh issue list --state open --search "in:title $TITLE" --json number --jq ".[0].number // empty")',
          'if [ -n "$issue" ]; then gh issue comment "$issue" --body-file facts.txt; else gh issue create --title "$TITLE" --body-file facts.txt; fi',
        ].join('\n'),
      },
    ],
  });
}

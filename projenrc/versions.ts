import { github, javascript } from 'projen';

/** Every night, the library with all releases of aws-cdk-lib that it takes, those of that day among them. */
export function versionsWorkflow(project: javascript.NodeProject): void {
  const workflow = new github.GithubWorkflow(project.github!, 'versions');
  workflow.on({ schedule: [{ cron: '23 3 * * *' }], workflowDispatch: {} });
  workflow.addJob('versions', {
    runsOn: ['ubuntu-latest'],
    permissions: { contents: github.workflows.JobPermission.READ },
    timeoutMinutes: 120,
    steps: [
      github.WorkflowSteps.checkout(),
      ...project.renderWorkflowSetup({ mutable: false }),
      { name: 'All releases of aws-cdk-lib', run: 'npm run versions' },
    ],
  });
}

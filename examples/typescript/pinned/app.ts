import { App, Stack } from 'aws-cdk-lib';
import { AmiSelector, WorkshopInstance } from 'cdk-workshop-instance';

const app = new App();

// What ami.lock.json has for the region of each stack: "npx cdk-ami update" moves it.
const machineImage = AmiSelector.fromLockFile('web');

for (const region of ['eu-west-3', 'eu-west-1']) {
  new WorkshopInstance(new Stack(app, `Pinned-${region}`, { env: { region } }), 'Instance', { machineImage });
}

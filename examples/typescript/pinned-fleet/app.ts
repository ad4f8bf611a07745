import { App, Stack } from 'aws-cdk-lib';
import { AmiSelector, WorkshopFleet } from 'cdk-workshop-instance';

const stack = new Stack(new App(), 'PinnedFleet', { env: { region: 'eu-west-3' } });

// All seats start what ami.lock.json has for the region: "npx cdk-ami update" moves it.
new WorkshopFleet(stack, 'Fleet', {
  seatNames: ['red', 'green', 'blue'],
  machineImage: AmiSelector.fromLockFile('web'),
});

const { App, Stack } = require('aws-cdk-lib');
const { WorkshopFleet } = require('cdk-workshop-instance');

const app = new App();
const seatNames = process.env.SEATS.split(',');
new WorkshopFleet(new Stack(app, 'Agnostic'), 'Fleet', { seatNames });
new WorkshopFleet(new Stack(app, 'InRegion', { env: { account: process.env.CDK_DEFAULT_ACCOUNT, region: 'eu-west-3' } }), 'Fleet', { seatNames });

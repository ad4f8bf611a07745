// Stacks of one instance each, which is set up, or fails to be.
const { App, Stack } = require('aws-cdk-lib');
const ec2 = require('aws-cdk-lib/aws-ec2');
const { AmiFamily, AmiSelector, WorkshopInstance } = require('cdk-workshop-instance');

const { FOLDER } = process.env;
const app = new App();

function start(id, { family, script, command }) {
  const stack = new Stack(app, id, { env: { account: process.env.CDK_DEFAULT_ACCOUNT, region: 'eu-west-3' } });
  const userData = ec2.UserData.forLinux();
  userData.addCommands(script);
  new WorkshopInstance(stack, 'Instance', {
    machineImage: AmiSelector.latest(family),
    userData,
    init: ec2.CloudFormationInit.fromElements(ec2.InitCommand.shellCommand(command)),
  });
}

start('HelperScripts', { family: AmiFamily.UBUNTU_24_04, script: `ls /opt/aws/bin > ${FOLDER}/helper-scripts`, command: `printf Welcome! > ${FOLDER}/welcome` });
start('FailingCommand', { family: AmiFamily.AMAZON_LINUX_2023, script: 'true', command: 'echo "no such package"; exit 1' });
start('FailingUserData', { family: AmiFamily.AMAZON_LINUX_2023, script: 'set -e\necho "no such seat"; exit 3', command: 'true' });

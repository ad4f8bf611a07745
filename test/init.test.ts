import { Duration, Fn, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { AL2_ID, PARIS, stackIn, synthError } from './app';
import { AmiFamily, AmiSelector, RootDevice, WorkshopInstance, WorkshopInstanceProps } from '../src';

const HELLO = fileWith('hello');
const { latest } = AmiSelector;

function fileWith(content: string): ec2.CloudFormationInit {
  return ec2.CloudFormationInit.fromElements(ec2.InitFile.fromString('/etc/motd', content));
}

function workshop(props: WorkshopInstanceProps = {}) {
  const stack = stackIn(PARIS);
  new WorkshopInstance(stack, 'Workshop', props);
  return rendered(stack);
}

/** An instance of plain aws-cdk-lib. */
function bareIn(stack: Stack, id: string, props: Partial<ec2.InstanceProps>) {
  return new ec2.Instance(stack, id, {
    vpc: ec2.Vpc.fromVpcAttributes(stack, `${id}Vpc`, { vpcId: 'vpc-1', availabilityZones: ['eu-west-3a'], privateSubnetIds: ['subnet-1'] }),
    instanceType: new ec2.InstanceType('t3.micro'),
    machineImage: latest(AmiFamily.AMAZON_LINUX_2023),
    ...props,
  });
}

function bare(props: Partial<ec2.InstanceProps>) {
  const stack = stackIn(PARIS);
  bareIn(stack, 'Bare', props);
  return rendered(stack);
}

function rendered(stack: Stack) {
  const template = Template.fromStack(stack);
  const instances = Object.entries<any>(template.findResources('AWS::EC2::Instance'));
  const [logicalId, instance] = instances[0];
  const scripts = instances.map(([_, { Properties }]) => script(Properties.UserData));
  return { template, logicalId, instance, scripts, userData: scripts[0], metadata: instance.Metadata?.['AWS::CloudFormation::Init'] };
}

/** User data with the names of references in place of them. */
function script(userData: any): string {
  const content = userData['Fn::Base64'];
  return [content['Fn::Join']?.[1] ?? content].flat().map((part: any) => part.Ref ?? part).join('');
}

describe('init', () => {
  test('sets a preinstalled Amazon Linux 2023 up, and the stack waits for the signal for 15 minutes', () => {
    const { instance, userData, logicalId, metadata } = workshop({ init: HELLO });
    expect(metadata.config.files['/etc/motd'].content).toBe('hello');
    expect(instance.CreationPolicy).toEqual({ ResourceSignal: { Count: 1, Timeout: 'PT15M' } });
    expect(userData).toContain(`/opt/aws/bin/cfn-init -v --region AWS::Region --stack AWS::StackName --resource ${logicalId} -c default\n`);
    expect(userData).toContain(`/opt/aws/bin/cfn-signal -e $? --region AWS::Region --stack AWS::StackName --resource ${logicalId}\n`);
    expect(userData).not.toContain('install');
  });

  test('may describe and signal the resources of its own stack, and no other', () => {
    workshop({ init: HELLO }).template.hasResourceProperties('AWS::IAM::Policy', {
      PolicyDocument: {
        Statement: [{
          Action: ['cloudformation:DescribeStackResource', 'cloudformation:SignalResource'],
          Effect: 'Allow',
          Resource: { Ref: 'AWS::StackId' },
        }],
      },
    });
  });

  test('passes its options on', () => {
    const { instance, userData } = workshop({
      init: ec2.CloudFormationInit.fromConfigSets({ configSets: { one: ['hello'] }, configs: { hello: new ec2.InitConfig([]) } }),
      initOptions: { configSets: ['one'], timeout: Duration.minutes(40), includeUrl: true, includeRole: true, ignoreFailures: true, printLog: false },
    });
    expect(instance.CreationPolicy.ResourceSignal.Timeout).toBe('PT40M');
    expect(userData).toMatch(/cfn-init .* --url https:\/\/cloudformation\.AWS::Region\.AWS::URLSuffix --role \w+ -c one\n/);
    expect(userData).toMatch(/trap .*cfn-signal -e 0 .* --url https:\/\/cloudformation\.AWS::Region\.AWS::URLSuffix --role \w+' EXIT\n/);
    expect(userData).not.toContain('cfn-init.log');
  });

  test('adds no resource but a policy', () => {
    const types = (props: WorkshopInstanceProps) => Object.values<any>(workshop(props).template.toJSON().Resources).map(({ Type }) => Type);
    expect(types({ init: HELLO }).sort()).toEqual([...types({}), 'AWS::IAM::Policy'].sort());
  });
});

describe('the helper scripts', () => {
  test('bare CDK: user data for Ubuntu calls a cfn-init that is not there', () => {
    const { userData } = bare({ init: HELLO, machineImage: latest(AmiFamily.UBUNTU_24_04) });
    expect(userData).toContain('/opt/aws/bin/cfn-init');
    expect(userData).not.toContain('install');
  });

  const CAN_RUN = AmiFamily.all().filter(family => !/FREEBSD|MACOS|BOTTLEROCKET|NIXOS|ALPINE|FLATCAR/.test(family.id));

  test.each(CAN_RUN.map(family => [family.id, family] as const))('are installed before the script of the user on %s, or are there', (_, family) => {
    const isWindows = family.osType === ec2.OperatingSystemType.WINDOWS;
    const userData = isWindows ? ec2.UserData.forWindows() : ec2.UserData.forLinux();
    userData.addCommands('echo mine');
    const [{ architecture, rootDevice }] = family.variants();
    const instanceType = new ec2.InstanceType(architecture === ec2.InstanceArchitecture.ARM_64 ? 't4g.micro' : 't3.micro');
    const result = workshop({ init: HELLO, userData, instanceType, machineImage: latest(family, { architecture, rootDevice }) });

    const order = [...family.cfnBootstrap ? [] : [' install '], 'echo mine', isWindows ? 'cfn-init.exe' : '/opt/aws/bin/cfn-init -v'];
    const places = order.map(text => result.userData.indexOf(text));
    expect(places).not.toContain(-1);
    expect(places).toEqual([...places].sort((a, b) => a - b));
    expect(result.userData.includes(' install ')).toBe(!family.cfnBootstrap);
  });

  test.each([
    ['the package of Amazon', AmiFamily.AMAZON_LINUX_2023_MINIMAL, 'dnf install -y aws-cfn-bootstrap && break'],
    ['the package of Amazon', AmiFamily.ECS_OPTIMIZED_AMAZON_LINUX_2, 'yum install -y aws-cfn-bootstrap && break'],
    ['the archive of AWS', AmiFamily.DEBIAN_13, '/opt/aws/cfn-bootstrap/bin/pip install https://s3.amazonaws.com/'],
    ...[AmiFamily.RHEL_8, AmiFamily.ROCKY_8, AmiFamily.ALMALINUX_8].map((family): [string, AmiFamily, string] =>
      ['a Python that runs it', family, 'dnf install -y python3.12 && break']),
    ['a Python that runs it', AmiFamily.SLES_15, 'zypper --non-interactive install python311 && break'],
  ])('come from %s on %s', (_, family, line) => {
    const machineImage = family.parameterName() ? latest(family) : AmiSelector.genericLinux({ 'eu-west-3': AL2_ID }, { family });
    expect(workshop({ init: HELLO, machineImage }).userData).toContain(line);
  });

  test('are those of an image of the user that has them', () => {
    const family = AmiFamily.custom({
      name: 'Golden',
      publisher: 'Us',
      owners: {},
      cfnBootstrap: true,
      images: [{ architecture: ec2.InstanceArchitecture.X86_64, rootDevice: RootDevice.EBS, parameterName: '/golden' }],
    });
    expect(workshop({ init: HELLO, machineImage: latest(family) }).userData).not.toContain('install');
  });

  test('fails for an image whose family is not known', () => {
    for (const machineImage of [AmiSelector.genericLinux({ 'eu-west-3': AL2_ID }), ec2.MachineImage.latestAmazonLinux2023()]) {
      expect(() => workshop({ init: HELLO, machineImage })).toThrow(
        'Stack/Workshop: init runs the CloudFormation helper scripts, and of this image it is not known how it gets them; choose it with '
        + 'AmiSelector.latest, or say in the selector of which family it is, such as family: AmiFamily.AMAZON_LINUX_2023.');
    }
  });

  test.each([AmiFamily.BOTTLEROCKET_ECS_2, AmiFamily.FREEBSD_15])('fails for %s, and says which families there are', family => {
    expect(() => workshop({ init: HELLO, machineImage: latest(family) })).toThrow(
      `Stack/Workshop: init runs the CloudFormation helper scripts, and it is not known how ${family} gets them; choose a family of Amazon Linux, `);
  });
});

describe('the user data', () => {
  test('bare CDK: instances that share it run the set-up of all of them', () => {
    const stack = stackIn(PARIS);
    const userData = ec2.UserData.forLinux();
    bareIn(stack, 'First', { init: HELLO, userData });
    bareIn(stack, 'Second', { init: HELLO, userData });
    expect(rendered(stack).scripts.map(each => each.match(/cfn-init -v/g)!.length)).toEqual([2, 2]);
  });

  test('of the user stays as it is, also when instances share it', () => {
    const stack = stackIn(PARIS);
    const userData = ec2.UserData.forLinux();
    userData.addCommands('echo mine');
    const { vpc } = new WorkshopInstance(stack, 'First', { init: HELLO, userData });
    new WorkshopInstance(stack, 'Second', { init: HELLO, userData, vpc });
    expect(userData.render()).toBe('#!/bin/bash\necho mine');
    expect(rendered(stack).scripts.map(each => each.match(/cfn-init -v/g)!.length)).toEqual([1, 1]);
  });

  test('of a selector stays as it is too', () => {
    const userData = ec2.UserData.forLinux();
    expect(workshop({ init: HELLO, machineImage: latest(AmiFamily.DEBIAN_13, { userData }) }).userData).toContain('cfn-init -v');
    expect(userData.render()).toBe('#!/bin/bash');
  });

  test('keeps its interpreter, and what is added later', () => {
    const userData = ec2.UserData.forLinux({ shebang: '#!/bin/sh -x' });
    const stack = stackIn(PARIS);
    const { instance } = new WorkshopInstance(stack, 'Workshop', { init: HELLO, userData });
    userData.addCommands('echo later');
    instance.addUserData('echo last');
    const lines = rendered(stack).userData.split('\n');
    expect(lines[0]).toBe('#!/bin/sh -x');
    expect(lines.filter(line => line.startsWith('#!'))).toHaveLength(1);
    expect(lines.indexOf('echo later')).toBeLessThan(lines.findIndex(line => line.includes('cfn-init -v')));
    expect(lines.at(-1)).toBe('echo last');
  });

  test('may be known at deployment only', () => {
    const { userData } = workshop({ init: HELLO, userData: ec2.UserData.custom(Fn.importValue('script')) });
    expect(userData).toMatch(/^#!\/bin\/bash\n[^]*\[object Object\][^]*cfn-init -v/);
  });

  test('keeps a PowerShell script one, that persists', () => {
    const userData = ec2.UserData.forWindows({ persist: true });
    userData.addCommands('echo mine');
    const result = workshop({ init: HELLO, userData, machineImage: latest(AmiFamily.WINDOWS_SERVER_2022) });
    expect(result.userData).toMatch(/^<powershell>echo mine\n(#.*\n)?cfn-init\.exe [^]*<\/powershell><persist>true<\/persist>$/);
    expect(userData.render()).not.toContain('cfn-init');
  });

  test('signals at once when it ends before cfn-init', () => {
    const { userData, logicalId } = workshop({ init: HELLO });
    expect(userData).toContain(
      `trap '[ "\${isUserDataDone:-}" ] || /opt/aws/bin/cfn-signal -e 1 --region AWS::Region --stack AWS::StackName --resource ${logicalId}' EXIT\n`);
  });

  describe('that is cloud-init data', () => {
    /** The parts with what is encoded in clear. */
    const parts = (userData: ec2.UserData, props: WorkshopInstanceProps = {}) => {
      const { instance: { Properties: { UserData } }, logicalId } = workshop({ init: HELLO, userData, ...props });
      const [delimiter, content] = UserData['Fn::Base64']['Fn::Join'];
      const text: string = content.map((part: any) => typeof part === 'string' ? part : `${part['Fn::Base64'] === undefined ? part.Ref : script(part)}`).join(delimiter);
      const [, separator] = /boundary="(.+)"/.exec(text)!;
      return { logicalId, parts: text.split(`\n--${separator}`).slice(1).map(part => part.trim()) };
    };

    test.each([
      ['#cloud-config', '#cloud-config\npackages: [nginx]'],
      ['a script in Python', '#!/usr/bin/env python3\nprint("hello")'],
      ['a boot hook', '#cloud-boothook\necho hello'],
    ])('%s stays as it is, and the commands of init stand in a script beside it', (_, content) => {
      const { parts: [own, ours, end], logicalId } = parts(ec2.UserData.custom(content));
      expect(own).toBe(`Content-Type: text/plain; charset="utf-8"\n\n${content}`);
      expect(ours).toMatch(/^Content-Type: text\/x-shellscript; charset="utf-8"\nContent-Transfer-Encoding: base64\n\n#!\/bin\/bash\ntrap /);
      expect(ours).toContain('isUserDataDone=yes\n');
      expect(ours).toContain(`cfn-init -v --region AWS::Region --stack AWS::StackName --resource ${logicalId} -c default\n`);
      expect(end).toBe('--');
    });

    test('in several parts keeps them, and the script of init is one more, for each instance', () => {
      const userData = new ec2.MultipartUserData({ partsSeparator: 'mine' });
      userData.addPart(ec2.MultipartBody.fromRawBody({ contentType: 'application/node.eks.aws', body: 'kind: NodeConfig' }));
      userData.addUserDataPart(ec2.UserData.forLinux());
      const before = userData.render().length;
      const all = parts(userData, { machineImage: latest(AmiFamily.UBUNTU_24_04) }).parts;
      expect(all).toHaveLength(4);
      expect(all[0]).toBe('Content-Type: application/node.eks.aws\n\nkind: NodeConfig');
      expect(all[1]).toMatch(/base64\n\n#!\/bin\/bash$/);
      expect(all[2]).toContain('aws-cfn-bootstrap');
      expect(userData.render()).toHaveLength(before);
    });
  });

  test('fails where it is neither a script nor cloud-init data', () => {
    const stack = stackIn(PARIS);
    new WorkshopInstance(stack, 'Workshop', { init: HELLO, userData: ec2.UserData.custom('echo hello\n') });
    expect(synthError(stack)).toContain('the commands of init go into the user data, which starts with "echo hello"; write it as a shell script '
      + '(ec2.UserData.forLinux), or as cloud-init data (ec2.MultipartUserData, #cloud-config).');
  });
});

describe('a changed init', () => {
  test('bare CDK: restarts the instance and is not applied', () => {
    const [one, two] = ['one', 'two'].map(content => bare({ init: fileWith(content) }));
    expect(two.userData).not.toBe(one.userData);
    expect(two.logicalId).toBe(one.logicalId);
  });

  test('replaces the instance', () => {
    const [one, two] = ['one', 'two'].map(content => workshop({ init: fileWith(content) }));
    expect(two.logicalId).not.toBe(one.logicalId);
  });

  test.each<[string, WorkshopInstanceProps]>([
    ['user data causes no replacement', { userDataCausesReplacement: false }],
    ['init has no fingerprint', { initOptions: { embedFingerprint: false } }],
    ['the instance is kept up to date', { keepUpToDate: true }],
    ['the instance is kept up to date, though user data replaces it', { keepUpToDate: true, userDataCausesReplacement: true }],
  ])('leaves the instance and its user data alone where %s', (_, props) => {
    const [one, two] = ['one', 'two'].map(content => workshop({ ...props, init: fileWith(content) }));
    expect(two.logicalId).toBe(one.logicalId);
    expect(two.userData).toBe(one.userData);
    expect(two.metadata).not.toEqual(one.metadata);
  });

  test('changes the user data only where that is asked for', () => {
    const props = { userDataCausesReplacement: false, initOptions: { embedFingerprint: true } };
    const [one, two] = ['one', 'two'].map(content => workshop({ ...props, init: fileWith(content) }));
    expect(two.logicalId).toBe(one.logicalId);
    expect(two.userData).not.toBe(one.userData);
  });
});

describe('keepUpToDate', () => {
  const CONFIG = 'cdk-workshop-instance.keepUpToDate';

  test('has cfn-hup look every five minutes, and call cfn-init as the user data does', () => {
    const { metadata, logicalId, userData } = workshop({ init: HELLO, keepUpToDate: true });
    expect(metadata.configSets).toEqual({ default: ['config'], [CONFIG]: [CONFIG] });
    const { files, commands } = metadata[CONFIG];
    const content = (path: string) => script({ 'Fn::Base64': files[path].content });
    expect(content('/etc/cfn/cfn-hup.conf')).toBe('[main]\nstack=AWS::StackName\nregion=AWS::Region\n');
    expect(files['/etc/cfn/cfn-hup.conf'].mode).toBe('000400');
    const hook = content('/etc/cfn/hooks.d/cfn-auto-reloader.conf').split('\n');
    expect(hook).toContain(`path=Resources.${logicalId}.Metadata.AWS::CloudFormation::Init`);
    expect(userData).toContain(`  ${hook.find(line => line.startsWith('action='))!.slice('action='.length)}\n`);
    expect(content('/etc/systemd/system/cfn-hup.timer')).toContain('OnUnitInactiveSec=300\n');
    expect(commands.timer.command).toContain('systemctl enable cfn-hup.timer');
    expect(metadata.config.files['/etc/motd'].content).toBe('hello');
  });

  test('looks as often as it is told', () => {
    const { metadata } = workshop({ init: HELLO, keepUpToDate: true, keepUpToDateInterval: Duration.minutes(1) });
    expect(metadata[CONFIG].files['/etc/systemd/system/cfn-hup.timer'].content).toContain('OnUnitInactiveSec=60\n');
  });

  test('runs before the config sets of the user, with the same endpoint and role', () => {
    const { userData, metadata } = workshop({
      init: ec2.CloudFormationInit.fromConfigSets({ configSets: { one: ['hello'] }, configs: { hello: new ec2.InitConfig([]) } }),
      initOptions: { configSets: ['one'], includeUrl: true, includeRole: true },
      keepUpToDate: true,
    });
    expect(userData).toContain(` -c ${CONFIG},one\n`);
    expect(script({ 'Fn::Base64': metadata[CONFIG].files['/etc/cfn/cfn-hup.conf'].content }))
      .toMatch(/\nurl=https:\/\/cloudformation\.AWS::Region\.AWS::URLSuffix\nrole=\w+\n$/);
  });

  test('leaves a shared init as it is', () => {
    const stack = stackIn(PARIS);
    const { vpc } = new WorkshopInstance(stack, 'First', { init: HELLO, keepUpToDate: true });
    new WorkshopInstance(stack, 'Second', { init: HELLO, keepUpToDate: true, vpc });
    new WorkshopInstance(stack, 'Third', { init: HELLO, vpc });
    expect(rendered(stack).scripts.map(each => each.includes(CONFIG))).toEqual([true, true, false]);
  });

  test.each<[string, WorkshopInstanceProps, string]>([
    ['without init', { keepUpToDate: true },
      'keepUpToDate is about init, and there is none; give init, an ec2.CloudFormationInit, or leave keepUpToDate out.'],
    ['for options without init', { initOptions: { printLog: false } },
      'initOptions is about init, and there is none; give init, an ec2.CloudFormationInit, or leave initOptions out.'],
    ['for an interval without it', { init: HELLO, keepUpToDateInterval: Duration.minutes(2) },
      'keepUpToDateInterval has no meaning without keepUpToDate; say keepUpToDate: true, or leave the interval out.'],
    ['for an interval below a minute', { init: HELLO, keepUpToDate: true, keepUpToDateInterval: Duration.seconds(30) },
      'keepUpToDateInterval 30 seconds is too short, as every look is a call of CloudFormation; give at least Duration.minutes(1).'],
    ['with a fingerprint', { init: HELLO, keepUpToDate: true, initOptions: { embedFingerprint: true } },
      'initOptions.embedFingerprint changes the user data with init, which restarts the instance, and keepUpToDate applies init to it as it runs; '
      + 'leave one of the two out.'],
    ['on Windows', { init: HELLO, keepUpToDate: true, machineImage: latest(AmiFamily.WINDOWS_SERVER_2025) },
      'keepUpToDate takes a timer of systemd, which AmiFamily.WINDOWS_SERVER_2025 does not have; leave it out, and a changed init replaces the instance.'],
    ['on Amazon Linux 1', { init: HELLO, keepUpToDate: true, machineImage: latest(AmiFamily.AMAZON_LINUX_1) },
      'keepUpToDate takes a timer of systemd, which AmiFamily.AMAZON_LINUX_1 does not have; leave it out, and a changed init replaces the instance.'],
  ])('fails %s', (_, props, message) => {
    expect(() => workshop(props)).toThrow(`Stack/Workshop: ${message}`);
  });
});

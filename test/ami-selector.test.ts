import { mkdtempSync, rmSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { Annotations, App, Aws, CfnCondition, CfnParameter, Fn, Lazy, NestedStack, Size, Stack } from 'aws-cdk-lib';
import * as assertions from 'aws-cdk-lib/assertions';
import * as autoscaling from 'aws-cdk-lib/aws-autoscaling';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as ssm from 'aws-cdk-lib/aws-ssm';
import { Construct } from 'constructs';
import {
  AL1_S3_PARAMETER, AL2_ARM_PARAMETER, AL2_ID, AL2_PARAMETER, contextOf, imageIds, missingContext, PARIS, stackIn, synthError, template, warnings,
} from './app';
import { AmiFamily, AmiSelector, AmiUpdates, RootDevice, WorkshopFleet, WorkshopInstance } from '../src';

const PLACEHOLDER = 'ami-00000000000000000';

describe('genericLinux', () => {
  const MAP = { 'eu-west-3': AL2_ID, 'us-east-1': 'ami-0123456789abcdef0' };

  test('bare CDK: two region maps in one scope of an agnostic stack collide on the id AmiMap', () => {
    const stack = stackIn();
    ec2.MachineImage.genericLinux(MAP).getImage(stack);
    expect(() => ec2.MachineImage.genericLinux({ 'eu-west-1': AL2_ID }).getImage(stack)).toThrow(/AmiMap/);
  });

  test('two region maps in one scope of an agnostic stack make two mappings', () => {
    const stack = stackIn();
    AmiSelector.genericLinux(MAP).getImage(stack);
    AmiSelector.genericLinux({ 'eu-west-1': AL2_ID }).getImage(stack);
    expect(Object.keys(template(stack).Mappings)).toHaveLength(2);
  });

  test.each([['an agnostic stack', undefined], ['a stack with a region', PARIS]])('equal maps share one mapping in %s, whatever their order', (_, env) => {
    const stack = stackIn(env);
    new WorkshopInstance(stack, 'One', { machineImage: AmiSelector.genericLinux(MAP) });
    new WorkshopInstance(stack, 'Two', { machineImage: AmiSelector.genericLinux(Object.fromEntries(Object.entries(MAP).reverse())) });

    const { Mappings } = template(stack);
    const [name] = Object.keys(Mappings);
    expect(Mappings).toEqual({ [name]: { 'eu-west-3': { ami: AL2_ID }, 'us-east-1': { ami: 'ami-0123456789abcdef0' } } });
    expect(imageIds(stack)).toEqual(Array(2).fill({ 'Fn::FindInMap': [name, { Ref: 'AWS::Region' }, 'ami'] }));
  });

  describe('in an agnostic stack, CloudFormation is told which regions the map has', () => {
    const SENTENCE = 'there is no AMI id for the region of this stack, only for eu-west-3, us-east-1; add one to the map of AmiSelector, or deploy to one of these.';
    const rulesOf = (stack: Stack) => Object.entries<any>(template(stack).Rules ?? {}).filter(([name]) => name.startsWith('AmiMap')).map(([_, rule]) => rule);
    const rule = (path: string) => ({
      Assertions: [{ Assert: { 'Fn::Contains': [['eu-west-3', 'us-east-1'], { Ref: 'AWS::Region' }] }, AssertDescription: `${path}: ${SENTENCE}` }],
    });

    test('with one sentence for all that launch from it', () => {
      const stack = stackIn();
      new WorkshopInstance(stack, 'One', { machineImage: AmiSelector.genericLinux(MAP) });
      new WorkshopFleet(stack, 'Two', { seats: 2, machineImage: AmiSelector.genericLinux(MAP) });
      expect(rulesOf(stack)).toEqual([rule('Stack/One')]);
    });

    test('and each map has its own', () => {
      const stack = stackIn();
      new WorkshopInstance(stack, 'One', { machineImage: AmiSelector.genericLinux(MAP) });
      new ec2.LaunchTemplate(stack, 'Two', { machineImage: AmiSelector.genericLinux({ 'eu-west-1': AL2_ID }) });
      expect(rulesOf(stack)).toHaveLength(2);
    });

    test('the outermost one, before it makes a nested one', () => {
      const stack = stackIn();
      const nested = new NestedStack(stack, 'Nested');
      new WorkshopInstance(nested, 'One', { machineImage: AmiSelector.genericLinux(MAP) });
      expect(rulesOf(stack)).toEqual([rule('Stack/Nested/One')]);
      expect(template(nested).Rules).toBeUndefined();
    });

    test.each<[string, (stack: Stack, condition: CfnCondition) => unknown]>([
      ['nothing is launched', stack => AmiSelector.genericLinux(MAP).getImage(stack)],
      ['the launch has a condition', (stack, condition) => {
        new WorkshopInstance(stack, 'One', { machineImage: AmiSelector.genericLinux(MAP) }).instance.instance.cfnOptions.condition = condition;
      }],
      ['the launch in a nested stack has a condition', (stack, condition) => {
        const nested = new NestedStack(stack, 'Nested');
        new WorkshopInstance(nested, 'One', { machineImage: AmiSelector.genericLinux(MAP) }).instance.instance.cfnOptions.condition = condition;
      }],
      ['the nested stack has a condition', (stack, condition) => {
        const nested = new NestedStack(stack, 'Nested');
        new WorkshopInstance(nested, 'One', { machineImage: AmiSelector.genericLinux(MAP) });
        nested.nestedStackResource!.cfnOptions.condition = condition;
      }],
    ])('but not where %s', (_, make) => {
      const stack = stackIn();
      make(stack, new CfnCondition(stack, 'InParis', { expression: Fn.conditionEquals(Aws.REGION, 'eu-west-3') }));
      expect(rulesOf(stack)).toEqual([]);
    });

    test('but not where the region is known', () => {
      const stack = stackIn(PARIS);
      new WorkshopInstance(stack, 'One', { machineImage: AmiSelector.genericLinux(MAP) });
      expect(rulesOf(stack)).toEqual([]);
    });
  });

  test('fails synth where the map has no id for the region of the stack, and lists the regions that it has', () => {
    const stack = stackIn({ account: '123456789012', region: 'ap-south-1' });
    new WorkshopInstance(stack, 'One', { machineImage: AmiSelector.genericLinux(MAP) });
    expect(synthError(stack)).toContain('[Stack/One] AmiSelector.genericLinux: the map has no AMI id for ap-south-1, the region of stack '
      + '"Stack", only for eu-west-3, us-east-1; add "ap-south-1": "ami-…" to the map or deploy to one of these.');
  });

  test('reports all problems of an app at once', () => {
    const stack = stackIn({ account: '123456789012', region: 'ap-south-1' });
    new WorkshopInstance(stack, 'One', { machineImage: AmiSelector.genericLinux(MAP) });
    new WorkshopInstance(stack, 'Two', { machineImage: AmiSelector.genericLinux(MAP) });
    expect(synthError(stack)).toMatch(/Stack\/One[^]*Stack\/Two/);
  });

  test.each(['not-an-ami', 'ami-123', 'ami-01FDE5E5B31E98551', 'ami-01fde5e5b31e985510', ' ami-01fde5e5b31e98551', ''])('fails for the id %j', id => {
    expect(() => AmiSelector.genericLinux({ 'eu-west-3': id })).toThrow(
      `AmiSelector.genericLinux: ${JSON.stringify(id)}, given for eu-west-3, is not an AMI id; write "ami-" and 8 or 17 hex digits`);
  });

  test.each(['ami-01fde5e5', AL2_ID])('takes the id %s', id => {
    expect(() => AmiSelector.genericLinux({ 'eu-west-3': id })).not.toThrow();
  });

  test.each(['eu-west3', 'eu-west-3a', 'Paris', 'ami-01fde5e5b31e98551'])('fails for the key %j, which is no region', region => {
    expect(() => AmiSelector.genericLinux({ [region]: AL2_ID })).toThrow(`${JSON.stringify(region)} is not the name of a region`);
  });

  test.each(['us-gov-west-1', 'cn-north-1', 'us-isob-east-1', 'eusc-de-east-1', 'ap-southeast-7'])('takes the region %s', region => {
    expect(() => AmiSelector.genericLinux({ [region]: AL2_ID })).not.toThrow();
  });

  test('fails for an empty map', () => {
    expect(() => AmiSelector.genericLinux({})).toThrow('the map is empty');
  });

  test('an id that is a token passes where the region is known', () => {
    const stack = stackIn(PARIS);
    const id = new CfnParameter(stack, 'Ami').valueAsString;
    new WorkshopInstance(stack, 'One', { machineImage: AmiSelector.genericLinux({ 'eu-west-3': id }) });
    expect(imageIds(stack)).toEqual([{ Ref: 'Ami' }]);
  });

  test('an id that is known when it is resolved passes in an agnostic stack', () => {
    const stack = stackIn();
    AmiSelector.genericLinux({ 'eu-west-3': Lazy.string({ produce: () => AL2_ID }) }).getImage(stack);
    expect(Object.values(template(stack).Mappings)).toEqual([{ 'eu-west-3': { ami: AL2_ID } }]);
  });

  test('fails synth for an id that stays a token in an agnostic stack, as a mapping cannot hold it', () => {
    const stack = stackIn();
    AmiSelector.genericLinux({ 'eu-west-3': new CfnParameter(stack, 'Ami').valueAsString }).getImage(stack);
    expect(synthError(stack)).toContain('the AMI id for eu-west-3 is known only at deployment');
  });

  describe('an id that the CLI looks up', () => {
    const LOOKUPS: [string, string, (stack: Stack) => string][] = [
      ['ami', 'ami-1234', stack => ec2.MachineImage.lookup({ name: 'golden-*', owners: ['self'] }).getImage(stack).imageId],
      ['ssm', 'dummy-value-for-/golden', stack => ssm.StringParameter.valueFromLookup(stack, '/golden')],
    ];

    const started = (idIn: (stack: Stack) => string, context?: Record<string, string>) => {
      const stack = stackIn(PARIS, { context });
      new WorkshopInstance(stack, 'One', { machineImage: AmiSelector.genericLinux({ 'eu-west-3': idIn(stack) }, { rootDeviceName: '/dev/xvda' }) });
      return stack;
    };

    test.each(LOOKUPS)('passes until then, from the provider %s', (_, __, idIn) => {
      expect(Object.values(template(started(idIn)).Mappings)).toEqual([{ 'eu-west-3': { ami: PLACEHOLDER } }]);
    });

    test.each(LOOKUPS)('is taken from then on, from the provider %s', (provider, _, idIn) => {
      const stack = started(idIn, contextOf(started(idIn), provider, AL2_ID));
      expect(Object.values(template(stack).Mappings)).toEqual([{ 'eu-west-3': { ami: AL2_ID } }]);
    });

    test.each(LOOKUPS)('is checked from then on, from the provider %s', (provider, _, idIn) => {
      expect(() => started(idIn, contextOf(started(idIn), provider, 'none'))).toThrow('"none", given for eu-west-3, is not an AMI id');
    });

    test.each(LOOKUPS)('fails synth where nothing of %s is to be looked up', (_, word) => {
      expect(synthError(started(() => word))).toContain(`[Stack/One] AmiSelector.genericLinux: "${word}", given for eu-west-3, is not an AMI id;`);
    });
  });
});

test('an operating system past its end of support is told once where constructs pass the image on', () => {
  const stack = stackIn();
  const image = AmiSelector.latest(AmiFamily.AMAZON_LINUX_2);
  const [outer, other] = [new Construct(stack, 'Outer'), new Construct(stack, 'Other')];
  image.getImage(other);
  image.getImage(outer);
  new ec2.LaunchTemplate(new Construct(outer, 'Inner'), 'Template', { machineImage: image });
  expect(warnings(stack)).toHaveLength(1);
});

describe('fromSsmParameter', () => {
  test.each([
    [AL2_PARAMETER, 'Amazon Linux 2 ended on 2026-06-30: it gets no more security fixes; move to AmiFamily.AMAZON_LINUX_2023.'],
    ['/aws/service/ami-amazon-linux-latest/amzn2-ami-minimal-hvm-arm64-ebs', 'Amazon Linux 2'],
    ['/aws/service/ecs/optimized-ami/amazon-linux-2/arm64/recommended/image_id', 'Amazon Linux 2'],
    ['/aws/service/canonical/ubuntu/server/20.04/stable/current/arm64/hvm/ebs-gp2/ami-id', 'Ubuntu 20.04 ended on'],
  ])('warns where the name %s is one of an operating system past its end of support', (name, sentence) => {
    const stack = stackIn();
    new ec2.LaunchTemplate(stack, 'Template', { machineImage: AmiSelector.fromSsmParameter(name) });
    expect(warnings(stack)).toEqual([expect.stringContaining(sentence)]);
  });

  test.each(['/ours/amzn2-ami-hardened', '/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-6.1-x86_64'])('does not warn of %s', name => {
    const stack = stackIn();
    new ec2.LaunchTemplate(stack, 'Template', { machineImage: AmiSelector.fromSsmParameter(name) });
    expect(warnings(stack)).toEqual([]);
  });

  test('is read by EC2 at launch in a WorkshopInstance, in an agnostic stack too', () => {
    const stack = stackIn();
    const machineImage = AmiSelector.fromSsmParameter(AL2_PARAMETER);
    const { vpc } = new WorkshopInstance(stack, 'One', { machineImage });
    new WorkshopInstance(stack, 'Two', { vpc, machineImage: AmiSelector.fromSsmParameter(AL2_PARAMETER, { parameterVersion: 83, updates: AmiUpdates.ON_LAUNCH }) });
    expect(imageIds(stack)).toEqual([`resolve:ssm:${AL2_PARAMETER}`, `resolve:ssm:${AL2_PARAMETER}:83`]);
    expect(machineImage.updates).toBe(AmiUpdates.ON_DEPLOY);
  });

  test('says of a parameter of one\'s own that EC2 reads which type it must have', () => {
    const stack = stackIn();
    new WorkshopInstance(stack, 'One', { machineImage: AmiSelector.fromSsmParameter('/my/image', { rootDeviceName: '/dev/xvda' }) });
    assertions.Annotations.fromStack(stack).hasInfo('/Stack/One', assertions.Match.stringLikeRegexp('takes a parameter of the data type aws:ec2:image only'));
    expect(warnings(stack)).toEqual([]);
  });

  test('says nothing of the type of a public parameter', () => {
    const stack = stackIn();
    new WorkshopInstance(stack, 'One', { machineImage: AmiSelector.fromSsmParameter(AL2_PARAMETER) });
    assertions.Annotations.fromStack(stack).hasNoInfo('*', assertions.Match.stringLikeRegexp('data type'));
  });

  test('follows the parameter at each deployment in an ec2.Instance by default, in an agnostic stack too', () => {
    const stack = stackIn();
    const vpc = new ec2.Vpc(stack, 'Vpc', { maxAzs: 1, natGateways: 0 });
    new ec2.Instance(stack, 'One', { vpc, instanceType: new ec2.InstanceType('t2.micro'), machineImage: AmiSelector.fromSsmParameter(AL2_PARAMETER) });
    const [parameter] = Object.entries<any>(template(stack).Parameters).find(([_, value]) => value.Default === AL2_PARAMETER)!;
    expect(template(stack).Parameters[parameter].Type).toBe('AWS::SSM::Parameter::Value<AWS::EC2::Image::Id>');
    expect(imageIds(stack)).toEqual([{ Ref: parameter }]);
  });

  test('bare CDK: a pinned version of the parameter is dropped', () => {
    const stack = stackIn();
    ec2.MachineImage.fromSsmParameter(AL2_PARAMETER, { parameterVersion: '83' }).getImage(stack);
    expect(JSON.stringify(template(stack))).not.toContain('83');
  });

  test('a pinned version of the parameter is kept', () => {
    const stack = stackIn();
    const selector = AmiSelector.fromSsmParameter(AL2_PARAMETER, { parameterVersion: 83 });
    new WorkshopInstance(stack, 'One', { machineImage: selector });
    expect(imageIds(stack)).toEqual([`{{resolve:ssm:${AL2_PARAMETER}:83}}`]);
    expect(selector.updates).toBeUndefined();
  });

  test('ON_REQUEST asks for the value once and keeps it in the context', () => {
    const machineImage = AmiSelector.fromSsmParameter(AL2_PARAMETER, { updates: AmiUpdates.ON_REQUEST });

    const first = stackIn(PARIS);
    new WorkshopInstance(first, 'One', { machineImage });
    expect(missingContext(first, 'ssm')).toMatchObject([{ parameterName: AL2_PARAMETER, region: 'eu-west-3' }]);
    expect(imageIds(first)).toEqual([PLACEHOLDER]);

    const second = stackIn(PARIS, { context: contextOf(first, 'ssm', AL2_ID) });
    new WorkshopInstance(second, 'One', { machineImage });
    expect(missingContext(second, 'ssm')).toEqual([]);
    expect(imageIds(second)).toEqual([AL2_ID]);
  });

  test('fails synth with ON_REQUEST in an agnostic stack, with both ways out in one sentence', () => {
    const stack = stackIn();
    new WorkshopInstance(stack, 'One', { machineImage: AmiSelector.fromSsmParameter(AL2_PARAMETER, { updates: AmiUpdates.ON_REQUEST }) });
    expect(synthError(stack)).toMatch(/\[Stack\/One\] AmiSelector\.fromSsmParameter\(.*give the stack an account and a region .*, or say AmiUpdates\.ON_LAUNCH, which needs neither/);
  });

  test('fails synth where the parameter holds something else than an AMI id', () => {
    const machineImage = AmiSelector.fromSsmParameter('/my/ami', { updates: AmiUpdates.ON_REQUEST });
    const first = stackIn(PARIS);
    new WorkshopInstance(first, 'One', { machineImage });
    const stack = stackIn(PARIS, { context: contextOf(first, 'ssm', '{"image_id":"x"}') });
    new WorkshopInstance(stack, 'One', { machineImage });
    expect(synthError(stack)).toContain('the parameter holds "{\\"image_id\\":\\"x\\"}", which is not an AMI id');
  });

  test.each([
    [AL2_ID, 'this is an AMI id: use AmiSelector.genericLinux'],
    [`resolve:ssm:${AL2_PARAMETER}`, 'without "resolve:ssm:"'],
    [`{{resolve:ssm:${AL2_PARAMETER}:1}}`, 'without "resolve:ssm:"'],
    [`${AL2_PARAMETER}:83`, 'parameterVersion: 83'],
    ['/aws/service/ecs/optimized-ami/amazon-linux-2023/recommended', 'use "/aws/service/ecs/optimized-ami/amazon-linux-2023/recommended/image_id"'],
    ['/my ami', 'letters, digits and _ . - / only'],
    ['', 'letters, digits and _ . - / only'],
  ])('fails for the name %j', (name, instead) => {
    expect(() => AmiSelector.fromSsmParameter(name)).toThrow(
      `AmiSelector.fromSsmParameter(${JSON.stringify(name)}): not the name of a parameter that holds an AMI id; `);
    expect(() => AmiSelector.fromSsmParameter(name)).toThrow(instead);
  });

  test('takes the first version', () => {
    expect(AmiSelector.fromSsmParameter(AL2_PARAMETER, { parameterVersion: 1 }).updates).toBeUndefined();
  });

  test.each([0, -1, 1.5, NaN])('fails for the version %p', parameterVersion => {
    expect(() => AmiSelector.fromSsmParameter(AL2_PARAMETER, { parameterVersion })).toThrow('versions are whole numbers from 1');
  });

  test('fails where a pinned version is told to update', () => {
    expect(() => AmiSelector.fromSsmParameter(AL2_PARAMETER, { parameterVersion: 83, updates: AmiUpdates.ON_DEPLOY })).toThrow(
      'parameterVersion 83 never changes, so updates "on-deploy" cannot be honoured; leave one of the two out.');
  });

  test('a name and a version that are tokens pass', () => {
    const stack = stackIn();
    const name = new CfnParameter(stack, 'Name').valueAsString;
    const parameterVersion = new CfnParameter(stack, 'Version', { type: 'Number' }).valueAsNumber;
    const render = (selector: AmiSelector) => stack.resolve(selector.getImage(stack).imageId);
    expect(render(AmiSelector.fromSsmParameter(name))).toEqual({ 'Fn::Join': ['', ['{{resolve:ssm:', { Ref: 'Name' }, '}}']] });
    expect(render(AmiSelector.fromSsmParameter('/my/ami', { parameterVersion }))).toEqual(
      { 'Fn::Join': ['', ['{{resolve:ssm:/my/ami:', { Ref: 'Version' }, '}}']] });
    expect(render(AmiSelector.fromSsmParameter(name, { updates: AmiUpdates.ON_LAUNCH, parameterVersion }))).toEqual(
      { 'Fn::Join': ['', ['resolve:ssm:', { Ref: 'Name' }, ':', { Ref: 'Version' }]] });
    expect(() => AmiSelector.fromSsmParameter(name, { updates: AmiUpdates.ON_REQUEST })).toThrow('this one is known only at deployment');
  });

  test.each([
    [AL2_PARAMETER, 'x86_64', 'ebs', '/dev/xvda'],
    [AL2_ARM_PARAMETER, 'arm64', 'ebs', '/dev/xvda'],
    [AL1_S3_PARAMETER, 'x86_64', 'instance-store', undefined],
    ['/aws/service/canonical/ubuntu/server/24.04/stable/current/amd64/hvm/ebs-gp3/ami-id', 'x86_64', 'ebs', undefined],
    ['/aws/service/canonical/ubuntu/server/22.04/stable/current/amd64/hvm/instance-store/ami-id', 'x86_64', 'instance-store', undefined],
    ['/aws/service/debian/release/13/latest/arm64', 'arm64', 'ebs', undefined],
    ['/aws/service/freebsd/arm64/base/ufs/14.5/RELEASE', 'arm64', 'ebs', undefined],
    ['/aws/service/ecs/optimized-ami/amazon-linux-2023/recommended/image_id', undefined, 'ebs', undefined],
    ['/my/arm64/ami', undefined, 'ebs', undefined],
  ])('knows from %s: architecture %s, root device %s on %s', (name, architecture, rootDevice, rootDeviceName) => {
    expect(AmiSelector.fromSsmParameter(name)).toMatchObject({ architecture, rootDevice, rootDeviceName });
  });

  test('fails synth where the name of a public parameter and the options differ, unless somebody knows better', () => {
    const stack = stackIn();
    const t4g = new ec2.InstanceType('t4g.micro');
    const arm = AmiSelector.fromSsmParameter(AL2_PARAMETER, { architecture: ec2.InstanceArchitecture.ARM_64 });
    const { instance } = new WorkshopInstance(stack, 'Workshop', { machineImage: arm, instanceType: t4g });
    expect(synthError(stack)).toContain(`AmiSelector.fromSsmParameter("${AL2_PARAMETER}"): architecture is given as arm64, but the name says x86_64; `
      + 'leave architecture out, or name the arm64 image. [ack: cdk-workshop-instance:nameContradictsOptions]');
    Annotations.of(instance).acknowledgeWarning('cdk-workshop-instance:nameContradictsOptions', 'The name is wrong');
    expect(template(stack).Resources).toBeDefined();

    const other = stackIn();
    new ec2.LaunchTemplate(other, 'Template', { machineImage: AmiSelector.fromSsmParameter(AL2_PARAMETER, { rootDevice: RootDevice.INSTANCE_STORE }) });
    expect(synthError(other)).toContain('rootDevice is given as instance-store, but the name says ebs');
  });
});

describe('lookup', () => {
  const AL2023 = { name: 'al2023-ami-2023.*-kernel-6.1-*', owners: ['amazon'] };

  test('bare CDK: a search without owners is open to everyone', () => {
    const stack = stackIn(PARIS);
    ec2.MachineImage.lookup({ name: AL2023.name }).getImage(stack);
    expect(missingContext(stack, 'ami')[0].owners).toBeUndefined();
  });

  test('always sends owners, architecture, root device type and virtualization type', () => {
    const stack = stackIn(PARIS);
    AmiSelector.lookup(AL2023).getImage(stack);
    expect(missingContext(stack, 'ami')).toMatchObject([{
      owners: ['amazon'],
      filters: {
        'name': [AL2023.name],
        'architecture': ['x86_64'],
        'root-device-type': ['ebs'],
        'virtualization-type': ['hvm'],
        'image-type': ['machine'],
        'state': ['available'],
      },
    }]);
  });

  test('that finds nothing says so of itself alone, and of all whose images it looked for', () => {
    const searches = [
      { name: 'web', owners: ['amazon', '123456789012'] },
      { name: AL2023.name, owners: ['amazon'] },
    ];
    const searched = (context = {}) => {
      const stack = stackIn(PARIS, { context });
      searches.forEach(search => AmiSelector.lookup(search).getImage(stack));
      return stack;
    };
    const [none, found] = (searched().node.root as App).synth().manifest.missing!.map(({ key }) => key)
      .sort((a, b) => Number(b.includes('=web')) - Number(a.includes('=web')));
    const message = synthError(searched({ [none]: { $providerError: 'No AMI found that matched the search criteria' }, [found]: AL2_ID }));
    expect(message).toContain('AmiSelector.lookup("web"): amazon and 123456789012 have no x86_64 image on ebs of this name in eu-west-3, or only deprecated ones; ');
    expect(message.match(/only deprecated ones/g)).toHaveLength(1);
  });

  test.each([
    ['web', 'web*'],
    ['web-server', 'web-*'],
    ['web-server-*-x86_64', 'web-*'],
    ['web--2026?', 'web--*'],
  ])('for %s that finds nothing advises one for %s', (name, more) => {
    const searched = (context = {}) => {
      const stack = stackIn(PARIS, { context });
      AmiSelector.lookup({ name, owners: ['amazon'] }).getImage(stack);
      return stack;
    };
    const [{ key }] = (searched().node.root as App).synth().manifest.missing!;
    expect(synthError(searched({ [key]: { $providerError: 'No AMI found that matched the search criteria' } })))
      .toContain(`cdk-ami search --name '${more}' --owner amazon`);
  });

  test('sends the architecture, root device and further filters that are asked for', () => {
    const stack = stackIn(PARIS);
    AmiSelector.lookup({ ...AL2023, architecture: ec2.InstanceArchitecture.ARM_64, filters: { 'tag:Release': ['stable'] } }).getImage(stack);
    expect(missingContext(stack, 'ami')[0].filters).toMatchObject({ 'architecture': ['arm64'], 'tag:Release': ['stable'] });
  });

  test('follows the architecture of the instance type in a WorkshopInstance', () => {
    const stack = stackIn(PARIS);
    new WorkshopInstance(stack, 'One', { instanceType: new ec2.InstanceType('t4g.micro'), machineImage: AmiSelector.lookup(AL2023) });
    expect(missingContext(stack, 'ami')[0].filters.architecture).toEqual(['arm64']);
  });

  test('takes the architecture that the name says', () => {
    const selector = AmiSelector.lookup({ name: 'ubuntu/images/hvm-ssd-gp3/ubuntu-noble-24.04-arm64-server-*', owners: ['099720109477'] });
    expect(selector.architecture).toBe('arm64');
    const stack = stackIn(PARIS);
    const denied = AmiSelector.lookup({ name: 'debian-13-arm64-*', owners: ['136693071363'], architecture: ec2.InstanceArchitecture.X86_64 });
    new WorkshopInstance(stack, 'Workshop', { machineImage: denied });
    expect(synthError(stack)).toContain('architecture is given as x86_64, but the name says arm64');
  });

  test('bare CDK: the first synth renders ami-1234, which is no AMI id', () => {
    expect(ec2.MachineImage.lookup(AL2023).getImage(stackIn(PARIS)).imageId).toBe('ami-1234');
  });

  test('the first synth renders a valid placeholder', () => {
    expect(AmiSelector.lookup(AL2023).getImage(stackIn(PARIS)).imageId).toBe(PLACEHOLDER);
  });

  test.each([[undefined], [{ region: 'eu-west-3' }]])('fails synth in a stack with the environment %j, with both ways out in one sentence', env => {
    const stack = stackIn(env);
    new WorkshopInstance(stack, 'One', { machineImage: AmiSelector.lookup(AL2023) });
    expect(synthError(stack)).toContain(`[Stack/One] AmiSelector.lookup("${AL2023.name}") searches while the app is synthesized: `
      + 'give the stack an account and a region (env: { account: "123456789012", region: "eu-west-3" }), or use AmiSelector.fromSsmParameter or '
      + 'AmiSelector.genericLinux, which need neither.');
  });

  test.each(['amazon', 'aws-marketplace', 'aws-backup-vault', 'self', '099720109477'])('takes the owner %s', owner => {
    expect(() => AmiSelector.lookup({ ...AL2023, owners: [owner] })).not.toThrow();
  });

  test.each(['canonical', 'Amazon', '12345', '099720109477 ', '*', ''])('fails for the owner %j, and says which there are', owner => {
    expect(() => AmiSelector.lookup({ ...AL2023, owners: ['amazon', owner] })).toThrow(
      `AmiSelector.lookup("${AL2023.name}"): ${JSON.stringify(owner)} is not an owner; write a 12-digit account id such as "099720109477" `
      + '(Canonical), or one of amazon, aws-marketplace, aws-backup-vault, self.');
  });

  test('fails without owners', () => {
    expect(() => AmiSelector.lookup({ ...AL2023, owners: [] })).toThrow('anyone can publish a newer image under this name');
  });

  test.each(['*', '?*', '**', '', ' '])('fails for the name %j, which matches everything', name => {
    expect(() => AmiSelector.lookup({ name, owners: ['amazon'] })).toThrow('a name made of wildcards only');
  });

  test.each(['name', 'architecture', 'root-device-type', 'virtualization-type', 'state', 'image-type', 'owner-id', 'owner-alias'])(
    'fails for the filter %s, which the lookup sets itself', filter => {
      expect(() => AmiSelector.lookup({ ...AL2023, filters: { [filter]: ['x'] } })).toThrow(`the filter "${filter}" is set by the lookup itself`);
    });

  test('changes on request', () => {
    expect(AmiSelector.lookup(AL2023).updates).toBe(AmiUpdates.ON_REQUEST);
  });

  test('fails for a token, which cannot be searched for', () => {
    const name = new CfnParameter(stackIn(), 'Name').valueAsString;
    expect(() => AmiSelector.lookup({ name, owners: ['amazon'] })).toThrow('cannot read a value that is known only at deployment');
    expect(() => AmiSelector.lookup({ name: 'x', owners: [name] })).toThrow('cannot read a value that is known only at deployment');
  });
});

describe('fromLockFile', () => {
  const IMAGE = { imageId: AL2_ID, name: 'ubuntu-noble', owner: '099720109477', creationDate: '2026-09-30T00:00:00.000Z', rootDeviceName: '/dev/sda1' };
  const IRISH = { ...IMAGE, imageId: 'ami-0123456789abcdef0' };
  const QUERY = { family: 'UBUNTU_24_04', owners: ['099720109477'], architecture: 'x86_64', rootDevice: 'ebs' };
  const REGIONS = { 'eu-west-3': IMAGE, 'eu-west-1': IRISH };
  const NAMED = { family: undefined, name: 'ubuntu-*' };
  const start = process.cwd();
  let folder: string;
  let file: string;

  /** Writes a file with the entry web, in which parts are replaced, and with further entries. */
  function pin({ query = {}, regions = REGIONS, others = {} }: { query?: object; regions?: object; others?: object } = {}): void {
    writeFileSync(file, JSON.stringify({ version: 1, images: { web: { query: { ...QUERY, ...query }, regions }, ...others } }));
  }

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'lock-file-'));
    file = join(folder, 'ami.lock.json');
    process.chdir(folder);
    pin();
  });
  afterEach(() => {
    process.chdir(start);
    rmSync(folder, { recursive: true });
  });

  test('takes everything from the entry', () => {
    const { architecture, rootDevice, rootDeviceName, updates } = AmiSelector.fromLockFile('web');
    expect({ architecture, rootDevice, rootDeviceName, updates }).toEqual(
      { architecture: 'x86_64', rootDevice: 'ebs', rootDeviceName: '/dev/sda1', updates: undefined });

    pin({ query: { ...NAMED, rootDevice: 'instance-store' }, regions: { 'eu-west-3': { ...IMAGE, rootDeviceName: undefined } } });
    expect(AmiSelector.fromLockFile('web')).toMatchObject({ rootDevice: 'instance-store' });
  });

  test.each([['an agnostic stack', undefined], ['a stack with a region', PARIS]])('gives %s one mapping, shared with an equal genericLinux', (_, env) => {
    const stack = stackIn(env);
    new WorkshopInstance(stack, 'One', { machineImage: AmiSelector.fromLockFile('web') });
    new WorkshopInstance(stack, 'Two', { machineImage: AmiSelector.fromLockFile('web', { file }) });
    new WorkshopInstance(stack, 'Three', { machineImage: AmiSelector.genericLinux({ 'eu-west-1': IRISH.imageId, 'eu-west-3': AL2_ID }) });

    const { Mappings } = template(stack);
    const [mapping] = Object.keys(Mappings);
    expect(Mappings).toEqual({ [mapping]: { 'eu-west-1': { ami: IRISH.imageId }, 'eu-west-3': { ami: AL2_ID } } });
    expect(imageIds(stack)).toEqual(Array(3).fill({ 'Fn::FindInMap': [mapping, { Ref: 'AWS::Region' }, 'ami'] }));
  });

  test('encrypts the root volume on the device that the images have, and leaves it where they differ', () => {
    const rootDeviceName = () => AmiSelector.fromLockFile('web').rootDeviceName;
    pin({ query: NAMED });
    expect(rootDeviceName()).toBe('/dev/sda1');
    pin({ query: NAMED, regions: { 'eu-west-3': IMAGE, 'eu-west-1': { ...IRISH, rootDeviceName: '/dev/xvda' } } });
    expect(rootDeviceName()).toBeUndefined();
  });

  test('brings the user data format of the family, and takes user data', () => {
    pin({ query: { family: 'BOTTLEROCKET_ECS_2', owners: ['amazon'] }, regions: { 'eu-west-3': { ...IMAGE, ownerAlias: 'amazon' } } });
    const stack = stackIn(PARIS);
    const userData = ec2.UserData.custom('#!/bin/bash');
    new WorkshopInstance(stack, 'One', { machineImage: AmiSelector.fromLockFile('web', { userData }) });
    expect(synthError(stack)).toContain('AmiSelector.fromLockFile("web") takes TOML settings');
  });

  test.each([
    ['a family', { family: 'MACOS_TAHOE' }],
    ['a name', { family: undefined, name: 'amzn-ec2-macos-26.*' }],
    ['a parameter', { family: undefined, parameter: '/aws/service/ec2-macos/tahoe/arm64_mac/latest/image_id' }],
  ])('is of macOS by %s, and boots on its types only', (_, of) => {
    const name = 'amzn-ec2-macos-26.1-20260915-180011-arm64';
    pin({
      query: { ...of, owners: ['amazon'], architecture: 'arm64' },
      regions: { 'eu-west-3': { ...IMAGE, name, owner: '628277914472', ownerAlias: 'amazon' } },
    });
    const started = (type: string) => {
      const stack = stackIn(PARIS);
      const instanceType = new ec2.InstanceType(type);
      const { instance } = new WorkshopInstance(stack, 'One', { machineImage: AmiSelector.fromLockFile('web'), instanceType });
      instance.instance.tenancy = 'host';
      return stack;
    };
    expect(template(started('mac2.metal')).Resources).toBeDefined();
    expect(synthError(started('t4g.micro'))).toContain('t4g.micro is arm64 and cannot boot AmiSelector.fromLockFile("web"), an image for arm64_mac');
  });

  test('warns where a changed file would replace an instance that keeps data', () => {
    const stack = stackIn(PARIS);
    const machineImage = AmiSelector.fromLockFile('web');
    const { vpc } = new WorkshopInstance(stack, 'One', { machineImage });
    new WorkshopInstance(stack, 'Two', { vpc, machineImage, disableApiTermination: true });
    expect(warnings(stack)).toEqual([expect.stringMatching(
      /^Stack\/Two\/Instance\/Resource has protection from termination, and a deployment replaces it once "npx --package cdk-workshop-instance cdk-ami update web" has moved the entry "web" to/)]);
  });

  test('warns of a family past its end of support', () => {
    pin({ query: { family: 'UBUNTU_20_04' } });
    const stack = stackIn();
    new WorkshopInstance(stack, 'One', { machineImage: AmiSelector.fromLockFile('web') });
    expect(warnings(stack)).toEqual([expect.stringContaining('The standard support of Ubuntu 20.04 ended on 2025-05-29')]);
  });

  test.each([
    [QUERY, 'choose an arm64 image, pinned with "npx --package cdk-workshop-instance cdk-ami pin web-arm64 --family UBUNTU_24_04 --architecture arm64 --region eu-west-3 '
      + '--region eu-west-1", or an x86_64 instance type such as t3.micro.'],
    [NAMED, 'choose an arm64 image, pinned under a name of its own, or an x86_64 instance type such as t3.micro.'],
  ])('fails synth for an instance type of another architecture, for the query %j', (query, advice) => {
    pin({ query });
    const stack = stackIn();
    new WorkshopInstance(stack, 'One', { instanceType: new ec2.InstanceType('t4g.micro'), machineImage: AmiSelector.fromLockFile('web') });
    expect(synthError(stack)).toContain(`t4g.micro is arm64 and cannot boot AmiSelector.fromLockFile("web"), an image for x86_64; ${advice}`);
  });

  test.each([
    ['ap-south-1', 'npx --package cdk-workshop-instance cdk-ami pin web --region ap-south-1'],
    ['cn-north-1', 'npx --package cdk-workshop-instance cdk-ami pin web-aws-cn --family UBUNTU_24_04 --architecture x86_64 --region cn-north-1'],
  ])('fails synth in %s, which the entry lacks, with the command that adds it', (region, command) => {
    const stack = stackIn({ account: '123456789012', region });
    new WorkshopInstance(stack, 'One', { machineImage: AmiSelector.fromLockFile('web') });
    expect(synthError(stack)).toContain(`[Stack/One] AmiSelector.fromLockFile("web"): ami.lock.json has no AMI id for ${region}, the region of `
      + `stack "Stack", only for eu-west-1, eu-west-3; pin one with "${command}" or deploy to one of these.`);
  });

  test('fails without the file, with the command that makes it', () => {
    rmSync(file);
    const command = 'npx --package cdk-workshop-instance cdk-ami pin web --family UBUNTU_24_04 --architecture x86_64 --region eu-west-3';
    expect(() => AmiSelector.fromLockFile('web')).toThrow(
      `AmiSelector.fromLockFile("web"): there is no file ${join(process.cwd(), 'ami.lock.json')}; make it with "${command}" in the folder that the app is started in.`);
    expect(() => AmiSelector.fromLockFile('web', { file: 'etc/pins.json' })).toThrow(
      `there is no file ${join(process.cwd(), 'etc', 'pins.json')}; make it with "${command} --file etc/pins.json"`);
    expect(() => AmiSelector.fromLockFile('web', { file: '.' })).toThrow('AmiSelector.fromLockFile("web"): . is a folder; name a file.');
  });

  test('fails for an entry that is not there, with those that are and the command that adds it', () => {
    const command = (name: string) => `pin one with "npx --package cdk-workshop-instance cdk-ami pin ${name} --family UBUNTU_24_04 --architecture x86_64 --region eu-west-3".`;
    pin({ others: { api: { query: QUERY, regions: REGIONS } } });
    expect(() => AmiSelector.fromLockFile('wbe')).toThrow(
      `AmiSelector.fromLockFile("wbe"): ami.lock.json has no entry "wbe", only "web", "api"; write "web", or ${command('wbe')}`);
    expect(() => AmiSelector.fromLockFile('constructor')).toThrow(`has no entry "constructor", only "web", "api"; ${command('constructor')}`);
    writeFileSync(file, '{"version":1,"images":{}}');
    expect(() => AmiSelector.fromLockFile('web')).toThrow(`has no entry "web", nor any other; ${command('web')}`);
  });

  test('fails for an entry without a region, with the command that adds one', () => {
    pin({ regions: {} });
    expect(() => AmiSelector.fromLockFile('web')).toThrow(
      'AmiSelector.fromLockFile("web"): ami.lock.json has it for no region; add one with "npx --package cdk-workshop-instance cdk-ami pin web --region eu-west-3".');
  });

  test.each(['', 'my web', '-web', '../web'])('fails for the name %j, which no entry can have', name => {
    expect(() => AmiSelector.fromLockFile(name)).toThrow(`AmiSelector.fromLockFile(${JSON.stringify(name)}): ${JSON.stringify(name)} cannot be the name of`);
  });

  test('fails for tokens, which cannot be read', () => {
    const name = new CfnParameter(stackIn(), 'Name').valueAsString;
    expect(() => AmiSelector.fromLockFile(name)).toThrow('cannot read a value that is known only at deployment');
    expect(() => AmiSelector.fromLockFile('web', { file: name })).toThrow('cannot read a value that is known only at deployment');
  });

  test('fails for a file that contradicts itself, with the call', () => {
    pin({ regions: { 'eu-west-3': { ...IMAGE, owner: '666666666666' } } });
    expect(() => AmiSelector.fromLockFile('web')).toThrow(
      'AmiSelector.fromLockFile("web"): ami.lock.json: the image of "web" in eu-west-3 is of the owner 666666666666, and its query takes images of');
  });

  test.each([
    [{ family: 'UBUNTU_24_05' }, 'has the family UBUNTU_24_05, which this cdk-workshop-instance does not know; install a newer one with '
      + '"npm install cdk-workshop-instance@latest" or "pip install --upgrade cdk-workshop-instance", or pin another family such as UBUNTU_24_04.'],
    [{ family: 'PLAN_9' }, 'has the family PLAN_9, which this cdk-workshop-instance does not know; install a newer one with '
      + '"npm install cdk-workshop-instance@latest" or "pip install --upgrade cdk-workshop-instance", or pin another family.'],
    [{ rootDevice: 'instance-store' }, 'is for x86_64 and instance-store, and AmiFamily.UBUNTU_24_04 has x86_64 ebs, arm64 ebs; pin one of these.'],
    [{ family: 'WINDOWS_SERVER_2022', architecture: 'arm64' }, 'is for arm64 and ebs, and AmiFamily.WINDOWS_SERVER_2022 has x86_64 ebs; pin one of these.'],
    [{ owners: ['099720109477', '666666666666'] }, 'takes images of 666666666666, and those of AmiFamily.UBUNTU_24_04 are of Canonical (099720109477); '
      + 'take the entry out of the file, and "npx --package cdk-workshop-instance cdk-ami pin web --family UBUNTU_24_04 --architecture x86_64 --region eu-west-3 --region eu-west-1" pins '
      + 'it anew.'],
  ])('fails for the query %j, which its family does not fit', (query, problem) => {
    pin({ query });
    expect(() => AmiSelector.fromLockFile('web')).toThrow(`AmiSelector.fromLockFile("web"): ami.lock.json: the query of "web" ${problem}`);
  });

  test.each([
    ['an alias that is only typed in', { family: 'AMAZON_LINUX_2023', owners: ['amazon'] }, { owner: '666666666666', ownerAlias: 'amazon' },
      'is of 666666666666, which is no account of Amazon in eu-west-3; take the entry out of the file, and '],
    ['an image of another family', {}, { name: 'ubuntu/images/hvm-ssd/ubuntu-jammy-22.04-amd64-server-20260916' },
      'is "ubuntu/images/hvm-ssd/ubuntu-jammy-22.04-amd64-server-20260916", an image of AmiFamily.UBUNTU_22_04 and not of AmiFamily.UBUNTU_24_04; take'],
    ['an image of a later release, whose id starts in the same way', { family: 'AMAZON_LINUX_2', owners: ['amazon'] },
      { owner: '137112412989', ownerAlias: 'amazon', name: 'al2023-ami-2023.1-kernel-6.1-x86_64' },
      'is "al2023-ami-2023.1-kernel-6.1-x86_64", an image of AmiFamily.AMAZON_LINUX_2023_KERNEL_6_1 and not of AmiFamily.AMAZON_LINUX_2; take'],
    ['an image with a desktop in place of one without', { family: 'WINDOWS_SERVER_2022_CORE', owners: ['amazon'] },
      { owner: '801119661308', ownerAlias: 'amazon', name: 'Windows_Server-2022-English-Full-Base-2026.09.09' },
      'is "Windows_Server-2022-English-Full-Base-2026.09.09", an image of AmiFamily.WINDOWS_SERVER_2022 and not of AmiFamily.WINDOWS_SERVER_2022_CORE; take'],
  ])('fails for %s', (_, query, image, problem) => {
    pin({ query, regions: { 'eu-west-3': { ...IMAGE, ...image } } });
    expect(() => AmiSelector.fromLockFile('web')).toThrow(`AmiSelector.fromLockFile("web"): ami.lock.json: the image of "web" in eu-west-3 ${problem}`);
  });

  test.each([
    ['an account of Amazon in a region that is opted into', 'af-south-1', { owner: '210953353124', ownerAlias: 'amazon' }],
    ['a name that the catalog has no more', 'eu-west-3', { owner: '137112412989', ownerAlias: 'amazon', name: 'al2023-ami-2023.1-kernel-5.15-x86_64' }],
    ['a name of a kernel of the family', 'eu-west-3', { owner: '137112412989', ownerAlias: 'amazon', name: 'al2023-ami-2023.1-kernel-6.12-x86_64' }],
  ])('takes %s', (_, region, image) => {
    pin({ query: { family: 'AMAZON_LINUX_2023', owners: ['amazon'] }, regions: { [region]: { ...IMAGE, ...image } } });
    expect(() => AmiSelector.fromLockFile('web')).not.toThrow();
  });

  test('takes the owners of the partition, and those of a family whose owners are not known', () => {
    pin({ query: { owners: ['837727238323'] }, regions: { 'cn-north-1': { ...IMAGE, owner: '837727238323' } } });
    expect(() => AmiSelector.fromLockFile('web')).not.toThrow();
    pin({ query: { family: 'FREEBSD_15' } });
    expect(() => AmiSelector.fromLockFile('web')).not.toThrow();
  });
});

test('fails for an arm64 image with an instance-store root device, as there is none', () => {
  const options = { architecture: ec2.InstanceArchitecture.ARM_64, rootDevice: RootDevice.INSTANCE_STORE };
  const message = 'there is no arm64 image with an instance-store root device';
  expect(() => AmiSelector.genericLinux({ 'eu-west-3': AL2_ID }, options)).toThrow(message);
  expect(() => AmiSelector.fromSsmParameter('/my/ami', options)).toThrow(message);
  expect(() => AmiSelector.lookup({ name: 'mine-*', owners: ['self'], ...options })).toThrow(message);
});

test('knows the architecture where images of the root device are of one alone', () => {
  const rootDevice = RootDevice.INSTANCE_STORE;
  expect(AmiSelector.latest(AmiFamily.AMAZON_LINUX_1).architecture).toBe('x86_64');
  expect(AmiSelector.latest(AmiFamily.AMAZON_LINUX_1, { rootDevice }).architecture).toBe('x86_64');
  expect(AmiSelector.latest(AmiFamily.UBUNTU_24_04).architecture).toBeUndefined();
  expect(AmiSelector.genericLinux({ 'eu-west-3': AL2_ID }, { rootDevice }).architecture).toBe('x86_64');
  expect(AmiSelector.genericLinux({ 'eu-west-3': AL2_ID }).architecture).toBeUndefined();
});

test('user data of the selector reaches the instance', () => {
  const stack = stackIn();
  const userData = ec2.UserData.forLinux();
  userData.addCommands('echo hello');
  new WorkshopInstance(stack, 'One', { machineImage: AmiSelector.fromSsmParameter(AL2_PARAMETER, { userData }) });
  expect(JSON.stringify(template(stack))).toContain('echo hello');
});

describe('latest', () => {
  test('follows the parameter of the publisher, in the architecture of the instance type', () => {
    const stack = stackIn();
    new WorkshopInstance(stack, 'One', { instanceType: new ec2.InstanceType('t4g.micro'), machineImage: AmiSelector.latest(AmiFamily.UBUNTU_24_04) });
    expect(imageIds(stack)).toEqual(['resolve:ssm:/aws/service/canonical/ubuntu/server/24.04/stable/current/arm64/hvm/ebs-gp3/ami-id']);
  });

  test('searches among the images of the publisher where there is no parameter', () => {
    const stack = stackIn(PARIS);
    new WorkshopInstance(stack, 'One', { machineImage: AmiSelector.latest(AmiFamily.RHEL_9) });
    expect(missingContext(stack, 'ami')).toMatchObject([{ owners: ['309956199498'], filters: { name: [expect.stringMatching(/^RHEL-9\.8/)] } }]);
  });

  test.each([['us-gov-west-1', '219670896067'], ['cn-north-1', '841258680906'], ['eu-west-3', '309956199498']])(
    'in %s the owner is %s', (region, owner) => {
      const stack = stackIn({ account: '123456789012', region });
      AmiSelector.latest(AmiFamily.RHEL_9).getImage(stack);
      expect(missingContext(stack, 'ami')[0].owners).toEqual([owner]);
    });

  test('fails synth in a partition whose account of the publisher is not known', () => {
    const stack = stackIn({ account: '123456789012', region: 'cn-north-1' });
    AmiSelector.latest(AmiFamily.ROCKY_9).getImage(stack);
    expect(synthError(stack)).toContain('publishes from in the partition aws-cn is not known');
  });

  test('fails synth in an agnostic stack for a family that is searched', () => {
    const stack = stackIn();
    new WorkshopInstance(stack, 'One', { machineImage: AmiSelector.latest(AmiFamily.RHEL_9) });
    expect(synthError(stack)).toContain('[Stack/One] AmiSelector.latest(AmiFamily.RHEL_9) searches while the app is synthesized');
  });

  test('fails for a combination that there is not, and says which there are', () => {
    expect(() => AmiSelector.latest(AmiFamily.AMAZON_LINUX_2, { rootDevice: RootDevice.INSTANCE_STORE })).toThrow(
      'AmiFamily.AMAZON_LINUX_2 has no x86_64 image with an instance-store root device; it has x86_64 ebs, arm64 ebs.');
    expect(() => AmiSelector.latest(AmiFamily.WINDOWS_SERVER_2025, { architecture: ec2.InstanceArchitecture.ARM_64 })).toThrow('it has x86_64 ebs');
  });

  test('fails for updates that the family cannot honour', () => {
    expect(() => AmiSelector.latest(AmiFamily.RHEL_9, { updates: AmiUpdates.ON_DEPLOY })).toThrow(
      'AmiSelector.latest(AmiFamily.RHEL_9): Red Hat keeps no parameter for this family');
    expect(AmiSelector.latest(AmiFamily.RHEL_9).updates).toBe(AmiUpdates.ON_REQUEST);
    expect(AmiSelector.latest(AmiFamily.RHEL_9, { updates: AmiUpdates.ON_REQUEST }).updates).toBe(AmiUpdates.ON_REQUEST);
    expect(AmiSelector.latest(AmiFamily.DEBIAN_13).updates).toBe(AmiUpdates.ON_DEPLOY);
  });

  test('warns of a family past its end of support, once, with its successor', () => {
    const stack = stackIn();
    new WorkshopInstance(stack, 'One', { machineImage: AmiSelector.latest(AmiFamily.AMAZON_LINUX_2) });
    expect(warnings(stack)).toEqual([
      'The standard support of Amazon Linux 2 (kernel 5.10) ended on 2026-06-30: it gets no more security fixes; move to AmiFamily.AMAZON_LINUX_2023. '
      + '[ack: cdk-workshop-instance:familyPastEndOfSupport]',
    ]);
  });

  test('gives Windows its user data and operating system', () => {
    const stack = stackIn();
    const { osType, userData } = AmiSelector.latest(AmiFamily.WINDOWS_SERVER_2022).getImage(stack);
    expect(osType).toBe(ec2.OperatingSystemType.WINDOWS);
    userData.addCommands('dir');
    expect(userData.render()).toBe('<powershell>dir</powershell>');
  });

  test('knows the device that the family boots from', () => {
    expect(AmiSelector.latest(AmiFamily.UBUNTU_24_04).rootDeviceName).toBe('/dev/sda1');
    expect(AmiSelector.latest(AmiFamily.AMAZON_LINUX_1, { rootDevice: RootDevice.INSTANCE_STORE }).rootDeviceName).toBeUndefined();
  });
});

describe('a family', () => {
  test('lends its facts to a pinned image', () => {
    const pinned = AmiSelector.genericLinux({ 'eu-west-3': AL2_ID }, { family: AmiFamily.AMAZON_LINUX_2 });
    expect(pinned.rootDeviceName).toBe('/dev/xvda');
    const stack = stackIn();
    new WorkshopInstance(stack, 'One', { machineImage: pinned });
    expect(warnings(stack)).toEqual([expect.stringContaining('ended on 2026-06-30')]);
  });

  test('refuses a pinned image that it does not have', () => {
    expect(() => AmiSelector.fromSsmParameter('/my/ami', { family: AmiFamily.UBUNTU_24_04, rootDevice: RootDevice.INSTANCE_STORE })).toThrow(
      'AmiFamily.UBUNTU_24_04 has no x86_64 image with an instance-store root device');
  });
});

describe('the entry in cdk.context.json', () => {
  const RHEL = () => AmiSelector.latest(AmiFamily.RHEL_9);

  function keys(...selectors: AmiSelector[]): string[] {
    const stack = stackIn(PARIS);
    selectors.forEach((machineImage, i) => new WorkshopInstance(stack, `I${i}`, { machineImage }));
    return Object.keys(contextOf(stack, 'ami', ''));
  }

  test('is one for all that look for the same image, so that it does not move when another is added before', () => {
    expect(keys(RHEL(), RHEL())).toEqual(keys(RHEL()));
    expect(keys(AmiSelector.latest(AmiFamily.DEBIAN_13), RHEL())).toEqual(expect.arrayContaining(keys(RHEL())));
  });

  test('is another one with a cacheKey', () => {
    const selector = () => AmiSelector.latest(AmiFamily.RHEL_9, { cacheKey: 'golden' });
    expect(keys(selector(), selector())).toHaveLength(1);
    expect(keys(selector(), RHEL())).toHaveLength(2);
  });

  test.each<[string, () => AmiSelector]>([
    ['follows a parameter', () => AmiSelector.latest(AmiFamily.UBUNTU_24_04, { cacheKey: 'golden' })],
    ['reads it at launch', () => AmiSelector.fromSsmParameter(AL2_PARAMETER, { cacheKey: 'golden', updates: AmiUpdates.ON_LAUNCH })],
    ['has a version', () => AmiSelector.fromSsmParameter(AL2_PARAMETER, { cacheKey: 'golden', parameterVersion: 83 })],
  ])('is refused where nothing is kept, as the image %s', (_, selector) => {
    expect(selector).toThrow('cacheKey "golden" names an entry of cdk.context.json, and only AmiUpdates.ON_REQUEST keeps one; say updates: AmiUpdates.ON_REQUEST');
  });

  test('is the same in the next synth', () => {
    expect(keys(RHEL())).toEqual(keys(RHEL()));
  });
});

describe('an image that can move', () => {
  const INSTANCE_TYPE = new ec2.InstanceType('t3.micro');
  const warning = (keeps: string) => expect.stringMatching(
    new RegExp(`^Stack/One/Resource has ${keeps}, and any deployment may replace it, as .*\\[ack: cdk-workshop-instance:imageMovesUnderData\\]$`));

  function started(machineImage: ec2.IMachineImage, change: (instance: ec2.Instance) => void, props: Partial<ec2.InstanceProps> = {}) {
    const stack = stackIn(PARIS);
    const vpc = new ec2.Vpc(stack, 'Vpc', { maxAzs: 1, natGateways: 0 });
    const vpcSubnets = { subnetType: ec2.SubnetType.PUBLIC };
    change(new ec2.Instance(stack, 'One', { vpc, vpcSubnets, instanceType: INSTANCE_TYPE, machineImage, ...props }));
    return warnings(stack);
  }

  const FOLLOWED = () => AmiSelector.latest(AmiFamily.AMAZON_LINUX_2023);
  const volume = (instance: ec2.Instance) => new ec2.Volume(instance, 'Volume', { availabilityZone: 'eu-west-3a', size: Size.gibibytes(8) });
  const DATA: [string, string, (instance: ec2.Instance) => void][] = [
    ['a mapping that is not the root', 'more volumes than its root', ({ instance }) => {
      instance.blockDeviceMappings = [{ deviceName: '/dev/sdf', ebs: { volumeSize: 100 } }];
    }],
    ['a volume of its own', 'more volumes than its root', ({ instance }) => { instance.volumes = [{ device: '/dev/sdf', volumeId: 'vol-1' }]; }],
    ['an attached volume', 'more volumes than its root', instance => new ec2.CfnVolumeAttachment(instance, 'Attachment', {
      device: '/dev/sdf', instanceId: instance.instanceId, volumeId: volume(instance).volumeId,
    })],
    ['a volume that it attaches by itself', 'more volumes than its root', instance => volume(instance).grantAttachVolumeByResourceTag(instance.grantPrincipal, [instance])],
    ['a volume that outlives it', 'a volume that is to outlive it', ({ instance }) => {
      instance.blockDeviceMappings = [{ deviceName: '/dev/xvda', ebs: { deleteOnTermination: false } }];
    }],
    ['an override', 'a volume that is to outlive it', ({ instance }) => instance.addPropertyOverride('BlockDeviceMappings', [
      { DeviceName: '/dev/xvda', Ebs: { DeleteOnTermination: false } },
    ])],
    ['protection from termination', 'protection from termination', ({ instance }) => { instance.disableApiTermination = true; }],
    ['an Elastic IP address', 'an Elastic IP address', instance => new ec2.CfnEIP(instance, 'Address', { instanceId: instance.instanceId })],
    ['an associated Elastic IP address', 'an Elastic IP address', instance => new ec2.CfnEIPAssociation(instance, 'Association', {
      instanceId: instance.instanceId, allocationId: 'eipalloc-1',
    })],
  ];

  test.each(DATA)('adds one warning to an instance with %s', (_, keeps, change) => {
    expect(started(FOLLOWED(), change)).toEqual([warning(keeps)]);
  });

  test.each(DATA)('adds none to an instance with %s where it is held, or read at launch', (_, __, change) => {
    for (const updates of [AmiUpdates.ON_REQUEST, AmiUpdates.ON_LAUNCH]) {
      expect(started(AmiSelector.latest(AmiFamily.AMAZON_LINUX_2023, { updates }), change)).toEqual([]);
    }
  });

  test('adds none to an instance with its root volume alone', () => {
    expect(started(FOLLOWED(), () => {})).toEqual([]);
    expect(started(FOLLOWED(), () => {}, { blockDevices: [{ deviceName: '/dev/xvda', volume: ec2.BlockDeviceVolume.ebs(20) }] })).toEqual([]);
    expect(started(FOLLOWED(), () => {}, { blockDevices: [{ deviceName: '/dev/xvda', volume: ec2.BlockDeviceVolume.ephemeral(0) }] })).toEqual([]);
  });

  test('adds none to a group, whose instances come and go', () => {
    const stack = stackIn(PARIS);
    const { imageId } = FOLLOWED().getImage(stack);
    new autoscaling.CfnLaunchConfiguration(stack, 'Configuration', {
      imageId, instanceType: 't3.micro', blockDeviceMappings: [{ deviceName: '/dev/sdf', ebs: { volumeSize: 100 } }],
    });
    expect(warnings(stack)).toEqual([]);
  });

  test('takes the root volume of an image whose root device is not known for its root, by its name', () => {
    const followed = () => AmiSelector.fromSsmParameter('/my/image');
    const on = (deviceName: string) => ({ blockDevices: [{ deviceName, volume: ec2.BlockDeviceVolume.ebs(20) }] });
    expect(started(followed(), () => {}, on('/dev/sda1'))).toEqual([]);
    expect(started(followed(), () => {}, on('/dev/sdf'))).toEqual([warning('more volumes than its root')]);
    expect(started(FOLLOWED(), () => {}, on('/dev/sda1'))).toContainEqual(warning('more volumes than its root'));
  });

  test('adds none for a parameter of Canonical that names the image of a day', () => {
    const protect = ({ instance }: ec2.Instance) => { instance.disableApiTermination = true; };
    const dated = '/aws/service/canonical/ubuntu/server/24.04/stable/20260101/amd64/hvm/ebs-gp3/ami-id';
    expect(started(AmiSelector.fromSsmParameter(dated), protect)).toEqual([]);
    expect(started(AmiSelector.fromSsmParameter(dated.replace('20260101', '20260101.12')), protect)).toEqual([]);
    expect(started(AmiSelector.fromSsmParameter(dated.replace('20260101', 'current')), protect)).toHaveLength(1);
  });

  test('adds one to a WorkshopInstance and to each WorkshopFleet that follow it at each deployment', () => {
    const stack = stackIn(PARIS);
    const machineImage = AmiSelector.latest(AmiFamily.AMAZON_LINUX_2023, { updates: AmiUpdates.ON_DEPLOY });
    new WorkshopInstance(stack, 'One', { machineImage, hardened: true });
    new WorkshopFleet(stack, 'Fleet', { seats: 3, machineImage });
    expect(warnings(stack)).toEqual([
      expect.stringContaining('Stack/One/Instance/Resource has protection from termination'),
      expect.stringContaining('any deployment may replace all instances of the fleet, with what is on them'),
    ]);
  });
});

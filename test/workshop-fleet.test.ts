import { App, BootstraplessSynthesizer, CfnParameter, Fn, Stack, Tags } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as scheduler from 'aws-cdk-lib/aws-scheduler';
import { Construct } from 'constructs';
import { errors, PARIS, stackIn, synthError, template, warnings } from './app';
import { AmiFamily, AmiSelector, AutoStop, WorkshopAccess, WorkshopFleet, WorkshopFleetProps } from '../src';

function fleet(props: WorkshopFleetProps, env = {}) {
  const stack = stackIn(env);
  const made = new WorkshopFleet(stack, 'Fleet', props);
  return { stack, fleet: made, template: Template.fromStack(stack), resources: template(stack).Resources };
}

/** Seat → what its instance is in the template. */
function seats({ stack, fleet: { instances } }: ReturnType<typeof fleet>): Record<string, unknown> {
  const { Resources } = template(stack);
  return Object.fromEntries(Object.entries(instances).map(([seat, { instanceId }]) => {
    const id = stack.resolve(instanceId).Ref;
    return [seat, { id, ...Resources[id] }];
  }));
}

function list({ stack }: ReturnType<typeof fleet>): any {
  const [value] = Object.values<any>(template(stack).Outputs).map(output => output.Value['Fn::Join'][1]);
  return JSON.parse(value.map((part: any) => typeof part === 'string' ? part : part.Ref ?? part['Fn::GetAtt'].join('.')).join(''));
}

test('thirty seats are thirty instances, and nothing else of theirs', () => {
  const one = fleet({ seats: 1 });
  const thirty = fleet({ seats: 30 });
  thirty.template.resourceCountIs('AWS::EC2::Instance', 30);
  expect(Object.keys(thirty.resources)).toHaveLength(Object.keys(one.resources).length + 29);
  expect(Object.keys(one.resources).length).toBeLessThanOrEqual(12);
});

test('a seat is tagged with its name', () => {
  fleet({ seatNames: ['red'] }).template.hasResourceProperties('AWS::EC2::Instance', {
    Tags: [{ Key: 'Name', Value: 'red' }, { Key: 'Seat', Value: 'red' }],
  });
});

test('what is said of an image is said once for all seats', () => {
  const { stack } = fleet({ seats: 3, machineImage: AmiSelector.fromSsmParameter('/my/image') });
  expect(warnings(stack)).toHaveLength(1);
});

test('one output lists seat, instance id and how to connect', () => {
  const made = fleet({ seats: 2, access: [WorkshopAccess.sessionManager(), WorkshopAccess.http(80, { allowFrom: [ec2.Peer.ipv4('10.0.0.0/8')] })] }, PARIS);
  const [one, two] = Object.values(made.fleet.instances).map(({ instanceId }) => made.stack.resolve(instanceId).Ref);
  const lines = (id: string) => [`aws ssm start-session --target ${id} --region eu-west-3`, `http://${id}.PublicIp`];
  expect(list(made)).toEqual({
    'seat-1': { instanceId: one, connectCommands: lines(one) },
    'seat-2': { instanceId: two, connectCommands: lines(two) },
  });
  expect(fleet({ seats: 2, outputs: false }).template.toJSON().Outputs).toBeUndefined();
});

test('the lines of one seat are at hand, in the order of the seats', () => {
  const { stack, fleet: made } = fleet({ seatNames: ['2', 'red', '1'] }, PARIS);
  expect(made.seatNames).toEqual(['2', 'red', '1']);
  const { Ref } = stack.resolve(made.instances.red.instanceId);
  expect(made.connectCommands('red').map(line => stack.resolve(line)['Fn::Join'][1]))
    .toEqual([['aws ssm start-session --target ', { Ref }, ' --region eu-west-3']]);
  expect(() => made.connectCommands('blue')).toThrow('Stack/Fleet: connectCommands has no seat "blue"; name one of 2, red, 1.');
});

test('120 seats make one output, and stay within the limits of CloudFormation', () => {
  const { stack, template: rendered } = fleet({ seats: 120 });
  const { Resources, Outputs } = rendered.toJSON();
  expect(Object.keys(Resources).length).toBeLessThanOrEqual(500);
  expect(Object.keys(Outputs)).toHaveLength(1);
  expect(JSON.stringify(rendered.toJSON(), undefined, 1).length).toBeLessThan(1_000_000);
  expect(warnings(stack)).toEqual([]);
});

describe('a seat', () => {
  const before = seats(fleet({ seatNames: ['red', 'green', 'blue'], availabilityZones: ['eu-west-3a', 'eu-west-3b'] }));

  test.each([
    ['added', ['white', 'red', 'green', 'blue'], ['red', 'green', 'blue']],
    ['removed', ['red', 'blue'], ['red', 'blue']],
    ['renamed', ['red', 'Green', 'blue'], ['red', 'blue']],
    ['in another place', ['blue', 'green', 'red'], ['red', 'green', 'blue']],
  ])('%s leaves the others alone', (_, seatNames, others) => {
    const after = seats(fleet({ seatNames, availabilityZones: ['eu-west-3a', 'eu-west-3b'] }));
    expect(Object.keys(after)).toHaveLength(seatNames.length);
    others.forEach(seat => expect(after[seat]).toEqual(before[seat]));
  });

  test('more leaves the numbered ones alone', () => {
    expect(seats(fleet({ seats: 12 }))).toMatchObject(seats(fleet({ seats: 9 })));
  });

  test('has the name of no other, though their ids in the template are alike', () => {
    expect(Object.keys(seats(fleet({ seatNames: ['a-b', 'ab', 'a.b', 'AB', 'Default', 'Resource'] })))).toHaveLength(6);
  });
});

describe('user data for one seat', () => {
  const shell = (...commands: string[]) => {
    const script = ec2.UserData.forLinux();
    script.addCommands(...commands);
    return script;
  };

  /** Seat → its user data, after the seat red was given a token. */
  function userData(props: Partial<WorkshopFleetProps>, command = 'echo token-of-red'): Record<string, string> {
    const stack = stackIn(PARIS);
    const made = new WorkshopFleet(stack, 'Fleet', { seatNames: ['red', 'green'], ...props });
    made.instances.red.userData.addCommands(command);
    props.userData?.addCommands('echo later');
    return Object.fromEntries(Object.entries(made.instances).map(([seat, { instance }]) => {
      const rendered = stack.resolve(instance.userData)['Fn::Base64'];
      return [seat, typeof rendered === 'string' ? rendered : rendered['Fn::Join'][1].map((part: any) => typeof part === 'string' ? part : '?').join('')];
    }));
  }

  test('bare CDK: instances that share user data share all that is added to one of them', () => {
    const stack = stackIn(PARIS);
    const shared = { vpc: new ec2.Vpc(stack, 'Vpc'), instanceType: new ec2.InstanceType('t3.micro'), machineImage: ec2.MachineImage.latestAmazonLinux2023(), userData: shell() };
    const [red, green] = ['Red', 'Green'].map(id => new ec2.Instance(stack, id, shared));
    red.addUserData('echo token-of-red');
    expect(stack.resolve(green.instance.userData)['Fn::Base64']).toContain('token-of-red');
  });

  test.each<[string, () => Partial<WorkshopFleetProps>]>([
    ['no user data are given', () => ({})],
    ['all seats are given some', () => ({ userData: shell('echo common') })],
    ['the SSM agent is installed', () => ({ userData: shell('echo common'), machineImage: AmiSelector.latest(AmiFamily.DEBIAN_13) })],
    ['the selector has them', () => ({ machineImage: AmiSelector.latest(AmiFamily.AMAZON_LINUX_2023, { userData: shell('echo common') }) })],
    ['an image of aws-cdk-lib has them', () => ({ machineImage: ec2.MachineImage.latestAmazonLinux2023({ userData: shell('echo common') }) })],
    ['they are of PowerShell', () => ({
      userData: ec2.UserData.forWindows(), machineImage: AmiSelector.latest(AmiFamily.WINDOWS_SERVER_2022), instanceType: new ec2.InstanceType('t3.large'),
    })],
  ])('reach that seat only, where %s', (_, props) => {
    const { red, green } = userData(props());
    expect(red).toContain('token-of-red');
    expect(green).not.toContain('token-of-red');
  });

  test('come after those of all, and what is given stays as it was', () => {
    const common = shell('echo common');
    expect(userData({ userData: common })).toEqual({
      red: '#!/bin/bash\necho common\necho later\necho token-of-red', green: '#!/bin/bash\necho common\necho later',
    });
    expect(common.render()).not.toContain('token-of-red');
  });

  test('go beside data of cloud-init', () => {
    const stack = stackIn(PARIS);
    const cloudConfig = ec2.UserData.custom('#cloud-config\npackages: [git]');
    const { instances: { red, green } } = new WorkshopFleet(stack, 'Fleet', { seatNames: ['red', 'green'], userData: cloudConfig });
    red.addUserData('echo token-of-red');
    expect(stack.resolve(green.instance.userData)).toEqual({ 'Fn::Base64': '#cloud-config\npackages: [git]' });
    expect(JSON.stringify(stack.resolve(red.instance.userData))).toMatch(/multipart.*#cloud-config.*token-of-red/);
  });

  test('are refused beside what takes none', () => {
    const { instances: { red } } = new WorkshopFleet(stackIn(PARIS), 'Fleet', {
      seats: undefined, seatNames: ['red'], userData: ec2.UserData.custom('version: 1.1'), machineImage: AmiSelector.latest(AmiFamily.WINDOWS_SERVER_2022),
    });
    expect(() => red.addUserData('echo token-of-red')).toThrow('the user data starts with "version: 1.1", which takes no commands for one seat; write it as a script '
      + '(ec2.UserData.forLinux, ec2.UserData.forWindows).');
  });
});

describe('init for one seat', () => {
  const init = (text: string) => ec2.CloudFormationInit.fromElements(ec2.InitFile.fromString('/etc/motd', text));
  const names = { seatNames: ['red', 'green', 'blue'] };
  /** Seat → its instance, as far as CloudFormation replaces or updates it. */
  const machines = (props: Partial<WorkshopFleetProps>): any => Object.fromEntries(
    Object.entries<any>(seats(fleet({ ...names, ...props }, PARIS))).map(([seat, { DependsOn, ...machine }]) => [seat, machine]));

  test.each<[string, Partial<WorkshopFleetProps>]>([
    ['the others have none', {}],
    ['the others have one, too', { init: init('of all') }],
    ['all are kept up to date', { init: init('of all'), keepUpToDate: true }],
    ['it alone is kept up to date', { keepUpToDate: true, initOptions: { ignoreFailures: true } }],
    ['it alone needs the helper scripts', { machineImage: AmiSelector.latest(AmiFamily.UBUNTU_24_04) }],
  ])('reaches that seat only, and leaves the others as they are, where %s', (_, props) => {
    const { init: _init, keepUpToDate, initOptions, ...without } = props;
    const before = machines(props.init ? props : without);
    const after = machines({ ...props, seatInit: { red: init('of red') } });
    expect(JSON.stringify(after.red)).toContain('of red');
    expect(JSON.stringify(after.red)).not.toContain('of all');
    expect([after.green, after.blue]).toEqual([before.green, before.blue]);
  });

  test('that is changed replaces that seat, and no other; with keepUpToDate none', () => {
    for (const keepUpToDate of [false, true]) {
      const [before, after] = ['one', 'two'].map(text => machines({ keepUpToDate, init: init('of all'), seatInit: { red: init(text) } }));
      expect([after.green, after.blue]).toEqual([before.green, before.blue]);
      expect(after.red.id === before.red.id).toBe(keepUpToDate);
    }
  });

  test('of no seat leaves options of init without a meaning', () => {
    expect(() => fleet({ ...names, keepUpToDate: true, seatInit: {} })).toThrow('Stack/Fleet/Seat-red: keepUpToDate is about init, and there is none');
  });

  test('of a seat that there is not fails', () => {
    expect(() => fleet({ ...names, seatInit: { gren: init('x') } })).toThrow('Stack/Fleet: seatInit has "gren", which is no seat; write "green", or take it out.');
    expect(() => fleet({ ...names, seatInit: { pink: init('x') } })).toThrow('Stack/Fleet: seatInit has "pink", which is no seat; take it out.');
  });

  test('is missed by no seat that is called like a member of all objects', () => {
    const { stack, fleet: { instances } } = fleet({ seatNames: ['constructor', 'toString'], seatInit: { toString: init('of toString') } });
    expect(JSON.stringify(template(stack))).toContain('of toString');
    expect(Object.keys(instances)).toEqual(['constructor', 'toString']);
  });
});

describe('the tags of a seat', () => {
  test('can be read on its machine, so that it knows its name', () => {
    fleet({ seats: 2 }).template.allResourcesProperties('AWS::EC2::Instance', { MetadataOptions: Match.objectLike({ InstanceMetadataTags: 'enabled' }) });
    fleet({ seats: 2, instanceMetadataTags: false }).template.allResourcesProperties('AWS::EC2::Instance', { MetadataOptions: Match.objectLike({ InstanceMetadataTags: 'disabled' }) });
  });

  test.each<[string, (stack: Stack) => void]>([
    ['in the template', stack => Tags.of(stack).add('team/course', 'x')],
    ['of the stack', stack => stack.tags.setTag('team/course', 'x')],
  ])('have no name that EC2 would refuse then: %s', (_, tag) => {
    const tagged = (props: WorkshopFleetProps) => {
      const stack = stackIn();
      new WorkshopFleet(stack, 'Fleet', props);
      tag(stack);
      return stack;
    };
    expect(synthError(tagged({ seats: 2 }))).toContain('the tag "team/course" keeps the instance from starting, as its metadata service takes letters, digits '
      + 'and + - = . , _ : @ in the name of a tag; name it otherwise, or say instanceMetadataTags: false.');
    template(tagged({ seats: 2, instanceMetadataTags: false }));
  });
});

describe('Availability Zones', () => {
  const ZONES = ['eu-west-3a', 'eu-west-3b', 'eu-west-3c'];

  function zones(availabilityZones?: string[]): Record<string, any> {
    const made = fleet({ seats: 60, availabilityZones });
    return Object.fromEntries(Object.entries<any>(seats(made))
      .map(([seat, { Properties }]) => [seat, made.resources[Properties.SubnetId.Ref].Properties.AvailabilityZone]));
  }

  test('share the seats, each with a subnet for as many as there can be', () => {
    fleet({ seats: 2, availabilityZones: ZONES }).template.resourcePropertiesCountIs('AWS::EC2::Subnet', { CidrBlock: Match.stringLikeRegexp('/22$') }, 3);
    const used = Object.values(zones(ZONES));
    ZONES.forEach(zone => expect(used.filter(each => each === zone).length).toBeGreaterThan(10));
  });

  test('one more takes over its share and leaves the others where they are', () => {
    const [two, three] = [zones(ZONES.slice(0, 2)), zones(ZONES)];
    const moved = Object.keys(two).filter(seat => two[seat] !== three[seat]);
    expect(moved.length).toBeLessThan(30);
    moved.forEach(seat => expect(three[seat]).toBe('eu-west-3c'));
  });

  const changed = (before: Record<string, any>, after: Record<string, any>) =>
    Object.keys(before).filter(id => JSON.stringify(before[id]) !== JSON.stringify(after[id])).map(id => before[id].Type);

  test('bare CDK: one more zone before the others makes other subnets of them', () => {
    const [before, after] = [['eu-west-3b'], ['eu-west-3a', 'eu-west-3b']].map(availabilityZones => {
      const stack = stackIn(PARIS);
      new ec2.Vpc(stack, 'Vpc', { availabilityZones, natGateways: 0 });
      return template(stack).Resources;
    });
    expect(changed(before, after)).toContain('AWS::EC2::Subnet');
  });

  test.each([
    ['in another order', ['eu-west-3c', 'eu-west-3a', 'eu-west-3b']],
    ['named twice', [...ZONES, 'eu-west-3a']],
  ])('%s change nothing', (_, availabilityZones) => {
    expect(fleet({ seats: 20, availabilityZones }, PARIS).resources).toEqual(fleet({ seats: 20, availabilityZones: ZONES }, PARIS).resources);
  });

  test('that are tokens change nothing in another order', () => {
    const [one, two] = [[0, 1], [1, 0]].map(order => fleet({ seats: 20, availabilityZones: order.map(i => Fn.select(i, Fn.getAzs())) }).resources);
    expect(two).toEqual(one);
  });

  test.each(ZONES)('without %s leave the subnets of the others as they are', zone => {
    const fewer = fleet({ seats: 1, availabilityZones: ZONES.filter(each => each !== zone) }, PARIS).resources;
    const all = fleet({ seats: 1, availabilityZones: ZONES }, PARIS).resources;
    const subnets = Object.keys(fewer).filter(id => /Subnet|Route/.test(fewer[id].Type));
    subnets.forEach(id => expect(all[id]).toEqual(fewer[id]));
  });

  test('have the subnets that ec2.Vpc makes of the first ones', () => {
    const stack = stackIn(PARIS);
    const vpc = new ec2.Vpc(new Construct(stack, 'Fleet'), 'Vpc', {
      availabilityZones: ZONES,
      natGateways: 0,
      restrictDefaultSecurityGroup: false,
      subnetConfiguration: [{ name: 'public', subnetType: ec2.SubnetType.PUBLIC, cidrMask: 22 }],
    });
    expect(vpc.publicSubnets).toHaveLength(3);
    const withoutMetadata = (resources: Record<string, any>) =>
      Object.fromEntries(Object.entries(resources).map(([id, { Metadata, ...rest }]) => [id, rest]));
    expect(withoutMetadata(fleet({ seats: 1, availabilityZones: ZONES }, PARIS).resources)).toMatchObject(withoutMetadata(template(stack).Resources));
  });

  test('do not move a seat that is to stay in one of them', () => {
    const seatAvailabilityZones = Object.fromEntries(Object.entries(zones(ZONES.slice(0, 2))));
    const made = fleet({ seats: 60, availabilityZones: ZONES, seatAvailabilityZones });
    for (const [seat, { Properties }] of Object.entries<any>(seats(made))) {
      expect(made.resources[Properties.SubnetId.Ref].Properties.AvailabilityZone).toBe(seatAvailabilityZones[seat]);
    }
  });

  test('fail for a seat that there is not', () => {
    expect(() => fleet({ seatNames: ['red'], availabilityZones: ZONES, seatAvailabilityZones: { rde: 'eu-west-3a' } })).toThrow(
      'Stack/Fleet: seatAvailabilityZones has "rde", which is no seat; write "red", or take it out.');
  });

  test('fail for a zone that there is not, once all of the app is there', () => {
    const { stack } = fleet({ seatNames: ['red'], availabilityZones: ZONES, seatAvailabilityZones: { red: 'eu-west-3z' } });
    expect(errors(stack)).toEqual(['seatAvailabilityZones puts "red" into "eu-west-3z", where the fleet has no subnet, only in '
      + 'eu-west-3a, eu-west-3b, eu-west-3c; add it to availabilityZones, or name one of these.']);
  });

  test('may have several subnets, whose order does not matter', () => {
    const stack = stackIn();
    const vpc = ec2.Vpc.fromVpcAttributes(stack, 'Vpc', { vpcId: 'vpc-1', availabilityZones: ['eu-west-3a'] });
    const imported = ['subnet-1', 'subnet-2'].map(subnetId => ec2.Subnet.fromSubnetAttributes(stack, subnetId, { subnetId, availabilityZone: 'eu-west-3a' }));
    const subnetIds = (subnets: ec2.ISubnet[], id: string) => {
      const made = new WorkshopFleet(stack, id, { seats: 9, vpc, vpcSubnets: { subnets } });
      return Object.values(made.instances).map(({ instance }) => stack.resolve(instance.subnetId));
    };
    const chosen = subnetIds(imported, 'One');
    expect(new Set(chosen).size).toBe(2);
    expect(subnetIds([...imported].reverse(), 'Two')).toEqual(chosen);
  });

  test('are one by default, also in an agnostic stack', () => {
    expect([...new Set(Object.values(zones()).map(zone => JSON.stringify(zone)))]).toEqual([JSON.stringify({ 'Fn::Select': [0, { 'Fn::GetAZs': '' }] })]);
  });

  test('choose among the subnets of a VPC of the user', () => {
    const stack = stackIn();
    const vpc = new ec2.Vpc(stack, 'Vpc', { availabilityZones: ZONES, natGateways: 0, restrictDefaultSecurityGroup: false });
    new WorkshopFleet(stack, 'Fleet', { seats: 20, vpc, availabilityZones: ['eu-west-3b'] });
    Template.fromStack(stack).allResourcesProperties('AWS::EC2::Instance', { SubnetId: stack.resolve(vpc.publicSubnets[1].subnetId) });
    new WorkshopFleet(stack, 'Other', { seats: 20, vpc, availabilityZones: ['eu-west-3b', 'eu-west-3z'] });
    expect(errors(stack)).toEqual(['the VPC has no subnet for seats in eu-west-3z; name other availabilityZones, or give a VPC that has one.']);
  });

  test('fail where there are none', () => {
    expect(() => fleet({ seats: 1, availabilityZones: [] })).toThrow(
      'Stack/Fleet: availabilityZones is empty; write names such as "eu-west-3a", or leave it out.');
  });
});

describe('what the seats have in common', () => {
  test('is the way in: one rule, one endpoint, one policy', () => {
    const { template: rendered } = fleet({
      seats: 3,
      access: [
        WorkshopAccess.sessionManager(), WorkshopAccess.instanceConnectEndpoint(),
        WorkshopAccess.http(80, { allowFrom: [ec2.Peer.ipv4('203.0.113.0/24')] }),
      ],
    });
    rendered.resourceCountIs('AWS::EC2::InstanceConnectEndpoint', 1);
    rendered.resourceCountIs('AWS::EC2::SecurityGroupIngress', 1);
    rendered.resourceCountIs('AWS::IAM::Role', 1);
    rendered.resourceCountIs('AWS::IAM::InstanceProfile', 1);
    rendered.hasResourceProperties('AWS::EC2::SecurityGroup', { SecurityGroupIngress: [Match.objectLike({ FromPort: 80 })] });
  });

  test('is the map of the images', () => {
    const { template: rendered } = fleet({
      seats: 3, machineImage: AmiSelector.genericLinux({ 'eu-west-3': 'ami-01fde5e5b31e98551' }, { rootDeviceName: '/dev/xvda' }),
    });
    expect(Object.keys(rendered.toJSON().Mappings)).toHaveLength(1);
  });

  test('opens ports, and is granted permissions', () => {
    const stack = stackIn();
    const made = new WorkshopFleet(stack, 'Fleet', { seats: 2 });
    made.connections.allowFromAnyIpv4(ec2.Port.HTTP);
    iam.Grant.addToPrincipal({ grantee: made, actions: ['s3:GetObject'], resourceArns: ['*'] });
    Template.fromStack(stack).hasResourceProperties('AWS::EC2::SecurityGroup', { SecurityGroupIngress: [Match.objectLike({ FromPort: 80 })] });
    Template.fromStack(stack).hasResourceProperties('AWS::IAM::Policy', { Roles: [stack.resolve((made.role as iam.Role).roleName)] });
  });

  test('is not the user data: commands for one seat are not those of another', () => {
    const userData = ec2.UserData.forLinux();
    userData.addCommands('echo mine');
    const made = fleet({ seats: 2, userData, init: ec2.CloudFormationInit.fromElements(ec2.InitCommand.shellCommand('true')) });
    const scripts = Object.values<any>(seats(made)).map(({ Properties }) => JSON.stringify(Properties.UserData));
    scripts.forEach(script => expect(script.split('cfn-init -v')).toHaveLength(2));
    expect(userData.render()).toBe('#!/bin/bash\necho mine');
  });

  test('is when they stop by themselves: one role for all', () => {
    const schedule = scheduler.ScheduleExpression.cron({ hour: '20', minute: '0' });
    const { template: rendered } = fleet({ seats: 3, autoStop: [AutoStop.whenIdle(), AutoStop.at(schedule)] });
    rendered.resourceCountIs('AWS::CloudWatch::Alarm', 3);
    rendered.resourceCountIs('AWS::Scheduler::Schedule', 3);
    rendered.resourceCountIs('AWS::IAM::Role', 2);
  });
});

describe('generations of seats', () => {
  const names = { seatNames: ['red', 'green', 'blue'], autoStop: [AutoStop.whenIdle()] };

  test('another one is another instance, with an alarm of its own, in the same zone, and leaves the others alone', () => {
    const [before, after] = [fleet(names), fleet({ ...names, seatGenerations: { red: 2, green: 1 } })].map(each => seats(each)) as any[];
    expect([after.green, after.blue]).toEqual([before.green, before.blue]);
    expect(after.red.id).not.toBe(before.red.id);
    expect(after.red.Properties).toEqual(before.red.Properties);
    expect(Object.keys(fleet({ ...names, seatGenerations: { red: 3 } }).resources)).not.toContain(after.red.id);
  });

  test('of a seat that there is not, or that are no whole numbers, fail', () => {
    expect(() => fleet({ ...names, seatGenerations: { rde: 2 } })).toThrow(
      'Stack/Fleet: seatGenerations has "rde", which is no seat; write "red", or take it out.');
    for (const wrong of [0, 1.5, -1, NaN]) {
      expect(() => fleet({ ...names, seatGenerations: { red: wrong } })).toThrow(`Stack/Fleet: seatGenerations has ${wrong} for "red"; write a whole number from 1.`);
    }
  });
});

test('more seats than a stack takes fail synth, where CDK counts the resources', () => {
  expect(() => fleet({ seats: 490 })).not.toThrow();
  const stack = stackIn();
  new WorkshopFleet(stack, 'Fleet', { seats: 491 });
  expect(synthError(stack)).toContain("Number of resources in stack 'Stack': 501 is greater than allowed maximum of 500");
});

describe('the seats', () => {
  test.each<[string, WorkshopFleetProps, string]>([
    ['neither number nor names', {}, 'a WorkshopFleet takes either seats, their number, or seatNames; write one of the two.'],
    ['both', { seats: 1, seatNames: ['red'] }, 'a WorkshopFleet takes either seats, their number, or seatNames; write one of the two.'],
    ['no seat', { seats: 0 }, 'seats is 0; write a whole number from 1.'],
    ['half a seat', { seats: 1.5 }, 'seats is 1.5; write a whole number from 1.'],
    ['no names', { seatNames: [] }, 'seatNames is empty; write at least one name.'],
    ['an empty name', { seatNames: ['red', ''] }, 'seatNames has ""; a name has 1 to 64 letters, digits and @ + . _ -, and starts with a letter or digit.'],
    ['a space', { seatNames: ['red 1'] }, 'seatNames has "red 1"; a name has 1 to 64 letters'],
    ['a slash', { seatNames: ['a/b'] }, 'seatNames has "a/b"; a name has'],
    ['65 letters', { seatNames: ['a'.repeat(65)] }, `seatNames has "${'a'.repeat(65)}"; a name has 1 to 64 letters`],
    ['a name twice', { seatNames: ['red', 'green', 'red'] }, 'seatNames has "red" twice; give each seat a name of its own.'],
  ])('fail with %s', (_, props, message) => {
    expect(() => fleet(props)).toThrow(`Stack/Fleet: ${message}`);
  });

  test('fail where they are known only at deployment', () => {
    const parameter = new CfnParameter(stackIn(), 'Seats', { type: 'Number' });
    for (const props of [{ seats: parameter.valueAsNumber }, { seatNames: [parameter.valueAsString] }]) {
      expect(() => fleet(props)).toThrow('Stack/Fleet: the seats of a WorkshopFleet are made while the app is synthesized');
    }
  });
});

test('an operating system that cannot serve the way in fails', () => {
  const machineImage = AmiSelector.latest(AmiFamily.DEBIAN_13);
  expect(() => fleet({ seats: 2, machineImage, access: [WorkshopAccess.instanceConnectEndpoint()] })).toThrow(
    'Stack/Fleet: WorkshopAccess.instanceConnectEndpoint() needs EC2 Instance Connect');
});

test('works without bootstrapping, with the same template whatever feature flags there are', () => {
  const [none, all] = [{}, jest.requireActual('aws-cdk-lib/recommended-feature-flags.json')].map(context => {
    const stack = stackIn(undefined, { context, defaultStackSynthesizer: new BootstraplessSynthesizer() });
    new WorkshopFleet(stack, 'Fleet', { seats: 3, access: [WorkshopAccess.instanceConnectEndpoint()] });
    return template(stack);
  });
  expect(all).toEqual(none);
});

test('what is wrong with the image of all seats is said once', () => {
  const props = { seats: 5, machineImage: AmiSelector.latest(AmiFamily.AMAZON_LINUX_2, { architecture: ec2.InstanceArchitecture.ARM_64 }) };
  const stack = stackIn();
  new WorkshopFleet(stack, 'Fleet', props);
  expect(synthError(stack).match(/t3.micro is x86_64 and cannot boot/g)).toHaveLength(1);
  expect(warnings(fleet({ ...props, instanceType: new ec2.InstanceType('t4g.micro') }).stack)).toEqual([
    expect.stringContaining('The standard support of Amazon Linux 2'),
  ]);
});

test('fleets of two stacks can share a VPC', () => {
  const stack = stackIn();
  const { vpc } = new WorkshopFleet(stack, 'Fleet', { seats: 1 });
  const other = new Stack(stack.node.root as App, 'Other');
  new WorkshopFleet(other, 'Fleet', { seats: 1, vpc });
  Template.fromStack(other).resourceCountIs('AWS::EC2::VPC', 0);
});

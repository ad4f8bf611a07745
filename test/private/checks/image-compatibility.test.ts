import { Aws, CfnParameter, Fn, Lazy, Stack, Stage } from 'aws-cdk-lib';
import * as autoscaling from 'aws-cdk-lib/aws-autoscaling';
import * as batch from 'aws-cdk-lib/aws-batch';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { AmiFamily, AmiSelector, AmiUpdates, RootDevice, UserDataFormat, WorkshopInstance } from '../../../src';
import { AL1_S3_PARAMETER, AL2_ARM_PARAMETER, AL2_ID, AL2_PARAMETER, imageIds, missingContext, PARIS, stackIn, synthError, template } from '../../app';

type Launch = (stack: Stack, instanceType: ec2.InstanceType, machineImage: ec2.IMachineImage) => void;

const LAUNCH_TEMPLATES_FLAG = '@aws-cdk/aws-autoscaling:generateLaunchTemplateInsteadOfLaunchConfig';

function vpcIn(stack: Stack): ec2.Vpc {
  return new ec2.Vpc(stack, 'Vpc', { natGateways: 0, restrictDefaultSecurityGroup: false });
}

function autoScalingGroup(stack: Stack, instanceType: ec2.InstanceType, machineImage: ec2.IMachineImage): void {
  new autoscaling.AutoScalingGroup(stack, 'Group', {
    vpc: vpcIn(stack), vpcSubnets: { subnetType: ec2.SubnetType.PUBLIC }, instanceType, machineImage,
  });
}

const CONSTRUCTS: [string, Launch][] = [
  ['WorkshopInstance', (stack, instanceType, machineImage) => new WorkshopInstance(stack, 'Workshop', { instanceType, machineImage })],
  ['ec2.Instance', (stack, instanceType, machineImage) => new ec2.Instance(stack, 'Instance', {
    vpc: vpcIn(stack), vpcSubnets: { subnetType: ec2.SubnetType.PUBLIC }, instanceType, machineImage,
  })],
  ['LaunchTemplate', (stack, instanceType, machineImage) => new ec2.LaunchTemplate(stack, 'Template', { instanceType, machineImage })],
  ['AutoScalingGroup with a launch configuration', (stack, instanceType, machineImage) => {
    stack.node.setContext(LAUNCH_TEMPLATES_FLAG, false);
    autoScalingGroup(stack, instanceType, machineImage);
  }],
  ['AutoScalingGroup with a launch template', (stack, instanceType, machineImage) => {
    stack.node.setContext(LAUNCH_TEMPLATES_FLAG, true);
    autoScalingGroup(stack, instanceType, machineImage);
  }],
  ['AutoScalingGroup that overrides the instance type of its launch template', (stack, instanceType, machineImage) => {
    new autoscaling.AutoScalingGroup(stack, 'Group', {
      vpc: vpcIn(stack),
      vpcSubnets: { subnetType: ec2.SubnetType.PUBLIC },
      mixedInstancesPolicy: {
        launchTemplate: new ec2.LaunchTemplate(stack, 'Template', { machineImage }),
        launchTemplateOverrides: [{ instanceType }],
      },
    });
  }],
];

const X86 = AmiSelector.fromSsmParameter(AL2_PARAMETER);
const ARM = AmiSelector.fromSsmParameter(AL2_ARM_PARAMETER);
const INSTANCE_STORE = AmiSelector.fromSsmParameter(AL1_S3_PARAMETER);

describe.each(CONSTRUCTS)('%s', (_, launch) => {
  function errorOf(instanceType: string, machineImage: ec2.IMachineImage): string {
    const stack = stackIn();
    launch(stack, new ec2.InstanceType(instanceType), machineImage);
    return synthError(stack);
  }

  test('bare CDK: t4g.micro with an x86_64 image synthesizes', () => {
    const stack = stackIn();
    launch(stack, new ec2.InstanceType('t4g.micro'), ec2.MachineImage.fromSsmParameter(AL2_PARAMETER));
    expect(template(stack).Resources).toBeDefined();
  });

  test('t4g.micro with an x86_64 image fails synth, with one message', () => {
    const message = `t4g.micro is arm64 and cannot boot AmiSelector.fromSsmParameter("${AL2_PARAMETER}"), an image for x86_64; choose an arm64 `
      + 'image and say architecture: ec2.InstanceArchitecture.ARM_64, or an x86_64 instance type such as t3.micro.';
    expect(errorOf('t4g.micro', X86).split(message)).toHaveLength(2);
  });

  test('t3.micro with an arm64 image fails synth', () => {
    expect(errorOf('t3.micro', ARM)).toContain('t3.micro is x86_64 and cannot boot');
  });

  test('t2.micro with an instance-store image fails synth, with one message', () => {
    const message = `t2.micro cannot boot AmiSelector.fromSsmParameter("${AL1_S3_PARAMETER}"): the root device of this image is instance-store, `
      + 'and only the families c1, c3, d2, i2, m1, m2, m3, r3, x1 boot from it; choose an EBS image, or a type of these families such as d2.xlarge.';
    expect(errorOf('t2.micro', INSTANCE_STORE).split(message)).toHaveLength(2);
  });

  test('t4g.micro with an instance-store image fails synth, with one message', () => {
    expect(errorOf('t4g.micro', INSTANCE_STORE).match(/cannot boot/g)).toHaveLength(1);
  });

  test('a mac with an arm64 image fails synth', () => {
    expect(errorOf('mac2.metal', ARM)).toContain('mac2.metal is arm64_mac and cannot boot');
  });

  test.each([
    ['t3.micro', X86], ['t4g.micro', ARM], ['d2.xlarge', INSTANCE_STORE], ['u-6tb1.metal', X86], ['p6-b200.48xlarge', X86], ['odd', X86],
  ])('%s with an image that fits synthesizes', (instanceType, machineImage) => {
    const stack = stackIn();
    launch(stack, new ec2.InstanceType(instanceType), machineImage);
    expect(template(stack).Resources).toBeDefined();
  });

  test('an instance type that is a token is not checked', () => {
    const stack = stackIn();
    launch(stack, new ec2.InstanceType(Fn.ref('Type')), ARM);
    new CfnParameter(stack, 'Type');
    expect(template(stack).Resources).toBeDefined();
  });
});

test('without an architecture an image is taken for x86_64 outside a WorkshopInstance, and the message says so', () => {
  const stack = stackIn();
  new ec2.LaunchTemplate(stack, 'Template', {
    instanceType: new ec2.InstanceType('t4g.micro'), machineImage: AmiSelector.genericLinux({ 'eu-west-3': AL2_ID }),
  });
  expect(synthError(stack)).toContain('AmiSelector.genericLinux, an image for x86_64 (taken for granted, as no architecture is given);');
});

test('an image that followed the instance type of a WorkshopInstance is not taken for granted where that is changed', () => {
  const stack = stackIn();
  const machineImage = AmiSelector.genericLinux({ 'eu-west-3': AL2_ID });
  const { instance } = new WorkshopInstance(stack, 'Workshop', { instanceType: new ec2.InstanceType('t4g.micro'), machineImage });
  instance.instance.instanceType = 't3.micro';
  expect(synthError(stack)).toContain('t3.micro is x86_64 and cannot boot AmiSelector.genericLinux, an image for arm64; choose');
});

test('an x86_64 image is advised for Windows that is said to be arm64', () => {
  const stack = stackIn(PARIS);
  const machineImage = AmiSelector.lookup({ name: 'Windows_Server-2022-English-Full-Base-*', owners: ['amazon'], architecture: ec2.InstanceArchitecture.ARM_64 });
  new ec2.LaunchTemplate(stack, 'Template', { instanceType: new ec2.InstanceType('t3.micro'), machineImage });
  expect(synthError(stack)).toContain('choose an x86_64 image and say architecture: ec2.InstanceArchitecture.X86_64');
});

test.each<[string, AmiSelector]>([
  ['a family', AmiSelector.latest(AmiFamily.WINDOWS_SERVER_2022)],
  ['a parameter', AmiSelector.fromSsmParameter('/aws/service/ami-windows-latest/Windows_Server-2022-English-Full-SQL_2022_Standard')],
  ['a search', AmiSelector.lookup({ name: 'Windows_Server-2022-English-Full-Base-*', owners: ['amazon'] })],
  ['a family of one architecture', AmiSelector.latest(AmiFamily.DEEP_LEARNING_NEURON_UBUNTU_24_04)],
])('no arm64 image is advised where %s has none', (_, machineImage) => {
  const stack = stackIn(PARIS);
  new ec2.LaunchTemplate(stack, 'Template', { instanceType: new ec2.InstanceType('t4g.micro'), machineImage });
  expect(synthError(stack)).toMatch(/t4g\.micro is arm64 and cannot boot [^;]*; choose an x86_64 instance type such as t3\.micro\./);
});

test('the instance type that counts is the one that is rendered', () => {
  const stack = stackIn();
  const instance = new ec2.Instance(stack, 'Instance', {
    vpc: vpcIn(stack), vpcSubnets: { subnetType: ec2.SubnetType.PUBLIC }, instanceType: new ec2.InstanceType('t3.micro'), machineImage: ARM,
  });
  instance.instance.instanceType = 't4g.micro';
  expect(template(stack).Resources).toBeDefined();
});

test('a group overrides the instance type of a launch template in another stack', () => {
  const stack = stackIn(PARIS);
  const other = new Stack(stack.node.root as Stage, 'Other', { env: PARIS });
  new autoscaling.AutoScalingGroup(other, 'Group', {
    vpc: vpcIn(other),
    vpcSubnets: { subnetType: ec2.SubnetType.PUBLIC },
    mixedInstancesPolicy: {
      launchTemplate: new ec2.LaunchTemplate(stack, 'Template', { machineImage: X86 }),
      launchTemplateOverrides: [{ instanceType: new ec2.InstanceType('t4g.micro') }],
    },
  });
  expect(synthError(stack)).toContain('[Stack/Template] t4g.micro is arm64');
});

test('an override with a launch template of its own is checked against that one', () => {
  const stack = stackIn();
  new autoscaling.AutoScalingGroup(stack, 'Group', {
    vpc: vpcIn(stack),
    vpcSubnets: { subnetType: ec2.SubnetType.PUBLIC },
    mixedInstancesPolicy: {
      launchTemplate: new ec2.LaunchTemplate(stack, 'X86', { machineImage: X86 }),
      launchTemplateOverrides: [
        { instanceType: new ec2.InstanceType('t3.micro') },
        { instanceType: new ec2.InstanceType('t4g.micro'), launchTemplate: new ec2.LaunchTemplate(stack, 'Arm', { machineImage: ARM }) },
      ],
    },
  });
  expect(template(stack).Resources).toBeDefined();
});

test.each<[string, any]>([
  ['overrides that are a token', { launchTemplate: { launchTemplateSpecification: { launchTemplateId: 'lt-1', version: '1' }, overrides: Lazy.any({ produce: () => [] }) } }],
  ['a launch template by its name', {
    launchTemplate: {
      launchTemplateSpecification: { launchTemplateName: `${Aws.STACK_NAME}-template`, version: '1' }, overrides: [{ instanceType: 't4g.micro' }],
    },
  }],
  ['a token alone', Lazy.any({ produce: () => ({ launchTemplate: { launchTemplateSpecification: { launchTemplateId: 'lt-1', version: '1' } } }) })],
])('a group with %s is not checked', (_, mixedInstancesPolicy) => {
  const stack = stackIn();
  new ec2.LaunchTemplate(stack, 'Template', { machineImage: X86 });
  new autoscaling.CfnAutoScalingGroup(stack, 'Group', { minSize: '1', maxSize: '1', mixedInstancesPolicy });
  expect(template(stack).Resources).toBeDefined();
});

test('an image in a resource of the lowest level is checked as well', () => {
  const stack = stackIn();
  new ec2.CfnInstance(stack, 'Instance', { imageId: X86.getImage(stack).imageId, instanceType: 't4g.micro' });
  expect(synthError(stack)).toContain('t4g.micro is arm64');
});

test('an image that is not the one of the selector is not checked', () => {
  const stack = stackIn();
  X86.getImage(stack);
  new ec2.CfnInstance(stack, 'Instance', { imageId: AL2_ID, instanceType: 't4g.micro' });
  expect(template(stack).Resources).toBeDefined();
});

describe('AmiUpdates.ON_LAUNCH', () => {
  const image = AmiSelector.latest(AmiFamily.AMAZON_LINUX_2023, { updates: AmiUpdates.ON_LAUNCH });

  test('is resolved by a launch template', () => {
    const stack = stackIn();
    new ec2.LaunchTemplate(stack, 'Template', { instanceType: new ec2.InstanceType('t3.micro'), machineImage: image });
    expect(JSON.stringify(template(stack))).toContain('"ImageId":"resolve:ssm:/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-x86_64"');
  });

  test('is resolved by an instance of aws-cdk-lib', () => {
    const stack = stackIn();
    const vpc = new ec2.Vpc(stack, 'Vpc', { maxAzs: 1, natGateways: 0 });
    new ec2.Instance(stack, 'One', { vpc, instanceType: new ec2.InstanceType('t3.micro'), machineImage: image });
    expect(imageIds(stack)).toEqual(['resolve:ssm:/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-x86_64']);
  });

  const refusal = (path: string, what: string) => 'AmiSelector.latest(AmiFamily.AMAZON_LINUX_2023) with AmiUpdates.ON_LAUNCH names a parameter that EC2 reads, '
    + `and ${path} is ${what}, which takes the id of an image only; choose AmiUpdates.ON_DEPLOY or AmiUpdates.ON_REQUEST.`;

  const templateConfigs = (stack: Stack) => {
    const launchTemplate = new ec2.LaunchTemplate(stack, 'Template', { instanceType: new ec2.InstanceType('t3.micro'), machineImage: image });
    return [{ launchTemplateSpecification: { launchTemplateId: launchTemplate.launchTemplateId, version: launchTemplate.latestVersionNumber } }];
  };
  const targetCapacitySpecification = { totalTargetCapacity: 1 };
  const spot = { iamFleetRole: 'arn:aws:iam::123456789012:role/fleet', targetCapacity: 1 };

  test.each<[string, string, (stack: Stack) => void]>([
    ['a launch configuration', 'Stack/LaunchConfiguration', stack => {
      const { imageId } = image.getImage(stack);
      new autoscaling.CfnLaunchConfiguration(stack, 'LaunchConfiguration', { imageId, instanceType: 't3.micro' });
    }],
    ['a Spot fleet', 'Stack/Fleet', stack => {
      const { imageId } = image.getImage(stack);
      new ec2.CfnSpotFleet(stack, 'Fleet', { spotFleetRequestConfigData: { ...spot, launchSpecifications: [{ imageId, instanceType: 't3.micro' }] } });
    }],
    ['a Spot fleet', 'Stack/Fleet', stack => {
      new ec2.CfnSpotFleet(stack, 'Fleet', { spotFleetRequestConfigData: { ...spot, launchTemplateConfigs: templateConfigs(stack) as any } });
    }],
    ['an EC2 fleet of type maintain or request', 'Stack/Fleet', stack => {
      new ec2.CfnEC2Fleet(stack, 'Fleet', { launchTemplateConfigs: templateConfigs(stack), targetCapacitySpecification });
    }],
    ['a compute environment of AWS Batch', 'Stack/Batch', stack => {
      new batch.CfnComputeEnvironment(stack, 'Batch', {
        type: 'MANAGED',
        computeResources: {
          type: 'EC2', maxvCpus: 1, subnets: [], ec2Configuration: [{ imageType: 'ECS_AL2023', imageIdOverride: image.getImage(stack).imageId }],
        },
      });
    }],
  ])('is refused in %s (%s)', (what, path, launch) => {
    const stack = stackIn();
    launch(stack);
    const error = synthError(stack);
    expect(error).toContain(refusal(path, what));
    // EC2 refuses it, whoever knows better.
    expect(error).not.toContain('[ack: ');
  });

  test('is resolved by an EC2 fleet of type instant', () => {
    const stack = stackIn();
    new ec2.CfnEC2Fleet(stack, 'Fleet', { type: 'instant', launchTemplateConfigs: templateConfigs(stack), targetCapacitySpecification });
    expect(template(stack)).toBeDefined();
  });
});

describe('macOS', () => {
  const SEQUOIA = '/aws/service/ec2-macos/sequoia';
  const latest = (family: AmiFamily, architecture?: ec2.InstanceArchitecture) => AmiSelector.latest(family, { architecture });

  function started(type: string, machineImage: AmiSelector, place: Partial<ec2.CfnInstance> = { tenancy: 'host' }) {
    const stack = stackIn(PARIS);
    const { instance } = new ec2.Instance(stack, 'Mac', { vpc: vpcIn(stack), instanceType: new ec2.InstanceType(type), machineImage });
    Object.assign(instance, place);
    return stack;
  }

  test.each([
    ['mac1.metal', latest(AmiFamily.MACOS_SEQUOIA)],
    ['mac2-m2.metal', latest(AmiFamily.MACOS_SEQUOIA, ec2.InstanceArchitecture.ARM_64)],
    ['mac-m4.metal', latest(AmiFamily.MACOS_TAHOE)],
    ['mac2.metal', AmiSelector.fromSsmParameter(`${SEQUOIA}/arm64_mac/latest/image_id`)],
    ['mac2.metal', AmiSelector.genericLinux({ 'eu-west-3': AL2_ID }, { family: AmiFamily.MACOS_TAHOE })],
  ])('runs on %s', (type, image) => {
    expect(template(started(type, image)).Resources).toBeDefined();
  });

  test.each([
    ['t4g.micro', latest(AmiFamily.MACOS_TAHOE), 't4g.micro is arm64 and cannot boot AmiSelector.latest(AmiFamily.MACOS_TAHOE), an image for arm64_mac; choose an '
      + 'image of Linux, or an arm64_mac instance type such as mac2.metal.'],
    ['t3.micro', AmiSelector.fromSsmParameter(`${SEQUOIA}/x86_64_mac/latest/image_id`), 't3.micro is x86_64 and cannot boot '
      + `AmiSelector.fromSsmParameter("${SEQUOIA}/x86_64_mac/latest/image_id"), an image for x86_64_mac; choose an image of Linux or Windows, or an x86_64_mac instance `
      + 'type such as mac1.metal.'],
    ['mac2.metal', latest(AmiFamily.UBUNTU_24_04, ec2.InstanceArchitecture.ARM_64), 'mac2.metal is arm64_mac and cannot boot AmiSelector.latest(AmiFamily.UBUNTU_24_04), an '
      + 'image for arm64; choose AmiSelector.latest(AmiFamily.MACOS_TAHOE), or an arm64 instance type such as t4g.micro.'],
    ['mac1.metal', latest(AmiFamily.AMAZON_LINUX_2023), 'choose AmiSelector.latest(AmiFamily.MACOS_SEQUOIA), or an x86_64 instance type such as t3.micro.'],
    ['mac2.metal', latest(AmiFamily.MACOS_SEQUOIA), 'an image for x86_64_mac (taken for granted, as no architecture is given); choose an arm64_mac image and say '
      + 'architecture: ec2.InstanceArchitecture.ARM_64, or an x86_64_mac instance type such as mac1.metal.'],
  ])('on %s that cannot boot it, or another system on a Mac, fails synth', (type, image, refusal) => {
    expect(synthError(started(type, image))).toContain(refusal);
  });

  test.each([{}, { tenancy: 'default' }, { tenancy: 'dedicated' }])('fails synth on no host of its own: %j', place => {
    expect(synthError(started('mac2.metal', latest(AmiFamily.MACOS_TAHOE), place))).toContain(
      'mac2.metal runs on a dedicated host only; allocate one (ec2.CfnHost), and set hostId and tenancy: "host" of the resource (instance of an ec2.Instance, '
      + 'instance.instance of a WorkshopInstance).');
  });

  test.each([
    { hostId: 'h-0123456789abcdef0' },
    { hostResourceGroupArn: 'arn:aws:resource-groups:eu-west-3:123456789012:group/macs' },
    { tenancy: Fn.importValue('Tenancy') },
    { launchTemplate: { launchTemplateId: 'lt-0123456789abcdef0', version: '1' } },
  ])('synthesizes on a host: %#', place => {
    expect(template(started('mac2.metal', latest(AmiFamily.MACOS_TAHOE), place)).Resources).toBeDefined();
  });

  test('synthesizes in a launch template, as who launches from it may have a host', () => {
    const stack = stackIn(PARIS);
    new ec2.LaunchTemplate(stack, 'Template', { instanceType: new ec2.InstanceType('mac2.metal'), machineImage: latest(AmiFamily.MACOS_TAHOE) });
    expect(template(stack).Resources).toBeDefined();
  });

  test('is told of no host where the instance type is no Mac', () => {
    expect(synthError(started('t4g.micro', latest(AmiFamily.MACOS_TAHOE), {}))).not.toContain('dedicated host');
  });

  test('follows the architecture of the instance type in a WorkshopInstance', () => {
    const stack = stackIn(PARIS);
    const { instance } = new WorkshopInstance(stack, 'Mac', {
      instanceType: new ec2.InstanceType('mac2.metal'), machineImage: latest(AmiFamily.MACOS_SEQUOIA),
    });
    instance.instance.tenancy = 'host';
    expect(instance.instance.imageId).toBe(`resolve:ssm:${SEQUOIA}/arm64_mac/latest/image_id`);
    expect(template(stack).Resources).toBeDefined();
  });

  test('is searched for by the architecture that EC2 has for it', () => {
    const stack = stackIn(PARIS);
    AmiSelector.lookup({ name: 'amzn-ec2-macos-15.*', owners: ['amazon'], architecture: ec2.InstanceArchitecture.ARM_64 }).getImage(stack);
    expect(missingContext(stack, 'ami')[0].filters.architecture).toEqual(['arm64_mac']);
  });
});

describe('user data', () => {
  const shell = ec2.UserData.forLinux();
  shell.addCommands('echo hello');
  const powershell = ec2.UserData.forWindows();
  powershell.addCommands('dir');
  const toml = ec2.UserData.custom('[settings.ecs]\ncluster = "workshop"');

  function started(family: AmiFamily, userData?: ec2.UserData) {
    const stack = stackIn(PARIS);
    new ec2.LaunchTemplate(stack, 'Template', { machineImage: AmiSelector.latest(family), userData });
    new WorkshopInstance(stack, 'One', { machineImage: AmiSelector.latest(family), userData });
    return stack;
  }

  test.each([
    ['BOTTLEROCKET_ECS_2', AmiFamily.BOTTLEROCKET_ECS_2, shell, 'takes TOML settings (ec2.UserData.custom), not scripts, and its user data starts with "#!/bin/bash"'],
    ['BOTTLEROCKET_ECS_3', AmiFamily.BOTTLEROCKET_ECS_3, ec2.UserData.custom('\n  #!/bin/sh\necho hello'), 'and its user data starts with "#!/bin/sh";'],
    ['WINDOWS_SERVER_2022', AmiFamily.WINDOWS_SERVER_2022, shell, 'takes a PowerShell script'],
    ['FREEBSD_15', AmiFamily.FREEBSD_15, shell, 'takes a script of /bin/sh (ec2.UserData.forLinux with shebang: "#!/bin/sh") or cloud-init data, as it has no '
      + 'bash, and its user data starts with "#!/bin/bash"'],
    ['FREEBSD_14', AmiFamily.FREEBSD_14, powershell, 'takes a script of /bin/sh'],
    ['DEBIAN_13', AmiFamily.DEBIAN_13, powershell, 'takes a shell script or cloud-init data'],
  ])('of a format that %s does not run fails synth', (_, family, userData, message) => {
    expect(synthError(started(family, userData))).toContain(message);
  });

  test.each([
    ['BOTTLEROCKET_ECS_2', AmiFamily.BOTTLEROCKET_ECS_2, toml],
    ['BOTTLEROCKET_ECS_2 without any', AmiFamily.BOTTLEROCKET_ECS_2, undefined],
    ['WINDOWS_SERVER_2022', AmiFamily.WINDOWS_SERVER_2022, powershell],
    ['DEBIAN_13', AmiFamily.DEBIAN_13, shell],
    ['FREEBSD_15', AmiFamily.FREEBSD_15, ec2.UserData.forLinux({ shebang: '#!/bin/sh' })],
    ['FREEBSD_15 without any', AmiFamily.FREEBSD_15, undefined],
    ['NIXOS_26_05 with a Nix expression', AmiFamily.NIXOS_26_05, ec2.UserData.custom('{ pkgs, ... }: { }\n')],
    ['FLATCAR_STABLE with Ignition', AmiFamily.FLATCAR_STABLE, ec2.UserData.custom('{"ignition":{"version":"3.4.0"}}')],
    ['UBUNTU_24_04 with cloud-init data', AmiFamily.UBUNTU_24_04, ec2.UserData.custom('#cloud-config\n')],
  ])('of the format of %s synthesizes', (_, family, userData) => {
    expect(template(started(family, userData)).Resources).toBeDefined();
  });

  test('that is known only at deployment is not checked', () => {
    const none = AmiFamily.custom({
      name: 'Appliance',
      publisher: 'Us',
      owners: {},
      images: [{ architecture: ec2.InstanceArchitecture.X86_64, rootDevice: RootDevice.EBS, parameterName: '/appliance' }],
      userDataFormat: UserDataFormat.NONE,
    });
    const launched = (userData: ec2.UserData) => {
      const stack = stackIn(PARIS);
      new ec2.LaunchTemplate(stack, 'Template', { machineImage: AmiSelector.latest(none), userData });
      return stack;
    };
    expect(synthError(launched(shell))).toContain('takes no user data, and its user data starts with "#!/bin/bash"');
    expect(template(launched(ec2.UserData.custom(Fn.importValue('UserData')))).Resources).toBeDefined();
  });
});

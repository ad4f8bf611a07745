// What AWS answers about images, public parameters, instance types and regions, as moto and botocore ship it.
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { localAwsEnvironment } from './project.mjs';
import { run } from './steps.mjs';

/** Where a package of a virtual environment is, and its version. */
async function pythonPackage(venv, name) {
  const print = `import ${name}, pathlib; print(pathlib.Path(${name}.__file__).parent); print(${name}.__version__)`;
  const [directory, version] = (await run(join(venv, 'bin', 'python'), ['-c', print])).trim().split('\n');
  return { directory, version };
}

/** The partitions of AWS with their regions, by the botocore of a virtual environment: that of the local AWS if left out. */
export async function botocorePartitions(venv) {
  const { directory, version } = await pythonPackage(venv ?? await localAwsEnvironment(), 'botocore');
  return { version, partitions: JSON.parse(readFileSync(join(directory, 'data', 'partitions.json'), 'utf8')).partitions };
}

/** Finds the moto of a virtual environment; that of the local AWS if left out, and installs it if it is not. */
export async function motoData(venv) {
  const { directory, version } = await pythonPackage(venv ?? await localAwsEnvironment(), 'moto');
  const read = (...path) => JSON.parse(gunzipSync(readFileSync(join(directory, ...path))));
  return {
    version,
    /** The regions that the other data is of. */
    regions: regionsIn(join(directory, 'ssm', 'resources', 'ami-amazon-linux-latest')),
    /** The answers to DescribeInstanceTypes, of all regions. */
    instanceTypes: () => Object.values(read('ec2', 'resources', 'instance_types.json.gz')),
    /** The public parameters of Amazon Linux and Amazon ECS in a region: name → value. */
    parameters: region => new Map([
      ...read('ssm', 'resources', 'ami-amazon-linux-latest', `${region}.json.gz`).map(({ Name, Value }) => [Name, Value]),
      ...parametersIn(read('ssm', 'resources', 'ecs', 'optimized_amis', `${region}.json.gz`)),
    ]),
    /** The images of Amazon Linux and Amazon ECS in a region, by their ids. */
    images: region => new Map([
      ...read('ec2', 'resources', 'latest_amis', `${region}.json.gz`),
      ...read('ec2', 'resources', 'ecs', 'optimized_amis', `${region}.json.gz`),
    ].map(image => [image.ami_id, image])),
    /** A few images of many publishers, most of them of 2017. */
    samples: () => read('ec2', 'resources', 'amis.json.gz'),
  };
}

function regionsIn(directory) {
  return readdirSync(directory).filter(file => file.endsWith('.json.gz')).map(file => file.split('.')[0]).sort();
}

/** The parameters of a tree, whose names are the keys on the way to a `Value`. */
function parametersIn(tree, path = '') {
  return Object.entries(tree).flatMap(([key, value]) => key === 'Value' ? [[path, value]] : parametersIn(value, `${path}/${key}`));
}

import { Finding, Launch } from './launched-resources';
import { code } from '../language';

interface Secret {
  readonly pattern: RegExp;
  readonly what: string;
  readonly remedy: string;
}

const USE_THE_ROLE = 'grant the role of the instance what the key is for (grantPrincipal), and the AWS CLI and SDKs on the instance use it by themselves';
const READ_IT_THERE = 'keep it in Secrets Manager or in a SecureString parameter, and let the instance read it there with its role (grantPrincipal)';

/** The forms are those that AWS gives its keys, but for the keys of its documentation, which end with EXAMPLE, and RFC 7468 a private key. */
const SECRETS: Secret[] = [
  { pattern: /(?<![A-Za-z0-9])(AKIA|ASIA)(?![A-Z0-9]{9}EXAMPLE)[A-Z0-9]{16}(?![A-Za-z0-9])/, what: 'an AWS access key', remedy: USE_THE_ROLE },
  { pattern: /secret_?access_?key["'\s:=]{1,8}(?![A-Za-z0-9/+]{30}EXAMPLEKEY)[A-Za-z0-9/+]{40}(?![A-Za-z0-9/+])/i, what: 'an AWS secret access key', remedy: USE_THE_ROLE },
  { pattern: /-----BEGIN ([A-Z0-9]+ )*PRIVATE KEY( BLOCK)?-----/, what: 'a private key', remedy: READ_IT_THERE },
  { pattern: /\{\{resolve:(secretsmanager|ssm-secure):/, what: 'a secret that CloudFormation fills in', remedy: READ_IT_THERE },
];

/** That no secret stands in the user data, nor in the files, commands and so on of `AWS::CloudFormation::Init`. Never prints it. */
export function noSecrets({ resource, userData }: Launch): Finding[] {
  const init = resource.cfnOptions.metadata?.['AWS::CloudFormation::Init'];
  return [...findings('user data', userData), ...findings('init', resource.stack.resolve(init))];
}

function findings(holder: string, value: unknown): Finding[] {
  const texts = textsIn(value);
  return SECRETS.flatMap(({ pattern, what, remedy }) => texts
    .filter(({ text }) => pattern.test(text))
    .map(({ place, text }) => ({
      id: 'cdk-workshop-instance:secretInUserData',
      message: `the ${[holder, ...place].join(' › ')} holds what looks like ${what}, in line ${lineOf(pattern, text)}, `
        + `for everyone to read who may read the template or describe the instance; ${code(remedy)}.`,
    })));
}

/** All texts in a rendered value, each with its place, and with a space for whatever CloudFormation fills in. */
function textsIn(value: any, place: string[] = []): { place: string[]; text: string }[] {
  if (typeof value === 'string') {
    return [{ place, text: value }];
  }
  if (typeof value !== 'object' || value === null) {
    return [];
  }
  const [delimiter, parts] = value['Fn::Join'] ?? [];
  if (Array.isArray(parts)) {
    const text = parts.map(part => typeof part === 'string' ? part : ' ').join(delimiter);
    return [{ place, text }, ...parts.filter(part => typeof part !== 'string').flatMap(part => textsIn(part, place))];
  }
  const texts = Object.entries(value).flatMap(([key, item]) => textsIn(item, key.startsWith('Fn::') ? place : [...place, key]));
  return value.encoding === 'base64' && typeof value.content === 'string'
    ? [...texts, { place: [...place, 'content'], text: Buffer.from(value.content, 'base64').toString() }]
    : texts;
}

function lineOf(pattern: RegExp, text: string): number {
  return text.slice(0, text.search(pattern)).split('\n').length;
}

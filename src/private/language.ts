/** How code is written in a language that jsii serves. */
interface Language {
  /** What jsii's runtime of the language leaves in JSII_AGENT: https://github.com/aws/jsii/tree/main/packages/@jsii */
  readonly agent: RegExp;
  /** A property, a parameter or a method. */
  name(name: string): string;
  /** A static member of a class or an enum, of aws-cdk-lib's ec2 where it says so. */
  member(ec2: string, type: string, name: string): string;
  /** A property with its value. */
  property(name: string, value: string): string;
  literal(value: string): string;
  map(key: string, value: string): string;
  struct(type: string, properties: string[]): string;
}

const snake = (name: string) => name.replace(/[A-Z]/g, letter => `_${letter.toLowerCase()}`);
const pascal = (name: string) => name[0].toUpperCase() + name.slice(1);
const isConstant = (name: string) => /^[A-Z]/.test(name);

const LANGUAGES: Language[] = [
  {
    agent: /^Python/,
    name: snake,
    member: (ec2, type, name) => `${ec2}${type}.${isConstant(name) ? name : snake(name)}`,
    property: (name, value) => `${snake(name)}=${value}`,
    literal: value => /^[tf]/.test(value) ? pascal(value) : value,
    map: (key, value) => `{${key}: ${value}}`,
    struct: (type, properties) => `${type}(${properties.join(', ')})`,
  },
  {
    agent: /^Java/,
    name: name => name,
    member: (_, type, name) => `${type}.${name}`,
    property: (name, value) => `.${name}(${value})`,
    literal: value => value,
    map: (key, value) => `Map.of(${key}, ${value})`,
    struct: (type, properties) => `${type}.builder()${properties.join('')}.build()`,
  },
  {
    agent: /^DotNet/,
    name: pascal,
    member: (_, type, name) => `${type}.${pascal(name)}`,
    property: (name, value) => `${pascal(name)} = ${value}`,
    literal: value => value,
    map: (key, value) => `new Dictionary<string, string> { [${key}] = ${value} }`,
    struct: (type, properties) => `new ${type} { ${properties.join(', ')} }`,
  },
  {
    agent: /^go/,
    name: pascal,
    member: (ec2, type, name) => `${ec2 && 'awsec2.'}${type}_${pascal(name)}${type === 'AmiFamily' && isConstant(name) ? '()' : ''}`,
    property: (name, value) => `${pascal(name)}: ${value}`,
    literal: value => value.startsWith('"') ? `jsii.String(${value})` : /^\d/.test(value) ? `jsii.Number(${value})` : `jsii.Bool(${value})`,
    map: (key, value) => `&map[string]*string{${key}: ${value}}`,
    struct: (type, properties) => `&awscdk.${type}{${properties.join(', ')}}`,
  },
];

/** The structs of aws-cdk-lib that messages name, by property. */
const STRUCTS: Record<string, string> = { env: 'Environment' };

const MEMBER = /\b(ec2\.)?([A-Z]\w*)\.([A-Za-z]\w*)/;
const LITERAL = /"[^"]*"|\d+(?![\w-])|true|false/;
const CODE = new RegExp([
  `\\b(?<struct>${Object.keys(STRUCTS).join('|')}): \\{ (?<properties>[^{}]*) \\}`,
  '\\{ (?<key>"[^"]*"): (?<mapped>"[^"]*") \\}',
  `\\b(?<property>[a-z]\\w*): (?<value>…|${LITERAL.source}|${MEMBER.source})`,
  `(?<member>${MEMBER.source})`,
  `(?<=\\()(?<argument>${LITERAL.source})(?=\\))`,
  '\\b(?<name>[a-z]+\\d*[A-Z]\\w*)',
].join('|'), 'g');

/**
 * Code as one writes it in the language of the app: `allowFromAnywhere: true` is `allow_from_anywhere=True` in Python.
 *
 * @param typescript words and code of ours, and nothing of the user's
 */
export function code(typescript: string): string {
  const language = LANGUAGES.find(({ agent }) => agent.test(process.env.JSII_AGENT ?? ''));
  return language === undefined ? typescript : translate(language, typescript);
}

function translate(language: Language, typescript: string): string {
  return typescript.replace(CODE, (...match) => {
    const { struct, properties, key, mapped, property, value, member, argument, name } = match[match.length - 1];
    if (struct) {
      return language.property(struct, language.struct(STRUCTS[struct], properties.split(', ').map((each: string) => translate(language, each))));
    }
    if (key) {
      return language.map(key, language.literal(mapped));
    }
    if (property) {
      return language.property(property, /^["\dtf]/.test(value) ? language.literal(value) : translate(language, value));
    }
    if (member) {
      const [, ec2 = '', type, of] = MEMBER.exec(member)!;
      return language.member(ec2, type, of);
    }
    return argument ? language.literal(argument) : language.name(name);
  });
}

/** A message in words of ours, with code as in the language of the app. The values that are put into it stay as they are. */
export function message(words: TemplateStringsArray, ...values: unknown[]): string {
  return words.map((each, i) => code(each) + (i < values.length ? values[i] : '')).join('');
}

import { Argument, Command, Option } from 'commander';
import { AmiFamily } from '../../ami-family';
import { OWNER_ALIASES } from '../../private/ec2/image-search';
import { LOCK_FILE } from '../../private/lock-file/commands';
import type { Host } from '../host';
import { readLock } from '../lock-store';
import { ARCHITECTURES } from '../options';
import { REGIONS } from '../regions';
import type { Result } from '../result';

/** What each shell runs to get the words that may come next, one a line; where there is none, those are the names of files. */
const SCRIPTS: Record<string, (name: string) => string> = {
  bash: name => `_${functionOf(name)}() {
  local IFS=$'\\n'
  COMPREPLY=($(${name} completion words -- "\${COMP_WORDS[@]:1:COMP_CWORD}" 2> /dev/null))
}
complete -o default -F _${functionOf(name)} ${name}`,
  zsh: name => `#compdef ${name}
_${functionOf(name)}() {
  local -a candidates
  candidates=(\${(f)"$(${name} completion words -- "\${(@)words[2,CURRENT]}" 2> /dev/null)"})
  compadd -U -- $candidates || _files
}
compdef _${functionOf(name)} ${name}`,
  fish: name => `complete -c ${name} -a '(${name} completion words -- (commandline -opc)[2..] (commandline -ct) 2> /dev/null)'`,
};

const functionOf = (name: string) => name.replace('-', '_');

export function completionCommand(): Command {
  return new Command('completion')
    .addArgument(new Argument('<shell>', 'bash, zsh or fish').choices([...Object.keys(SCRIPTS), 'words']))
    .argument('[words...]', 'of "words": the words of the command line so far, of which the last one is completed')
    .summary('print what makes a shell complete the words of this command')
    .description('Prints a script for a shell, which completes commands, options, families, regions and names that are pinned. It takes the command on the PATH.')
    .addHelpText('after', `
Examples:
  $ source <(cdk-ami completion bash)
  $ source <(cdk-ami completion zsh)
  $ cdk-ami completion fish | source`);
}

/** @param program whose words they are */
export async function completion(program: Command, shell: string, words: string[], host: Host): Promise<Result> {
  if (shell !== 'words') {
    const script = SCRIPTS[shell](program.name());
    return { data: { script }, text: script };
  }
  const candidates = await wordsAfter(program, words, host);
  return { data: candidates, text: candidates.join('\n') };
}

async function wordsAfter(program: Command, words: string[], host: Host): Promise<string[]> {
  const [last = '', before = ''] = [...words].reverse();
  const command = program.commands.find(each => [each.name(), ...each.aliases()].includes(words[0]));
  if (words.length < 2) {
    return starting(last, program.commands.map(each => each.name()));
  }
  if (command === undefined) {
    return [];
  }
  const option = command.options.find(each => each.required && [each.short, each.long].includes(before));
  if (option !== undefined) {
    return starting(last, option.argChoices ?? valuesOf(option));
  }
  return starting(last, last.startsWith('-')
    ? [...command.options.map(({ long }) => long!), '--help']
    : command.registeredArguments[0]?.argChoices ?? await valuesOfArgument(command.registeredArguments[0]?.name(), words, host));
}

/** In whatever case someone has typed. */
function starting(start: string, words: readonly string[]): string[] {
  return words.filter(word => word.toLowerCase().startsWith(start.toLowerCase()));
}

function valuesOf({ long }: Option): readonly string[] {
  return {
    '--family': AmiFamily.all().map(({ id }) => id),
    '--region': REGIONS,
    '--exclude-region': REGIONS,
    '--architecture': Object.keys(ARCHITECTURES),
    '--owner': OWNER_ALIASES,
  }[long!] ?? [];
}

async function valuesOfArgument(name: string | undefined, words: string[], host: Host): Promise<string[]> {
  if (name === 'family') {
    return AmiFamily.all().map(({ id }) => id);
  }
  const file = words.includes('--file') ? words[words.indexOf('--file') + 1] : LOCK_FILE;
  return ['name', 'names'].includes(name ?? '') ? Object.keys((await readLock(host, file))?.images ?? {}) : [];
}

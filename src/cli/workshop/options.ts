import { Command } from 'commander';
import { awsOptions, regionOption } from '../options';

export interface StackOptions {
  readonly stack: string;
  readonly profile?: string;
  readonly region?: string;
  readonly explain?: boolean;
}

/** Which workshop, and where. */
export function stackOptions(command: Command): Command {
  return awsOptions(regionOption(command.requiredOption('-s, --stack <name>', 'the stack that the workshop is')));
}

export function explainOption(command: Command): Command {
  return command.option('--explain', 'print the calls of the AWS CLI that do this, and do nothing');
}

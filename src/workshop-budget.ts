import { Annotations, Aws, Stack, Token } from 'aws-cdk-lib';
import * as budgets from 'aws-cdk-lib/aws-budgets';
import { Construct } from 'constructs';
import { DOLLARS, expect, MAIL_ADDRESSES } from './private/expected';
import { message } from './private/language';

/**
 * Options of `WorkshopBudget.monthly`.
 */
export interface WorkshopBudgetOptions {
  /**
   * What the stack may cost in a calendar month, in US dollars: the only currency of AWS Budgets, whatever that of the bill. 0 or less throws.
   */
  readonly limit: number;

  /**
   * Who gets the mails: 1 to 10 addresses, which need no confirmation. What is no address throws.
   */
  readonly emailAddresses: string[];
}

/**
 * Tells somebody by mail that a stack costs more than was meant to be spent. It stops nothing: `autoStop` does.
 *
 * It is `AWS::Budgets::Budget`, filtered by the tag `aws:cloudformation:stack-name`. Until the billing account has activated this tag as a cost allocation tag,
 * which takes up to 24 hours, the budget sees 0 and never mails. AWS updates it up to three times a day, so that a mail is some hours late.
 *
 * It counts what carries the tag, after credits: the instances, and not their disks, to which CloudFormation passes no tags on. It costs nothing.
 *
 * @see https://docs.aws.amazon.com/awsaccountbilling/latest/aboutv2/activating-tags.html
 * @see https://docs.aws.amazon.com/cost-management/latest/userguide/budgets-managing-costs.html
 *
 * @example
 * new WorkshopFleet(stack, 'Fleet', {
 *   seats: 12,
 *   budget: WorkshopBudget.monthly({ limit: 50, emailAddresses: ['organiser@example.com'] }),
 * });
 */
export class WorkshopBudget {
  /**
   * Mails when the stack has cost 80 % of the limit in a calendar month, and when it has cost all of it. Neither stops anything.
   *
   * There is no mail about a forecast, for which AWS needs the costs of about five weeks.
   *
   * @see https://docs.aws.amazon.com/cost-management/latest/userguide/budgets-best-practices.html
   */
  public static monthly(options: WorkshopBudgetOptions): WorkshopBudget {
    const call = message`WorkshopBudget.monthly`;
    expect(call, options, { limit: DOLLARS, emailAddresses: MAIL_ADDRESSES }, ['limit', 'emailAddresses']);
    const { limit, emailAddresses } = options;
    if (!Token.isUnresolved(limit) && !(limit > 0 && limit < Infinity)) {
      throw new Error(message`${call}: limit is ${limit}, in US dollars; write what the stack may cost in a month, more than 0.`);
    }
    if (Token.isUnresolved(emailAddresses)) {
      throw new Error(message`${call}: emailAddresses is a list whose length only the deployment knows; write a list with each address in it.`);
    }
    const wrong = emailAddresses.find(address => !Token.isUnresolved(address) && !MAIL_ADDRESS.test(address));
    if (wrong !== undefined) {
      throw new Error(message`${call}: emailAddresses has ${JSON.stringify(wrong)}, which is no address; write one such as "organiser@example.com".`);
    }
    if (emailAddresses.length < 1 || emailAddresses.length > 10) {
      throw new Error(message`${call}: emailAddresses has ${emailAddresses.length} addresses; give 1 to 10, or that of a mailing list.`);
    }
    return new WorkshopBudget(options);
  }

  private constructor(private readonly options: WorkshopBudgetOptions) {}

  /**
   * Adds the budget to a construct, for all of its stack.
   *
   * @internal
   */
  public _bind(scope: Construct): void {
    const { limit, emailAddresses } = this.options;
    const { region } = Stack.of(scope);
    if (!Token.isUnresolved(region) && !REGIONS.includes(region)) {
      Annotations.of(scope).addWarningV2('cdk-workshop-instance:budgetNotInRegion',
        message`budget may fail the deployment, as CloudFormation is not known to make a budget in US dollars in ${region}, only in ${REGIONS.join(', ')}; leave it out, and make one `
        + `in the console for the tag ${TAG}.`);
    }
    const subscribers = [...new Set(emailAddresses)].map(address => ({ subscriptionType: 'EMAIL', address }));
    new budgets.CfnBudget(scope, 'Budget', {
      budget: {
        budgetType: 'COST',
        timeUnit: 'MONTHLY',
        budgetLimit: { amount: limit, unit: 'USD' },
        costFilters: { TagKeyValue: [`${TAG}$${Aws.STACK_NAME}`] },
      },
      notificationsWithSubscribers: [80, 100].map(threshold => ({
        notification: { notificationType: 'ACTUAL', comparisonOperator: 'GREATER_THAN', threshold, thresholdType: 'PERCENTAGE' },
        subscribers,
      })),
    });
  }
}

/** The tag of CloudFormation on what a stack has made. */
const TAG = 'aws:cloudformation:stack-name';

const MAIL_ADDRESS = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;

/** Those of the partition `aws` whose CloudFormation has the type, by its schemas: https://github.com/aws-cloudformation/cfn-lint/tree/main/src/cfnlint/data/schemas/providers */
const REGIONS = [
  'ap-northeast-1', 'ap-northeast-2', 'ap-south-1', 'ap-southeast-1', 'ap-southeast-2', 'ca-central-1', 'eu-central-1', 'eu-west-1', 'eu-west-2', 'eu-west-3',
  'sa-east-1', 'us-east-1', 'us-east-2', 'us-west-1', 'us-west-2',
];

import { CfnParameter, Fn } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { PARIS, stackIn, warnings } from './app';
import { WorkshopBudget, WorkshopFleet, WorkshopInstance } from '../src';

const ADA = 'ada@example.com';

test('mails at 80 % and at all of the limit, for what carries the tag of the stack', () => {
  const stack = stackIn(PARIS);
  new WorkshopFleet(stack, 'Fleet', { seats: 3, budget: WorkshopBudget.monthly({ limit: 49.5, emailAddresses: [ADA, 'grace@example.com', ADA] }) });
  const Subscribers = [ADA, 'grace@example.com'].map(Address => ({ SubscriptionType: 'EMAIL', Address }));
  const budgets = Object.values(Template.fromStack(stack).findResources('AWS::Budgets::Budget'));
  expect(budgets.map(({ Properties }) => Properties)).toEqual([{
    Budget: {
      BudgetType: 'COST',
      TimeUnit: 'MONTHLY',
      BudgetLimit: { Amount: 49.5, Unit: 'USD' },
      CostFilters: { TagKeyValue: [{ 'Fn::Join': ['', ['aws:cloudformation:stack-name$', { Ref: 'AWS::StackName' }]] }] },
    },
    NotificationsWithSubscribers: [80, 100].map(Threshold => ({
      Notification: { NotificationType: 'ACTUAL', ComparisonOperator: 'GREATER_THAN', Threshold, ThresholdType: 'PERCENTAGE' }, Subscribers,
    })),
  }]);
  expect(warnings(stack)).toEqual([]);
});

test('takes a limit and an address that are parameters of the stack', () => {
  const stack = stackIn();
  const limit = new CfnParameter(stack, 'Limit', { type: 'Number' }).valueAsNumber;
  const address = new CfnParameter(stack, 'Address').valueAsString;
  new WorkshopInstance(stack, 'Workshop', { budget: WorkshopBudget.monthly({ limit, emailAddresses: [address] }) });
  Template.fromStack(stack).hasResourceProperties('AWS::Budgets::Budget', { Budget: { BudgetLimit: { Amount: { Ref: 'Limit' } } } });
  expect(warnings(stack)).toEqual([]);
});

test('is none unless it is asked for', () => {
  const stack = stackIn(PARIS);
  new WorkshopFleet(stack, 'Fleet', { seats: 3, hardened: true });
  Template.fromStack(stack).resourceCountIs('AWS::Budgets::Budget', 0);
});

test.each(['eu-north-1', 'us-gov-west-1', 'cn-north-1'])('warns in %s, where CloudFormation is not known to make one in US dollars', region => {
  const stack = stackIn({ ...PARIS, region });
  new WorkshopInstance(stack, 'Workshop', { budget: WorkshopBudget.monthly({ limit: 50, emailAddresses: [ADA] }) });
  expect(warnings(stack)).toEqual([expect.stringMatching(new RegExp(`^budget may fail the deployment, as .* in ${region}, only in ap-northeast-1, .*; leave it out, and make one in the `
    + 'console for the tag aws:cloudformation:stack-name\\. \\[ack: cdk-workshop-instance:budgetNotInRegion\\]$'))]);
});

const OTHERS = (limit: unknown, emailAddresses: unknown) => ({ limit, emailAddresses } as any);
test.each([
  ['nothing', undefined, 'the properties are missing; write them as an object, such as { limit: a number such as 50, which means US dollars }.'],
  ['no limit', OTHERS(undefined, [ADA]), 'limit is missing; write a number such as 50, which means US dollars.'],
  ['a limit of nothing', OTHERS(0, [ADA]), 'limit is 0, in US dollars; write what the stack may cost in a month, more than 0.'],
  ['a negative limit', OTHERS(-50, [ADA]), 'limit is -50, in US dollars; write what the stack may cost in a month, more than 0.'],
  ['a limit that is no number', OTHERS(NaN, [ADA]), 'limit is NaN, in US dollars; write'],
  ['a limit without end', OTHERS(Infinity, [ADA]), 'limit is Infinity, in US dollars; write'],
  ['another currency', OTHERS('50 EUR', [ADA]), 'limit is "50 EUR"; write a number such as 50, which means US dollars.'],
  ['nobody', OTHERS(50, undefined), 'emailAddresses is missing; write ["organiser@example.com"].'],
  ['one address in place of a list', OTHERS(50, ADA), `emailAddresses is "${ADA}"; write ["organiser@example.com"].`],
  ['an empty list', OTHERS(50, []), 'emailAddresses has 0 addresses; give 1 to 10, or that of a mailing list.'],
  ['eleven addresses', OTHERS(50, Array.from({ length: 11 }, (_, i) => `${i}@example.com`)), 'emailAddresses has 11 addresses; give 1 to 10'],
  ['a name', OTHERS(50, ['ada']), 'emailAddresses has "ada", which is no address; write one such as "organiser@example.com".'],
  ['an address with a name', OTHERS(50, ['Ada <ada@example.com>']), 'emailAddresses has "Ada <ada@example.com>", which is no address; write'],
  ['two addresses in one', OTHERS(50, ['ada@example.com,grace@example.com']), 'emailAddresses has "ada@example.com,grace@example.com", which is no address; write'],
  ['a list of unknown length', OTHERS(50, Fn.split(',', Fn.importValue('mails'))), 'emailAddresses is a list whose length only the deployment knows; write a list with each address in it.'],
])('fails with %s', (_, options, sentence) => {
  expect(() => WorkshopBudget.monthly(options)).toThrow(`WorkshopBudget.monthly: ${sentence}`);
});

test('fails where it is no budget', () => {
  expect(() => new WorkshopInstance(stackIn(), 'Workshop', { budget: 50 as any })).toThrow(
    'Stack/Workshop: budget is 50; write WorkshopBudget.monthly({ limit: 50, emailAddresses: ["organiser@example.com"] }).');
});

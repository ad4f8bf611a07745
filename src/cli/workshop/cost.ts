import { Command } from 'commander';
import { synthesizedStack } from './assembly';
import { explained } from './list-seats';
import { explainOption, StackOptions, stackOptions } from './options';
import { priceLine, pricesOf } from './prices';
import { Item, Quantities, quantitiesOfStack, quantitiesOfTemplate } from './quantities';
import type { ListedPrice, WorkshopAws } from './workshop-aws';
import { shown } from '../../private/lock-file/printable';
import { AwsError } from '../aws';
import type { Host } from '../host';
import type { Cell, Table } from '../output';
import type { Failure, Result } from '../result';

interface CostOptions extends StackOptions {
  readonly app?: string;
}

/** That of AWS's examples has 30 days: https://aws.amazon.com/ebs/pricing/ */
const HOURS_OF_A_MONTH = 30 * 24;

const PAGES = 'https://aws.amazon.com/ec2/pricing/on-demand/ (instances), https://aws.amazon.com/ebs/pricing/ (volumes) and https://aws.amazon.com/vpc/pricing/ (addresses)';

/** In which a stack can be. */
const STATES = ['running', 'stopped', 'now'] as const;
type State = typeof STATES[number];

interface PricedItem extends Item {
  readonly price?: ListedPrice;
  /** The cost of an hour, where price and amount are known. */
  readonly perHour: Partial<Record<State, number>>;
}

export function costCommand(): Command {
  const command = new Command('cost')
    .summary('tell what the seats cost per hour and per day')
    .description('Tells what the instances, volumes and public IPv4 addresses of a stack cost while all seats run, while all are stopped, and now; or with --app what a stack '
      + 'will cost that is not deployed yet. The prices are those of AWS\'s price list, on demand. Where it cannot be asked, the amounts are told without a price.');
  return explainOption(stackOptions(command)).option('--app <folder>', 'where "cdk synth" has written a stack that is not deployed yet')
    .addHelpText('after', `
Asking for prices takes pricing:GetProducts, and costs nothing. Ends with 2 where a price is not known.

Examples:
  $ npx cdk synth --quiet && cdk-workshop cost --stack Class --region eu-west-3 --app cdk.out
  $ cdk-workshop cost --stack Class --region eu-west-3`);
}

export async function cost({ stack: name, app, explain, ...options }: CostOptions, host: Host): Promise<Result> {
  const failures: Failure[] = [];
  const told = (where = options.region ?? 'AWS') => (error: Error) => {
    failures.push({ where: error instanceof AwsError ? error.region ?? where : where, error });
    return undefined;
  };
  // What is in a folder can be told without AWS.
  const aws = app === undefined ? await host.connectWorkshop(options) : await host.connectWorkshop(options).catch(told());
  const region = aws?.region ?? options.region;
  const quantities = app === undefined ? await deployed(aws!, name) : await synthesized(host, app, name, region, aws, told());
  if (explain) {
    return explained(quantities.items.flatMap(({ product }) => product === undefined || region === undefined ? [] : priceLine(product, region)));
  }
  const prices = failures.length > 0 || aws === undefined ? undefined : await pricesOf(aws, quantities.items).catch(told());
  const items = quantities.items.map((item, i) => priced(item, prices?.[i]));
  if (prices !== undefined) {
    failures.push(...items.filter(({ price }) => price === undefined).map(item => ({ where: item.name, error: notListed(item, aws!.region) })));
  }
  return { ...report(name, region, quantities, items), failures };
}

async function deployed(aws: WorkshopAws, name: string): Promise<Quantities> {
  const stack = await aws.stack(name);
  if (stack === undefined) {
    throw new Error(`There is no stack ${shown(name)} in ${aws.region}; name another with --stack, or its region with --region. One that is not deployed yet takes --app cdk.out.`);
  }
  return quantitiesOfStack(aws, name, stack.id);
}

async function synthesized(
  host: Host, app: string, name: string, region: string | undefined, aws: WorkshopAws | undefined, told: (error: Error) => undefined,
): Promise<Quantities> {
  const { template } = synthesizedStack(host, app, name);
  return await quantitiesOfTemplate(template, region, aws).catch(told) ?? quantitiesOfTemplate(template, region);
}

function priced(item: Item, price: ListedPrice | undefined): PricedItem {
  const rate = price && price.amount / (item.unit === 'hour' ? 1 : HOURS_OF_A_MONTH);
  const known = STATES.filter(state => rate !== undefined && item[state] !== undefined);
  return { ...item, price, perHour: Object.fromEntries(known.map(state => [state, rounded(rate! * item[state]!)])) };
}

function notListed({ product }: Item, region: string): Error {
  return new Error(product === undefined
    ? 'The price is not known, as the template does not name the instance type and an image that is there.'
    : `The price list of AWS has no price in ${region}, or more than one; look whether the region has it, and at ${PAGES}.`);
}

function report(name: string, region: string | undefined, quantities: Quantities, items: PricedItem[]): Result {
  const total = (state: State) => items.length > 0 && items.every(({ perHour }) => perHour[state] !== undefined)
    ? rounded(items.reduce((sum, { perHour }) => sum + perHour[state]!, 0)) : undefined;
  const [running, stopped, now] = STATES.map(total);
  const [price] = items.flatMap(each => each.price ?? []);
  return {
    data: {
      stack: name,
      region,
      currency: price?.currency,
      published: price?.published,
      items: items.map(({ name: what, unit, running: all, stopped: kept, now: current, price: listed, perHour }) => (
        { what, unit, running: all, stopped: kept, now: current, price: listed?.amount, perHour })),
      perHour: { running, stopped, now },
      perDay: { running: perDay(running), stopped: perDay(stopped) },
      unlimited: quantities.unlimited,
      notCounted: quantities.others,
    },
    table: items.length === 0 ? undefined : tableOf(items, price?.currency, running, stopped),
    notes: [
      ...items.length === 0 ? [`${name} has no instance, volume or address.`] : [],
      ...running === undefined && items.length > 0 ? [formula(items), `The prices stand on ${PAGES}; --explain prints the calls that look them up.`] : [],
      ...now === undefined ? [] : [`Now: ${now} ${price!.currency} per hour.`],
      ...price === undefined ? [] : [`Prices: on demand, from the list that AWS published on ${price.published.slice(0, 10)}; a month has 30 days.`],
      ...quantities.unlimited.length === 0 ? [] : [
        `CPU credits are unlimited (${quantities.unlimited.join(', ')}): what is used above the baseline, on average of a day, costs more.`,
      ],
      ...quantities.perhapsPublic === 0 ? [] : [
        `Instances whose subnet is not known here, counted as if it gave them a public address: ${quantities.perhapsPublic}.`,
      ],
      `Not counted: traffic to the internet, provisioned IOPS, software of AWS Marketplace, taxes, a free tier${
        Object.entries(quantities.others).map(([type, count]) => `, ${type} (${count})`).join('')}.`,
    ],
  };
}

function tableOf(items: PricedItem[], currency: string | undefined, running: number | undefined, stopped: number | undefined): Table {
  const unit = (item: Item) => item.unit === 'hour' ? '' : ' GiB';
  const amount = (item: Item) => item.running === undefined ? '?' : `${item.running}${unit(item)}`;
  const money = (value: number | undefined): Cell => value === undefined ? '-' : String(value);
  return {
    head: ['what', 'amount', 'price', 'an hour', 'an hour, stopped'],
    rows: [
      ...items.map(item => [
        item.name, amount(item), item.price === undefined ? '-' : `${item.price.amount} ${currency} per ${item.unit}`, money(item.perHour.running), money(item.perHour.stopped),
      ]),
      ...running === undefined ? [] : [
        [`all, ${currency} an hour`, '', '', money(running), money(stopped)],
        [`all, ${currency} a day`, '', '', money(perDay(running)), money(perDay(stopped))],
      ],
    ],
  };
}

/** What an hour costs, with a name in brackets for its price. */
function formula(items: Item[]): string {
  const terms = (state: 'running' | 'stopped') => items.filter(item => item[state] !== 0).map(item => (
    `${item[state] ?? '?'} × [${item.unit === 'hour' ? item.name : `GB-month of ${item.name}`}]${item.unit === 'hour' ? '' : ` ÷ ${HOURS_OF_A_MONTH}`}`)).join(' + ');
  return `An hour costs, with prices for the brackets: ${terms('running')}. While all are stopped: ${terms('stopped') || 'nothing'}.`;
}

function perDay(perHour: number | undefined): number | undefined {
  return perHour === undefined ? undefined : Number((perHour * 24).toFixed(2));
}

function rounded(value: number): number {
  return Number(value.toFixed(5));
}

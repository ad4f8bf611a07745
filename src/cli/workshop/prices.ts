import type { Item, Product } from './quantities';
import { awsLine } from './seats';
import type { ListedPrice, WorkshopAws } from './workshop-aws';
import { partitionOf } from '../../private/ec2/region';

/** Where the price list of a partition is asked: https://docs.aws.amazon.com/awsaccountbilling/latest/aboutv2/using-price-list-query-api.html */
const PRICE_LISTS: Record<string, string> = { 'aws': 'us-east-1', 'aws-cn': 'cn-northwest-1', 'aws-eusc': 'eusc-de-east-1' };

/** The region that answers for the prices of this one; undefined where none does. */
export function priceListFor(region: string): string | undefined {
  return PRICE_LISTS[partitionOf(region)];
}

/** The prices of these, in their order; undefined where the list does not have exactly one. */
export function pricesOf(aws: WorkshopAws, items: Item[]): Promise<(ListedPrice | undefined)[]> {
  return Promise.all(items.map(async ({ product }) => product && onlyPrice((await aws.prices(product.service, attributesOf(product, aws.region)))
    .filter(({ usageType }) => usageType.endsWith(product.usage)))));
}

function onlyPrice([first, ...others]: ListedPrice[]): ListedPrice | undefined {
  return others.some(({ amount }) => amount !== first.amount) ? undefined : first;
}

/** The call of the AWS CLI that shows the price. */
export function priceLine(product: Product, region: string): string {
  return awsLine(priceListFor(region) ?? region, 'pricing', 'get-products', '--service-code', product.service, '--filters',
    ...Object.entries(attributesOf(product, region)).map(([field, value]) => `Type=TERM_MATCH,Field=${field},Value=${value}`));
}

function attributesOf({ attributes }: Product, region: string): Record<string, string> {
  return { regionCode: region, ...attributes };
}

import { CfnElement, CfnResource, Stack } from 'aws-cdk-lib';
import { Construct, IConstruct } from 'constructs';

// https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html
const MAX_RESOURCES = 500;
const MAX_BYTES = 1_000_000;
/** Left for all but the seats. */
const RESERVED_BYTES = 50_000;

/** Checks, when the app is synthesized, that the seats fit into their stack. They are alike, so one of them is measured. */
export function validateSeatsFit(scope: Construct, seats: Construct[]): void {
  scope.node.addValidation({
    validate: () => {
      const stack = Stack.of(scope);
      const resources = resourcesIn(stack).length;
      const perSeat = resourcesIn(seats[0]).length;
      const fitting = Math.floor((MAX_RESOURCES - resources) / perSeat) + seats.length;
      const fittingBytes = Math.floor((MAX_BYTES - RESERVED_BYTES) / bytesOf(stack, seats[0]));
      const [largest, limit] = fitting <= fittingBytes
        ? [fitting, `${MAX_RESOURCES} resources, of which the stack would have ${resources}`]
        : [fittingBytes, '1 MB, of which user data and init take the most'];
      return seats.length <= largest ? [] : [
        `WorkshopFleet has ${seats.length} seats, and at most ${largest} fit into the stack "${stack.stackName}": CloudFormation takes ${limit}; `
        + 'give each of several stacks a WorkshopFleet with its own part of seatNames.',
      ];
    },
  });
}

function resourcesIn(scope: IConstruct): CfnResource[] {
  const stack = Stack.of(scope);
  return scope.node.findAll().filter((node): node is CfnResource => CfnResource.isCfnResource(node) && node.stack === stack);
}

/** As long as CDK writes it. */
function bytesOf(stack: Stack, scope: IConstruct): number {
  const elements = scope.node.findAll().filter(CfnElement.isCfnElement);
  const rendered = elements.map(element => JSON.stringify(stack.resolve((element as any)._toCloudFormation()), undefined, 1));
  return Buffer.byteLength(rendered.join());
}

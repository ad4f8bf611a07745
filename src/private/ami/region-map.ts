import { createHash } from 'crypto';
import { Aws, CfnMapping, CfnResource, CfnRule, Fn, Stack, Token } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { AmiSource, ImageRequest } from './ami-source';
import { missingImage, PLACEHOLDER_AMI_ID } from './placeholder-image';
import { visitLaunches } from '../checks/launched-resources';
import { isAmiId } from '../ec2/ami-id';
import { isRegion } from '../ec2/region';
import { code, message } from '../language';

/** Where a map comes from, for messages. */
export interface MapOrigin {
  readonly call: string;
  /** What holds the ids. */
  readonly holder: string;
  /** How to add a region that is missing, in a template, which is equal in all languages and on all machines. */
  readonly remedy: string;
  /** The same for a message. */
  adding(region: string): string;
}

const CALL = 'AmiSelector.genericLinux';

/** What aws-cdk-lib gives for an image, or for a parameter, until the CLI has looked it up. */
const NOT_LOOKED_UP = /^ami-1234$|^dummy-value-for-/;

/** The images of a map that the user wrote. */
export function regionMap(amiMap: Record<string, string>): AmiSource {
  checkMap(amiMap);
  const later = Object.entries(amiMap).filter(([_, imageId]) => NOT_LOOKED_UP.test(imageId));
  const images = { ...amiMap, ...Object.fromEntries(later.map(([region]) => [region, PLACEHOLDER_AMI_ID])) };
  const source = imagesByRegion(images, {
    call: code(CALL), holder: 'the map', adding: region => `add "${region}": "ami-…" to the map`, remedy: 'add one to the map of AmiSelector',
  });
  return later.length === 0 ? source : {
    ...source,
    imageId(scope: Construct, image: ImageRequest): string {
      scope.node.addValidation({ validate: () => isLookedUpLater(scope) ? [] : later.map(([region, imageId]) => noId(region, imageId)) });
      return source.imageId(scope, image);
    },
  };
}

/** Whether the CLI is going to look an image or a parameter up, and then to synthesize anew. */
function isLookedUpLater(scope: Construct): boolean {
  return scope.node.root.node.findAll().some(each => Stack.isStack(each)
    && (each as any)._missingContext?.some(({ provider }: any) => ['ami', 'ssm'].includes(provider)) !== false);
}

/** Images by region, in one CfnMapping for all who use the same map in a stack. */
export function imagesByRegion(amiMap: Record<string, string>, { call, holder, adding, remedy }: MapOrigin): AmiSource {
  const map = Object.fromEntries(Object.entries(amiMap).sort(([a], [b]) => (a < b ? -1 : 1)));
  const contentHash = createHash('sha256').update(JSON.stringify(map)).digest('hex').slice(0, 8);

  return {
    call,
    imageId(scope: Construct): string {
      const stack = Stack.of(scope);
      if (!Token.isUnresolved(stack.region)) {
        if (map[stack.region] === undefined) {
          return missingImage(scope, `${call}: ${holder} has no AMI id for ${stack.region}, the region of stack "${stack.stackName}", only for `
            + `${Object.keys(map).join(', ')}; ${adding(stack.region)} or deploy to one of these.`);
        }
        if (Token.isUnresolved(map[stack.region])) {
          return map[stack.region];
        }
      }
      const id = `AmiMap${contentHash}`;
      const existing = stack.node.tryFindChild(id) as AmiMap | undefined;
      const { imageId } = existing ?? new AmiMap(stack, id, map,
        `${scope.node.path}: there is no AMI id for the region of this stack, only for ${Object.keys(map).join(', ')}; ${remedy}, or deploy to one of these.`);
      return imageId;
    },
  };
}

function checkMap(map: Record<string, string>): void {
  if (Object.keys(map).length === 0) {
    throw new Error(message`${code(CALL)}: the map is empty; give at least one region and its AMI id, such as { "eu-west-3": "ami-01fde5e5b31e98551" }.`);
  }
  for (const [region, imageId] of Object.entries(map)) {
    if (!isRegion(region)) {
      throw new Error(`${code(CALL)}: ${JSON.stringify(region)} is not the name of a region; the keys of the map are regions such as "eu-west-3", `
        + 'its values AMI ids.');
    }
    if (!Token.isUnresolved(imageId) && !isAmiId(imageId) && !NOT_LOOKED_UP.test(imageId)) {
      throw new Error(noId(region, imageId));
    }
  }
}

function noId(region: string, imageId: string): string {
  return `${code(CALL)}: ${JSON.stringify(imageId)}, given for ${region}, is not an AMI id; write "ami-" and 8 or 17 hex digits, such as "ami-01fde5e5b31e98551".`;
}

/** The images of a map in a stack. */
class AmiMap extends CfnMapping {
  public readonly imageId = this.findInMap(Aws.REGION, 'ami');

  constructor(stack: Stack, id: string, map: Record<string, string>, noImage: string) {
    super(stack, id, { mapping: Object.fromEntries(Object.entries(map).map(([region, ami]) => [region, { ami }])) });
    // A mapping takes literals only: a token that is still one when it is resolved cannot stand in it.
    this.node.addValidation({
      validate: () => Object.entries(map)
        .filter(([_, ami]) => typeof stack.resolve(ami) !== 'string')
        .map(([region]) => `${code(CALL)}: the AMI id for ${region} is known only at deployment, and CloudFormation takes no such value in a `
          + message`mapping; give the stack a region (env: { region: … }) or write the id itself.`),
    });
    if (Token.isUnresolved(stack.region)) {
      visitLaunches(stack, this.imageId, resource => requireRegion(resource, `${id}Region`, Object.keys(map), noImage));
    }
  }
}

/**
 * Has CloudFormation refuse a region that a map lacks, with this sentence and before it makes anything, a nested stack included: else it would say
 * "Unable to get mapping for AmiMap…". What is launched under a condition may be meant for other regions.
 */
function requireRegion(launching: CfnResource, id: string, regions: string[], assertDescription: string): void {
  let resource = launching;
  while (resource.cfnOptions.condition === undefined && resource.stack.nestedStackResource) {
    resource = resource.stack.nestedStackResource;
  }
  const { cfnOptions: { condition }, stack } = resource;
  if (condition === undefined && stack.node.tryFindChild(id) === undefined) {
    new CfnRule(stack, id, { assertions: [{ assert: Fn.conditionContains(regions, Aws.REGION), assertDescription }] });
  }
}

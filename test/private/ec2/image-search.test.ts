import { isOwnedBy, isOwner } from '../../../src/private/ec2/image-search';

test.each([
  ['amazon', true], ['self', true], ['099720109477', true], ['canonical', false], ['99720109477', false], ['0997201094770', false], ['x099720109477', false],
])('EC2 takes %s for an owner: %s', (owner, takes) => {
  expect(isOwner(owner)).toBe(takes);
});

test.each([
  ['by its account', ['099720109477'], { owner: '099720109477' }, true],
  ['by its alias', ['amazon'], { owner: '137112412989', ownerAlias: 'amazon' }, true],
  ['by its account beside an alias', ['137112412989'], { owner: '137112412989', ownerAlias: 'amazon' }, true],
  ['by neither', ['aws-marketplace', '099720109477'], { owner: '137112412989', ownerAlias: 'amazon' }, false],
])('whose an image is, is known %s', (_, owners, image, is) => {
  expect(isOwnedBy(owners, image)).toBe(is);
});

// The same unit tests against the newest aws-cdk-lib, and those of what only it can do.
const { jest: unit } = require('../package.json');

// CDK's own validation of templates takes most of the time of a synth; a test of it switches it on.
process.env.CDK_VALIDATION = 'false';
// Which random apps do, each of them.
process.env.PROPERTY_RUNS ??= '50';

module.exports = {
  ...unit,
  rootDir: '..',
  // CDK prints what it finds.
  silent: true,
  testPathIgnorePatterns: unit.testPathIgnorePatterns.filter(pattern => !pattern.endsWith('/newest/')),
  moduleNameMapper: { '^aws-cdk-lib(/.*)?$': '<rootDir>/node_modules/aws-cdk-lib-newest$1' },
};

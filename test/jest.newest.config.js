// The same unit tests against the newest aws-cdk-lib, and those of what only it can do.
const { jest: unit } = require('../package.json');

module.exports = {
  ...unit,
  rootDir: '..',
  // CDK prints every finding of its template validation.
  silent: true,
  testPathIgnorePatterns: unit.testPathIgnorePatterns.filter(pattern => !pattern.endsWith('/newest/')),
  moduleNameMapper: { '^aws-cdk-lib(/.*)?$': '<rootDir>/node_modules/aws-cdk-lib-newest$1' },
};

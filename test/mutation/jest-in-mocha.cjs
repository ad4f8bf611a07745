// The tests as they are written for jest, in Mocha: it loads aws-cdk-lib once, where jest does so for each file.
const { expect } = require('expect');
const { bind } = require('jest-each');
const { ModuleMocker } = require('jest-mock');
require('ts-node').register({ project: 'tsconfig.dev.json', transpileOnly: true });

const mocker = new ModuleMocker(global);

Object.assign(global, {
  expect,
  jest: {
    requireActual: require,
    restoreAllMocks: () => mocker.restoreAllMocks(),
    spyOn: (...method) => mocker.spyOn(...method),
  },
});

// Mocha sets its own for each file.
const withEach = (name, each) => {
  let mochas;
  Object.defineProperty(global, name, { get: () => mochas, set: value => mochas = Object.assign(value, { each: each(value) }) });
};
withEach('it', test => bind(test));
withEach('describe', describe => bind(describe, false));

const alias = (name, mochas) => Object.defineProperty(global, name, { get: () => global[mochas] });
alias('test', 'it');
alias('beforeAll', 'before');
alias('afterAll', 'after');

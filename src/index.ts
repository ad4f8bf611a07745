export * from './ami-family';
export * from './ami-selector';
export * from './ami-updates';
export * from './auto-stop';
export * from './root-device';
export * from './user-data-format';
export * from './workshop-instance';

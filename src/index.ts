export * from './ami-selector';
export * from './ami-updates';
export * from './root-device';
export * from './workshop-instance';

export * from './ami-family';
export * from './ami-family-props';
export * from './ami-selector';
export * from './ami-types';
export * from './auto-stop';
export * from './workshop-access';
export * from './workshop-fleet';
export * from './workshop-instance';

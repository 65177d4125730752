import type { CallView } from './callModel';
export const callOf = (answer: unknown): CallView => answer as CallView;

import type { Wall } from './wallModel';
export const wallOf = (answer: unknown): Wall => answer as Wall;

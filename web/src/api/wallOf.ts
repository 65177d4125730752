import type { LiveCloser, Wall } from './wallModel';
export const wallOf = (answer: unknown): Wall => answer as Wall;
export const closersOf = (answer: { items: LiveCloser[] }): LiveCloser[] => answer.items;

import type { components } from './schema';

/** The words of the API, generated from docs/openapi.json (`npm run api`). */
export type Api = components['schemas'];

export type Lead = Api['Lead'];
export type CallRow = Api['CallRow'];
export type Peaks = Api['Peaks'];

export interface Paged<T> {
  items: T[];
  next_cursor?: string | null;
}

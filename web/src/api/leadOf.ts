import type { Entry, LeadView } from './leadModel';
export const leadOf = (answer: unknown): LeadView => answer as LeadView;
export const timelineOf = (answer: unknown): Entry[] => answer as Entry[];

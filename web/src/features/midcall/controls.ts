/* What the closer can do at each moment of a call they have. Pure; the server decides. */

export interface Control {
  act: 'hold' | 'resume' | 'park' | 'transfer' | 'transfer/complete' | 'transfer/cancel';
  name: string;
  key: string;
  pressed?: boolean;
}

const park: Control = { act: 'park', name: 'Park', key: 'p' };
const transfer: Control = { act: 'transfer', name: 'Transfer', key: 't' };
const cancel: Control = { act: 'transfer/cancel', name: 'Back', key: 'b' };

const byState: Record<string, Control[]> = {
  talking: [{ act: 'hold', name: 'Hold', key: 'h' }, park, transfer],
  held: [{ act: 'resume', name: 'Resume', key: 'h', pressed: true }, park, transfer],
  ringing: [{ act: 'transfer/complete', name: 'Leave them to it', key: 'c' }, cancel],
  consulting: [{ act: 'transfer/complete', name: 'Hand over', key: 'c' }, cancel],
};

/** midcall: null where the desk has no hand in it, such as a call that the closer made. Nothing for those who do not have the prospect. */
export const controlsOf = (midcall: string | null, mine: boolean): Control[] => (mine ? (byState[midcall ?? ''] ?? []) : []);

/** Where the prospect is, while it is not with the closer. */
export function whereabouts(midcall: string | null, prospect: string): string | null {
  switch (midcall) {
    case 'held':
      return `${prospect} is on hold and hears music.`;
    case 'ringing':
      return `${prospect} waits with music while your colleague\u2019s telephone rings.`;
    case 'consulting':
      return `You talk in private; ${prospect} waits with music.`;
    case 'sent':
      return `${prospect} waits with music for a colleague to answer.`;
    case 'parked':
    case 'fetching':
      return `${prospect} is parked and hears music.`;
    default:
      return null;
  }
}

/** Nobody has a prospect who is parked or on the way to a colleague. */
export const isHad = (midcall: string | null) => !['parked', 'fetching', 'sent'].includes(midcall ?? '');

import { describe, expect, it } from 'vitest';
import type { CallView } from './callModel';
import type { BatonEvent } from './events';
import { reduceCall } from './reduceCall';

const call = { id: 'c1', turns: [] as CallView['turns'] } as CallView;
const said = (data: Record<string, unknown>, call_id = 'c1'): BatonEvent => ({ seq: 9, at: 1, kind: 'call.turn', lead_id: 'l1', call_id, subject: null, data });

describe('a live call', () => {
  it('shows a line as soon as its event is here, in the order of speaking', () => {
    const later = reduceCall(call, said({ seq: 22, speaker: 'prospect', text: 'Good to hear you.', at_ms: 9000, end_ms: 9900, ledger: null }));
    const both = reduceCall(later, said({ seq: 23, speaker: 'closer', text: 'Hello.', at_ms: 7000, end_ms: 7400, ledger: { name: 'Dana Okafor' } }));
    expect(both.turns.map(({ speaker, name, text }) => [speaker, name, text])).toEqual([
      ['closer', 'Dana Okafor', 'Hello.'],
      ['prospect', null, 'Good to hear you.'],
    ]);
  });

  it('takes the same turn again in its place, with what the ledger says', () => {
    const first = reduceCall(call, said({ seq: 3, speaker: 'ai', text: 'What is your budget?', at_ms: 10, end_ms: 900, interrupted: false, ledger: { first_rtp: 412 } }));
    const again = reduceCall(first, said({ seq: 3, speaker: 'ai', text: 'What is your budget?', at_ms: 10, end_ms: 500, interrupted: true, ledger: null }));
    expect(first.turns[0]).toMatchObject({ latency_ms: 412, interrupted: false });
    expect(again.turns).toHaveLength(1);
    expect(again.turns[0]).toMatchObject({ end_ms: 500, interrupted: true });
  });

  it('leaves other calls and other events alone', () => {
    expect(reduceCall(call, said({ seq: 1, text: 'Hello.' }, 'c2'))).toBe(call);
    expect(reduceCall(call, { ...said({}), kind: 'call.stage' })).toBe(call);
  });
});

/* The call of Priya Raman, from her hello to Dana Okafor. */

const said: [string, number, number, string, number?][] = [
  ['prospect', 0, 600, 'Hello?'],
  ['ai', 1000, 9600, 'Hi Priya, this is Ava, an AI assistant calling for Northwind Calls. This call is recorded; say stop at any time to opt out.'],
  ['ai', 10000, 16400, 'You just asked to see a demo of our call follow-up product. Do you have a minute for a few quick questions?'],
  ['prospect', 17000, 18000, 'Um, sure, go ahead.'],
  ['ai', 18600, 20000, 'What are you hoping to fix?', 540],
  ['prospect', 22000, 28400, 'We\u2019re losing new patients because nobody calls back until the next day. We tried HubSpot for that, nobody used it.'],
  ['ai', 29000, 34000, 'That makes sense. When would you like to have something in place?', 610],
  ['prospect', 35000, 40400, 'I want it running before the holidays, so three, four weeks. Can you just email me?'],
  ['ai', 41000, 44600, 'Happy to. So I send the right thing: may I ask two quick questions?', 580],
  ['prospect', 45600, 46500, 'Fine, quickly.'],
  ['ai', 47000, 53400, 'Plans start around a thousand dollars a month. What monthly budget did you have in mind?', 490],
  ['prospect', 54000, 58300, 'Around fifteen hundred a month is what we set aside.'],
  ['ai', 59000, 62400, 'Got it. Who besides you is involved in the decision?', 660],
  ['prospect', 63000, 68000, 'I choose it, and Tom, our CFO, signs.'],
  ['ai', 69000, 74600, 'You are a great fit. Let me bring in Dana right now, one moment.', 630],
  ['closer', 90000, 97000, 'Hi Priya, Dana here. I saw you mentioned new patients waiting a day for a call back.'],
];

const answer = (dimension: string, points: number, max: number, label: string, evidence: string, turn_seq: number) => ({
  id: `answer-${dimension}`,
  dimension,
  status: 'stated',
  label,
  points,
  max,
  evidence,
  turn_seq,
  replaced: false,
  wrong: dimension === 'authority',
  wrong_note: null,
});

export const answers = [
  answer('need', 30, 30, 'A clear, costly problem', 'losing new patients because nobody calls back until the next day', 6),
  answer('timeline', 25, 25, 'Within 28 days', 'before the holidays, so three, four weeks', 8),
  answer('budget', 25, 25, '$1,500 a month', 'Around fifteen hundred a month', 12),
  answer('authority', 10, 20, 'Influencer', 'I choose it, and Tom, our CFO, signs.', 14),
];

export const parts = answers.map(({ dimension, points, max, status }) => ({ dimension, points, max, status }));

export function call() {
  const began = Date.now() - 600_000;
  return {
    id: 'c1',
    lead_id: 'lead-c1',
    name: 'Priya Raman',
    title: 'COO',
    company: 'Lumen Dental Group',
    phone: '+15125550143',
    scenario: 'Inbound demo request, version 13',
    direction: 'outbound',
    state: 'ended',
    stage: 'handoff',
    started_at: began - 11_000,
    ringing_at: began - 11_000,
    answered_at: began,
    ended_at: began + 120_000,
    ended_by: 'prospect',
    outcome: 'qualified',
    sip_outcome: 'answered',
    score: 90,
    possible: 90,
    bucket: 'hot',
    summary: 'Priya Raman, COO at Lumen Dental Group: losing patients, wants it in 3 weeks, $1,500 a month, influences.',
    recording: 'c1.wav',
    recording_ms: 120_000,
    first_audio_ms: 14,
    agent: 'Ava',
    turns: said.map(([speaker, at_ms, end_ms, words, latency], at) => ({
      seq: at + 1,
      speaker,
      topic: null,
      text: words,
      at_ms,
      end_ms,
      interrupted: false,
      latency_ms: latency ?? null,
    })),
    answers,
    parts,
    ratings: [],
    mentions: [
      { kind: 'competitor', id: 'HubSpot', evidence: 'HubSpot', turn_seq: 6 },
      { kind: 'objection', id: 'send_email', evidence: 'Can you just email me?', turn_seq: 8 },
    ],
    thresholds: { hot: 80, warm_high: 60, warm_low: 40 },
    route: { action: 'handoff', team: 'closers', reasons: ['30 + 25 + 25 + 10 = 90, hot from 80', '$18,000 a year, below $50,000: team closers', 'Two closers free'] },
    handoff: {
      id: 'h1',
      state: 'ended',
      team: 'closers',
      closer_name: 'Dana Okafor',
      midcall: 'talking',
      requested_at: began + 75_000,
      accepted_at: began + 84_000,
      bridged_at: began + 89_000,
      ended_at: began + 120_000,
      time_to_human_ms: 14_000,
      reason: 'prospect_hung_up',
      wrap_up: {
        disposition: 'demo_booked',
        note: 'Real pain, real budget. Knew the CFO was needed before I said hello.',
        next_step: 'Pilot on two clinics, Tuesday 10:00',
        rating: 5,
        rating_reason: 'Just as told',
        deal_usd: 18_000,
        deal_stage: 'open',
      },
      offers: [{ id: 'o2', closer_name: 'Dana Okafor', step: 0, state: 'accepted', reason: null, offered_at: began + 75_040, ended_at: began + 84_000 }],
    },
    brief: {
      summary: 'COO at Lumen Dental Group: losing patients, wants it in 3 weeks, $1,500 a month.',
      opener: 'I saw you mentioned new patients waiting a day for a call back.',
      quotes: [],
      objections: ['Can you just email me?'],
      competitors: ['HubSpot'],
      open_questions: [],
    },
  };
}

/** The same call while Dana talks. */
export function liveCall() {
  const whole = call();
  return { ...whole, state: 'bridged', ended_at: null, recording: null, handoff: { ...whole.handoff, state: 'bridged', ended_at: null, wrap_up: null } };
}

export function wrapUpForm(scene: string) {
  const ended = scene === 'after' ? Date.now() - 22_000 : null;
  return {
    id: 'h1',
    call_id: 'c1',
    lead_id: 'lead-c1',
    closer_id: 'Dana Okafor',
    name: 'Priya Raman',
    company: 'Lumen Dental Group',
    ended_at: ended,
    wrap_up_until: ended && ended + 60_000,
    summary: 'Losing new patients because nobody calls back until the next day; wants it before the holidays, $1,500 a month. Objected: Can you just email me? Knows HubSpot.',
    draft: { notes: '10-12 new patients lost a week, $900 each first year.\nCFO: Tom Alvarez. Wants fit with patient system.\nPilot: 2 clinics, Tuesday.', disposition: 'demo_booked', deal_usd: 18_000, deal_stage: 'open', next_step: 'Pilot, Tue 10:00', rating: 5, rating_reason: 'Just as told' },
    wrap_up: null,
    answers,
  };
}

/** Loud where somebody speaks, a hash for the grain: the same picture each time. */
export function peaks() {
  const count = 800;
  const total = 120_000;
  const channel = (speakers: string[]) =>
    Array.from({ length: count }, (_, at) => {
      const ms = (at / count) * total;
      const turn = said.find(([who, from, to]) => speakers.includes(who) && ms >= from && ms < to);
      const grain = Math.abs(Math.sin(at * 12.9898) * 43758.5453) % 1;
      return turn ? 0.2 + 0.75 * grain * Math.abs(Math.sin(at / 3)) : 0;
    });
  return { duration_ms: total, channels: [channel(['prospect']), channel(['ai', 'closer'])] };
}

/** Two minutes of silence, so that the player has something to play. */
export function recording(): Buffer {
  const rate = 8000;
  const bytes = 120 * rate * 4;
  const head = Buffer.alloc(44);
  head.write('RIFF', 0);
  head.writeUInt32LE(36 + bytes, 4);
  head.write('WAVEfmt ', 8);
  head.writeUInt32LE(16, 16);
  head.writeUInt16LE(1, 20);
  head.writeUInt16LE(2, 22);
  head.writeUInt32LE(rate, 24);
  head.writeUInt32LE(rate * 4, 28);
  head.writeUInt16LE(4, 32);
  head.writeUInt16LE(16, 34);
  head.write('data', 36);
  head.writeUInt32LE(bytes, 40);
  return Buffer.concat([head, Buffer.alloc(bytes)]);
}

/* The wall of an afternoon at Northwind Calls: fixed people, times relative to now. */

const part = (dimension: string, max: number) => (points: number | null, status = 'stated') => ({
  dimension,
  points: points ?? 0,
  max,
  status: points === null ? 'not_asked' : status,
});
const need = part('need', 30);
const timeline = part('timeline', 25);
const budget = part('budget', 25);
const authority = part('authority', 20);

type Score = [number | null, number | null, number | null, number | null];
const parts = (score: Score) => [need(score[0]), timeline(score[1]), budget(score[2]), authority(score[3])];

function call(id: string, name: string, company: string, seconds: number, state: string, stage: string, score: Score, bucket: string | null, said: [string, string] | null) {
  const now = Date.now();
  const all = parts(score);
  const sum = all.reduce((total, one) => total + one.points, 0);
  return {
    id,
    lead_id: `lead-${id}`,
    name,
    company,
    title: null as string | null,
    phone: '+13125550178',
    source: 'demo_request',
    state,
    stage,
    started_at: now - seconds * 1000 - 4000,
    answered_at: state === 'ringing' ? null : now - seconds * 1000,
    ended_at: null,
    outcome: null,
    score: stage === 'opening' || state === 'ringing' ? null : sum,
    possible: sum + all.filter((one) => one.status === 'not_asked').reduce((total, one) => total + one.max, 0),
    bucket,
    parts: all,
    last: said && { speaker: said[0], text: said[1], at: now - 2000 },
    objection: null,
    ladder: [] as unknown[],
    closer_name: null,
    closer_id: null as string | null,
    midcall: null as string | null,
    waits_until: null as number | null,
  };
}

const said = (id: string, points: number, max: number, quote: string) => ({ id, points, max, quote, status: 'stated' });

const brief = {
  answers: [
    said('need', 30, 30, 'We\u2019re losing new patients because nobody calls back until the next day.'),
    said('timeline', 25, 25, 'Before the holidays, so three, four weeks.'),
    said('budget', 25, 25, 'Around fifteen hundred a month is what we set aside.'),
  ],
  summary: 'Losing new patients because nobody calls back until the next day; wants it before the holidays, $1,500 a month.',
  opener: 'I saw you mentioned new patients waiting a day for a call back.',
  quotes: ['We\u2019re losing new patients because nobody calls back until the next day.', 'Before the holidays, so three, four weeks.', 'I choose it, and Tom, our CFO, signs.'],
  objections: [{ id: 'send_email', quote: 'Can you just email me?' }],
  competitors: ['HubSpot'],
  open_questions: [],
};

/** scene: what the desk shows: the offer, the call, after it, nothing. */
export function wall(scene = 'offer') {
  const now = Date.now();
  const closer = (name: string, presence: string, seconds: number, reason: string | null = null) => ({
    id: name,
    name,
    team: 'closers',
    presence,
    reason,
    since: now - seconds * 1000,
  });
  return {
    seq: 0,
    calls: [
      {
        ...call('c1', 'Priya Raman', 'Lumen Dental Group', 81, 'handoff', 'handoff', [30, 25, 25, 10], 'hot', ['prospect', 'I choose it, and Tom, our CFO, signs.']),
        title: 'COO',
        ...{ call: { state: 'bridged', closer_id: 'Dana Okafor', midcall: 'talking' }, hold: { state: 'bridged', closer_id: 'Dana Okafor', midcall: 'held', waits_until: now + 221_000 } }[scene],
        ladder: [
          { offer_id: 'o1', closer_id: 'Jonah Reyes', closer_name: 'Jonah Reyes', step: 0, state: 'timeout', offered_at: now - 21_000, ring_ms: 15_000 },
          { offer_id: 'o2', closer_id: 'Dana Okafor', closer_name: 'Dana Okafor', step: 1, state: { offer: 'ringing', call: 'accepted', hold: 'accepted' }[scene] ?? 'timeout', offered_at: now - 6_000, ring_ms: 15_000, brief },
        ],
      },
      call('c2', 'Grant Whitfield', 'Whitfield Roofing', 67, 'talking', 'authority', [30, 15, 12, null], 'warm_low', ['prospect', 'Five to seven hundred a month, something like that.']),
      call('c3', 'Elena Petrova', 'Tidewater Logistics', 52, 'talking', 'budget', [30, 25, null, null], 'warm_low', ['prospect', 'We open the second depot in December, so before that.']),
      {
        ...call('c4', 'Hannah Cole', 'Brightside Optics', 49, 'talking', 'budget', [16, 15, null, null], 'cold', [
          'ai',
          'Plans start around a thousand dollars a month. What monthly budget did you have in mind?',
        ]),
      },
      {
        ...call('c5', 'Luis Ortega', 'Ortega Solar', 31, 'talking', 'timeline', [8, null, null, null], 'cold', ['prospect', 'I\u2019m just browsing, to be honest.']),
        parts: [need(8, 'unknown'), timeline(null), budget(null), authority(null)],
        objection: 'just_browsing',
      },
      call('c6', 'Mei Tanaka', 'Alder Vet Clinics', 4, 'talking', 'opening', [null, null, null, null], null, ['ai', 'Hi Mei, this is Ava, an AI assistant calling for Northwind Calls.']),
      { ...call('c7', 'Arun Mehta', '', 4, 'ringing', '', [null, null, null, null], null, null), company: null },
    ],
    closers: [
      closer('Dana Okafor', { offer: 'ringing', call: 'in_call', hold: 'in_call', after: 'wrap_up' }[scene] ?? 'available', 22),
      closer('Wei Zhang', 'available', 495),
      closer('Marcus Bell', 'in_call', 401),
      closer('Sofia Lindgren', 'wrap_up', 22),
      closer('Jonah Reyes', 'away', 255, 'missed an offer'),
    ],
    dials: [
      { id: 'd1', lead_id: 'l1', name: 'Carla Nunes', source: 'pricing_page', due_at: now - 1000, held: null },
      { id: 'd2', lead_id: 'l2', name: 'Ben Achterberg', source: 'demo_request', due_at: now + 3000, held: null },
      { id: 'd3', lead_id: 'l3', name: 'Yuki Hara', source: 'partner_referral', due_at: now + 30_000_000, held: 'hours' },
    ],
    promises: [
      { id: 't1', lead_id: 'l4', name: 'Tom\u00e1s Ferreira', kind: 'callback', score: 73, bucket: 'warm_high', closer_name: 'Marcus Bell', due_at: now + 760_000 },
      { id: 't2', lead_id: 'l5', name: 'Rachel Stein', kind: 'callback', score: 70, bucket: 'warm_high', closer_name: null, due_at: now + 1_590_000 },
    ],
    metrics: {
      leads_today: 342,
      speed_p50_ms: 8000,
      speed_p90_ms: 31_000,
      promised_ms: 60_000,
      hot_waiting: 1,
      oldest_waiting_at: now - 21_000,
      promises_kept: 27,
      promises_total: 27,
      at_risk: 2,
      held_total: 14,
      held: [
        { reason: 'hours', count: 9 },
        { reason: 'no_consent', count: 5 },
      ],
    },
  };
}

/** Callbacks of the desk, and the closer's day. */
export function tasks() {
  const now = Date.now();
  const minute = 60_000;
  const task = (id: string, first_name: string, last_name: string, company: string, score: number, left: number, of: number, more = {}) => ({
    id,
    lead_id: `lead-${id}`,
    kind: 'callback',
    state: 'due',
    closer_id: 'Dana Okafor',
    due_at: now + left * minute,
    promised_by: now + left * minute,
    created_at: now + (left - of) * minute,
    note: null,
    tries: 0,
    lead: { id: `lead-${id}`, first_name, last_name, company, score, bucket: 'warm_high' },
    ...more,
  });
  return [
    task('t1', 'Nina', 'Duarte', 'Bluebird Childcare', 73, 14.3, 120, { tries: 1 }),
    task('t2', 'Omar', 'Haddad', 'Haddad Auto Glass', 70, 48.1, 120),
    task('t3', 'Owen', 'Gallagher', 'Gallagher HVAC', 70, 95, 120, { closer_id: null }),
  ];
}

export function day() {
  const now = Date.now();
  return {
    offers: 7,
    taken: 6,
    answer_p50_ms: 4100,
    callbacks_kept: 4,
    callbacks_total: 4,
    deals_won: 1,
    won_cents: 1_440_000,
    before: [
      { call_id: 'c21', name: 'Nadia Rahman', disposition: 'demo_booked', ended_at: now - 1_800_000 },
      { call_id: 'c22', name: 'Paul Ibsen', disposition: 'won', ended_at: now - 11_800_000 },
    ],
  };
}

/** One prospect waits in a slot. */
export function parked() {
  const now = Date.now();
  return [{ call_id: 'c8', handoff_id: 'h8', lead_id: 'l8', name: 'Nadia Rahman', company: 'Rahman Interiors', phone: '+13125550178', score: 86, parked_at: now - 42_000, until: now + 138_000, closer_id: 'Wei Zhang', closer_name: 'Wei Zhang' }];
}

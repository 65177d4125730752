/* A morning's leads, and Tomás Ferreira in full. */
import { answers } from './call.ts';

const people: [string, string, string, string, string, number | null, string | null][] = [
  ['Priya', 'Raman', 'COO', 'Lumen Dental Group', 'human', 90, 'hot'],
  ['Tom\u00e1s', 'Ferreira', 'Owner', 'Cobalt Fitness', 'callback', 73, 'warm_high'],
  ['Rachel', 'Stein', 'Head of Sales', 'Parkway Legal', 'callback', 70, 'warm_high'],
  ['Grant', 'Whitfield', 'Owner', 'Whitfield Roofing', 'talking', 57, 'warm_low'],
  ['Elena', 'Petrova', 'Operations', 'Tidewater Logistics', 'reengage', 55, 'warm_low'],
  ['Hannah', 'Cole', 'Manager', 'Brightside Optics', 'nurture', 31, 'cold'],
  ['Luis', 'Ortega', '', 'Ortega Solar', 'nurture', 16, 'cold'],
  ['Mei', 'Tanaka', 'Practice lead', 'Alder Vet Clinics', 'calling', null, null],
  ['Yuki', 'Hara', 'Buyer', 'Hara & Sons', 'deferred', null, null],
  ['Carla', 'Nunes', '', '', 'new', null, null],
  ['Arun', 'Mehta', 'CTO', 'Mehta Labs', 'suppressed', null, null],
];
const sources = ['demo_request', 'pricing_page', 'form_fill', 'partner_referral'];

export const leads = Array.from({ length: 400 }, (_, at) => {
  const [first_name, last_name, title, company, state, score, bucket] = people[at % people.length] ?? ['', '', '', '', 'new', null, null];
  return {
    id: `lead-${at}`,
    phone: `+1512555${String(100 + at).padStart(4, '0')}`,
    first_name,
    last_name,
    title: title || null,
    company: company || null,
    email: null as string | null,
    source: sources[at % 4] ?? '',
    message: null as string | null,
    owner_closer_id: null,
    zones: ['America/Chicago'],
    state,
    score,
    bucket,
    summary: null,
    last_call_id: 'c1',
    created_at: Date.now() - at * 170_000 - 40_000,
    updated_at: Date.now() - at * 170_000,
  };
});

export function lead() {
  const now = Date.now();
  const points = [16, 25, 12, 20];
  const labels = ['A wish without urgency', 'Within 30 days', '$800 a month, between $500 and $1,000', 'Decides alone'];
  const lines = answers.map((answer, at) => ({ ...answer, points: points[at] ?? 0, label: labels[at] ?? '' }));
  return {
    lead: { ...leads[1], phone: '+13035550126', email: 'tomas@cobalt.example', zones: ['America/Denver'] },
    owner_name: 'Marcus Bell',
    consents: [
      { kind: 'call', source: 'form', text: 'Yes, call me about this.', given_at: now - 9_000_000, revoked_at: null },
      { kind: 'ai_voice', source: 'form', text: 'Also by an AI voice.', given_at: now - 9_000_000, revoked_at: null },
    ],
    suppressed: null,
    gate: {
      allowed: true,
      deferred: false,
      next_allowed_at: null,
      reasons: [
        { rule: 'hours', passed: true, text: '10:42 in Denver, calls from 8:00 to 21:00' },
        { rule: 'suppressed', passed: true, text: 'Not on the do-not-call list' },
        { rule: 'daily_cap', passed: true, text: 'First of three tries allowed today' },
      ],
    },
    next: { kind: 'callback', due_at: now + 760_000, closer_name: 'Marcus Bell', reason: 'Promised during the call', since: null },
    deals: [{ handoff_id: 'h9', call_id: 'c9', closer_id: 'Marcus Bell', closer_name: 'Marcus Bell', amount_cents: 960_000, currency: 'USD', stage: 'proposal', created_at: now - 3_000_000, updated_at: now - 3_000_000 }],
    ratings: [{ handoff_id: 'h9', call_id: 'c9', closer_id: 'Marcus Bell', closer_name: 'Marcus Bell', stars: 4, reason: 'Just as told', at: now - 3_000_000 }],
    answers: lines,
    parts: lines.map(({ dimension, points: got, max, status }) => ({ dimension, points: got, max, status })),
  };
}

export function timeline() {
  const now = Date.now();
  const quotes = ['It would be nice to have this more organised.', 'This month, we open the new gym on the first.', 'Actually, make that eight hundred.', 'It\u2019s my call.'];
  return [
    {
      id: 'e4',
      at: now - 6_400_000,
      kind: 'call',
      title: 'Talked with Ava',
      detail: null,
      quote: null,
      call: {
        id: 'c1',
        duration_ms: 94_000,
        bucket: 'warm_high',
        recorded: true,
        answers: answers.map(({ dimension }, at) => ({ dimension, evidence: quotes[at] ?? null, earlier: at === 2 ? 'Five hundred, maybe.' : null, points: [16, 25, 12, 20][at] ?? 0 })),
      },
    },
    { id: 'e3', at: now - 8_900_000, kind: 'call', title: 'No answer', detail: 'Rang for 25 s. Next try after 40 min.', quote: null, call: { id: 'c0', duration_ms: 0, bucket: null, recorded: false, answers: [] } },
    { id: 'e2', at: now - 8_999_000, kind: 'gate', title: 'Allowed to call', detail: 'All seven checks passed.', quote: null, call: null },
    { id: 'e1', at: now - 9_000_000, kind: 'form', title: 'Filled in the form', detail: 'Pricing page', quote: 'Three gyms, leads from Instagram, we forget half of them.', call: null },
  ];
}

import { words } from './format';

const outcomes: Record<string, string> = {
  qualified: 'Answered the questions',
  human_requested: 'Asked for a human',
  callback_requested: 'Asked for a callback',
  opted_out: 'Asked not to be called again',
  wrong_number: 'Wrong number',
  gatekeeper: 'Somebody else answered',
  voicemail: 'Left a voicemail',
  screening: 'Call screening answered',
  language: 'Speaks another language',
  declined: 'Not interested',
  minor: 'A child answered',
  hung_up: 'Hung up',
  abusive: 'Abusive',
  no_response: 'Nobody spoke',
  answered: 'Answered',
  busy: 'Busy',
  no_answer: 'No answer',
  rejected: 'Rejected',
  unallocated: 'The number does not exist',
  voicemail_full: 'The voicemail is full',
  ivr: 'A telephone menu answered',
  fax: 'A fax answered',
  congestion: 'The network was busy',
  failed: 'The call failed',
  timeout: 'No answer',
};

/** How a call ended, in words. */
export const outcomeWord = (outcome?: string | null) => (outcome ? (outcomes[outcome] ?? words(outcome)) : '');

const states: Record<string, string> = {
  new: 'New',
  deferred: 'Next call is planned',
  calling: 'Being called',
  talking: 'In a call',
  handoff: 'Being handed over',
  human: 'With a closer',
  callback: 'Callback promised',
  reengage: 'Called again later',
  nurture: 'Nurture',
  unreachable: 'Not reached',
  suppressed: 'Do not contact',
  refused: 'May not be called',
  closed: 'Closed',
};

export const leadStates = Object.keys(states);
export const leadStateWord = (state: string) => states[state] ?? words(state);
/** A lead stays with its closer after the call, so `human` says nothing about a call in progress. */
export const isLiveState = (state: string) => ['calling', 'talking', 'handoff'].includes(state);

const causes: Record<string, string> = {
  owner: 'owns this lead',
  best_match: 'best match',
  longest_idle: 'free longest',
  next_turn: 'next in turn',
  all: 'everybody rings',
  transfer: 'a colleague hands over',
  retrieve: 'retrieved from parking',
};

/** Why a closer was asked. */
export const causeWord = (why: string | null) => (why ? (causes[why] ?? why.replace(/_/g, ' ')) : '');

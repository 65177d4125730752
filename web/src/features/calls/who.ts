const whos: Record<string, string> = {
  uncertain: 'Not certain, treated as a person',
  human: 'A person',
  silence: 'Nobody spoke',
  voicemail: 'Voicemail',
  voicemail_full: 'A full voicemail',
  ivr: 'A telephone menu',
  screening: 'Call screening',
  sit: 'The network',
  fax: 'A fax',
};

/** Who answered, in words. */
export const whoWord = (who: string) => whos[who] ?? who;

const toneWords: Record<string, string> = {
  beep: 'a beep',
  sit_final: 'the network\u2019s three tones',
  sit_busy: 'the network\u2019s three tones',
  busy: 'a busy tone',
  ringback: 'ringing',
  fax: 'a fax tone',
};

/** What was heard besides words: "A beep", "No tones". */
export function beepLine(tones: string[]): string {
  const heard = [...new Set(tones.map((kind) => toneWords[kind] ?? kind))].join(' and ');
  return heard ? heard.charAt(0).toUpperCase() + heard.slice(1) : 'No tones';
}

const messages: Record<string, string> = {
  begun: 'The message is being left',
  delivered: 'The message was left, once',
  broken_off: 'The message was broken off',
};

export const messageLine = (state: string) => messages[state] ?? state;

export const seconds = (ms: number) => `${(ms / 1000).toFixed(1)} s`;

/* The way of a call: ringing is before the first step, everything after the handoff is past the last. */
export const stages = ['opening', 'need', 'timeline', 'budget', 'authority', 'handoff'] as const;

const spoken: Record<string, string> = {
  dialing: 'Dialling',
  ringing: 'Ringing',
  bridged: 'With a closer',
  closing: 'Saying goodbye',
  goodbye: 'Saying goodbye',
  callback: 'Booking a callback',
  ended: 'Ended',
};

/** -1 while ringing. */
export function stageIndex(stage: string): number {
  const at = (stages as readonly string[]).indexOf(stage);
  if (at >= 0) return at;
  return stage === 'dialing' || stage === 'ringing' ? -1 : stages.length - 1;
}

export function stageWord(stage: string): string {
  return spoken[stage] ?? stage.charAt(0).toUpperCase() + stage.slice(1).replace(/_/g, ' ');
}

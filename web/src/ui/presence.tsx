const looks: Record<string, { dot: string; word: string }> = {
  available: { dot: 'on', word: 'Available' },
  reserved: { dot: 'ring', word: 'Reserved' },
  ringing: { dot: 'ring', word: 'Ringing' },
  in_call: { dot: 'call', word: 'In a call' },
  wrap_up: { dot: 'wrap-up', word: 'Wrapping up' },
  away: { dot: 'away', word: 'Away' },
  offline: { dot: 'away', word: 'Offline' },
};

export const presenceWord = (presence: string) => looks[presence]?.word ?? presence;

export function Presence({ presence, reason }: { presence: string; reason?: string | null }) {
  return (
    <span className="row sm sub">
      <span className={`dot ${looks[presence]?.dot ?? ''}`} aria-hidden />
      <span className="ell">
        {presenceWord(presence)}
        {reason ? `, ${reason}` : ''}
      </span>
    </span>
  );
}

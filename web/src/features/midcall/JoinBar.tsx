import { IconEar, IconLogout, IconMessageCircle, IconPhone, IconUsers } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { JoinMode } from '@/api/midcall';
import { Voice } from '@/phone/Meter';
import { useMe } from '@/shell/me';
import { Btn } from '@/ui/Btn';
import { useJoin, type Join } from './useJoin';
import './midcall.css';

const modes: { mode: JoinMode; name: string; icon: ReactNode; says: (closer: string) => string }[] = [
  { mode: 'listen', name: 'Listen', icon: <IconEar size={18} aria-hidden />, says: () => 'You hear both. Nobody hears you.' },
  { mode: 'whisper', name: 'Whisper', icon: <IconMessageCircle size={18} aria-hidden />, says: (closer) => `Only ${closer} hears you. It is not recorded.` },
  { mode: 'barge', name: 'Barge in', icon: <IconUsers size={18} aria-hidden />, says: () => 'Both hear you. It is recorded.' },
];

/** For managers, and for closers who are invited: into a call that a colleague has. */
export function JoinBar({ callId, closer }: { callId: string; closer: string }) {
  const me = useMe();
  const { join, set, ring, leave } = useJoin(callId);
  const inside = join.step === 'in';
  return (
    <section className="card join" aria-label="Join this call">
      <div className="seg" role="group" aria-label="How to join">
        {modes.map(({ mode, name, icon }) => (
          <button key={mode} type="button" aria-pressed={inside && join.mode === mode} disabled={join.step === 'connecting'} onClick={() => void set(mode)}>
            {icon}
            {name}
          </button>
        ))}
      </div>
      <p className="grow sm sub" role="status">
        {statusOf(join, closer)}
      </p>
      {inside ? (
        <Btn icon={<IconLogout size={18} aria-hidden />} onClick={leave}>
          Leave
        </Btn>
      ) : (
        me.closer_id && (
          <Btn tone="quiet" small icon={<IconPhone size={16} aria-hidden />} onClick={() => void ring()}>
            On my telephone
          </Btn>
        )
      )}
      {inside && join.remote && <Voice stream={join.remote} />}
    </section>
  );
}

function statusOf(join: Join, closer: string): string {
  if (join.step === 'connecting') return 'Connecting';
  if (join.step === 'out') return join.reason ?? `${closer} is not told that you listen; who listened when is kept.`;
  const says = modes.find(({ mode }) => mode === join.mode)?.says(closer) ?? '';
  return join.remote ? says : `Your telephone rings. ${says}`;
}

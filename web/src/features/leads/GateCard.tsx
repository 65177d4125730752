import { IconShieldCheck, IconShieldX } from '@tabler/icons-react';
import type { Gate } from '@/api/leadModel';
import { moment, sentence } from '@/ui/format';
import { Card, Check } from '@/ui/parts';
import { useNow } from '@/ui/useNow';

/** Whether the law and the list of those who asked not to be called let the AI dial, rule by rule. */
export function GateCard({ gate }: { gate: Gate }) {
  const now = useNow();
  const verdict = gate.allowed ? 'Allowed' : gate.deferred && gate.next_allowed_at ? `From ${moment(gate.next_allowed_at, now)}` : 'Not allowed';
  const Icon = gate.allowed ? IconShieldCheck : IconShieldX;
  return (
    <Card
      title="Gate"
      end={
        <span className={`row b ${gate.allowed ? 'ok' : 'bad'}`}>
          <Icon size={16} stroke={2} aria-hidden />
          {verdict}
        </span>
      }
    >
      <div className="padx">
        {gate.reasons.map((reason) => (
          <Check key={reason.rule} ok={reason.passed}>
            {sentence(reason.text)}
          </Check>
        ))}
      </div>
    </Card>
  );
}

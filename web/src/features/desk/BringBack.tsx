import { IconRobot } from '@tabler/icons-react';
import { useBringBack } from '@/api/desk';
import type { CallView } from '@/api/callModel';
import { Btn } from '@/ui/Btn';

/** The closer leaves, the AI books the next call: dialling nothing, undoing nothing, so one press. */
export function BringBack({ call, handoffId }: { call: CallView; handoffId: string }) {
  const back = useBringBack();
  return (
    <footer className="hint">
      <span className="grow">{back.isError ? <span role="alert">{back.error.message}</span> : `${call.agent} can agree on the next call while you go on.`}</span>
      <Btn small icon={<IconRobot size={16} aria-hidden />} busy={back.isPending} onClick={() => back.mutate(handoffId)}>
        Bring {call.agent} back
      </Btn>
    </footer>
  );
}

import { IconFlag, IconFlagFilled } from '@tabler/icons-react';
import { useState } from 'react';
import { useMarkAnswer, type WrapUpForm } from '@/api/wrapUp';
import { Btn } from '@/ui/Btn';
import { capital } from '@/ui/ring';

/** "The AI got this wrong": each answer can be marked, and the mark taken back. */
export function WrongAnswers({ form }: { form: WrapUpForm }) {
  const mark = useMarkAnswer(form.call_id);
  const answers = form.answers.filter((answer) => !answer.replaced && answer.status !== 'not_asked');
  const [open, setOpen] = useState(false);
  const [wrong, setWrong] = useState(() => new Set(answers.filter((answer) => answer.wrong).map(({ id }) => id)));
  const toggle = (id: string) => {
    const next = new Set(wrong);
    if (!next.delete(id)) next.add(id);
    setWrong(next);
    mark.mutate({ id, wrong: next.has(id) }, { onError: () => setWrong(wrong) });
  };
  if (answers.length === 0) return null;
  if (!open && wrong.size === 0) {
    return (
      <Btn tone="quiet" small className="flagb" icon={<IconFlag size={16} />} onClick={() => setOpen(true)}>
        The AI got something wrong
      </Btn>
    );
  }
  return (
    <div>
      <span className="lab">What did the AI get wrong?</span>
      <ul className="wrongs">
        {answers.map((answer) => (
          <li key={answer.id}>
            <button type="button" aria-pressed={wrong.has(answer.id)} onClick={() => toggle(answer.id)}>
              {wrong.has(answer.id) ? <IconFlagFilled size={16} aria-hidden /> : <IconFlag size={16} aria-hidden />}
              <b>{capital(answer.dimension)}</b>
              <span className="ell">{answer.label}</span>
            </button>
          </li>
        ))}
      </ul>
      {mark.isError && (
        <p className="note warn" role="alert">
          {mark.error.message}
        </p>
      )}
    </div>
  );
}

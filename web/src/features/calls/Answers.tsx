import { IconFlag, IconFlagFilled } from '@tabler/icons-react';
import type { Answer, CallView } from '@/api/callModel';
import { useMarkAnswer } from '@/api/wrapUp';
import { BucketBadge, LiveBadge, verdictOf } from '@/ui/BucketBadge';
import { duration, quote } from '@/ui/format';
import { PlayButton } from '@/ui/Mini';
import type { Player } from '@/ui/player';
import { bucketClass, Ring } from '@/ui/Ring';
import { capital } from '@/ui/ring';
import { answerTurn } from './marks';

/** The four answers with their points; each plays its own quote. */
export function Answers({ call, player, fixed = false }: { call: CallView; player: Player; /** Shown to somebody outside: nothing to mark. */ fixed?: boolean }) {
  const open = call.ended_at === null;
  const answers = call.answers.filter((answer) => !answer.replaced);
  return (
    <section className={`card ${bucketClass(call.bucket)}`}>
      <header className="anh">
        <Ring score={call.score} parts={call.parts} bucket={open && (call.score ?? 0) < 40 ? null : call.bucket} size={72} />
        <div>
          <h2>Answers</h2>
          <p className="sm sub">{progress(call)}</p>
        </div>
        <span className="end" />
        {open ? <LiveBadge score={call.score} possible={call.possible} bucket={call.bucket} /> : <BucketBadge bucket={verdictOf(call)} />}
      </header>
      <ul className="list ans">
        {answers.map((answer) => (
          <AnswerLine key={answer.id} call={call} answer={answer} player={player} fixed={fixed} />
        ))}
      </ul>
    </section>
  );
}

function progress(call: CallView): string {
  const given = call.parts.filter((part) => part.status !== 'not_asked').length;
  return `${given} of ${call.parts.length} asked`;
}

function AnswerLine({ call, answer, player, fixed }: { call: CallView; answer: Answer; player: Player; fixed: boolean }) {
  const turn = answerTurn(call, answer);
  const earlier = call.answers.find((one) => one.replaced && one.dimension === answer.dimension);
  const name = capital(answer.dimension);
  return (
    <li>
      {turn && call.recording && call.ended_at !== null && <PlayButton label={name} onClick={() => player.playQuote(turn.at_ms, turn.end_ms)} />}
      <div className="grow">
        <div className="row">
          <b>{name}</b>
          {turn && <span className="mut sm">{duration(turn.at_ms)}</span>}
          <span className="end b nowrap">
            {answer.points}
            <span className="mut light"> / {answer.max}</span>
          </span>
        </div>
        {answer.label && <p className="sm">{answer.label}</p>}
        {answer.evidence && (
          <p className="sub sm">
            {earlier?.evidence && earlier.evidence !== answer.evidence && <s className="mut">{quote(earlier.evidence)} </s>}
            {quote(answer.evidence)}
          </p>
        )}
        {!fixed && answer.wrong && <p className="sm bad">The AI got this wrong{answer.wrong_note && `: ${answer.wrong_note}`}</p>}
      </div>
      {!fixed && answer.status !== 'not_asked' && <WrongFlag call={call} answer={answer} name={name} />}
    </li>
  );
}

function WrongFlag({ call, answer, name }: { call: CallView; answer: Answer; name: string }) {
  const mark = useMarkAnswer(call.id);
  const Icon = answer.wrong ? IconFlagFilled : IconFlag;
  const label = answer.wrong ? `${name} was right after all` : `The AI got ${name} wrong`;
  return (
    <button type="button" className="flag" aria-pressed={answer.wrong} aria-label={label} title={label} disabled={mark.isPending} onClick={() => mark.mutate({ id: answer.id, wrong: !answer.wrong })}>
      <Icon size={16} aria-hidden />
    </button>
  );
}

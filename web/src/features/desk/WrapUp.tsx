import { useState } from 'react';
import { useHandIn, type Draft, type WrapUpForm } from '@/api/wrapUp';
import { Btn } from '@/ui/Btn';
import { Chips } from '@/ui/Chips';
import { money } from '@/ui/format';
import { amountOf, outcomes, stageFor } from './draft';
import { NextCall } from './NextCall';
import { Rating } from './Rating';
import type { Typing } from './useDraft';
import { WrongAnswers } from './WrongAnswers';

const stages = [
  { value: 'open', label: 'Open' },
  { value: 'proposal', label: 'Proposal' },
  { value: 'won', label: 'Won' },
  { value: 'lost', label: 'Lost' },
];

/** Outcome, next step, deal, summary, rating: most of it one tap. While the talk goes on it can be filled in, and handed in after it. */
export function WrapUp({ form, typing, open }: { form: WrapUpForm; typing: Typing; open: boolean }) {
  const { draft, change, done } = typing;
  const handIn = useHandIn(form.id);
  const send = (whole: Draft) => handIn.mutate(whole, { onSuccess: done });
  const outcome = (value: string) => change({ disposition: value, deal_stage: stageFor(value) });
  return (
    <form
      className="wrapf"
      onSubmit={(event) => {
        event.preventDefault();
        send(draft);
      }}
    >
      <div>
        <span className="lab">Outcome</span>
        <Chips label="Outcome" options={outcomes} value={draft.disposition ?? null} onChange={outcome} />
      </div>
      <div className="f2">
        <div className="field">
          <label htmlFor="wu-next">Next step</label>
          <input id="wu-next" className="in" value={draft.next_step ?? ''} maxLength={500} onChange={(event) => change({ next_step: event.target.value })} />
        </div>
        <Amount draft={draft} change={change} />
      </div>
      {draft.disposition === 'call_again' && <NextCall draft={draft} change={change} />}
      {draft.deal_usd != null && (
        <div>
          <span className="lab">The deal is</span>
          <Chips label="Stage of the deal" options={stages} value={draft.deal_stage ?? 'open'} onChange={(value) => change({ deal_stage: value as Draft['deal_stage'] })} />
        </div>
      )}
      <div className="field">
        <label htmlFor="wu-note">Summary, drafted for you to edit</label>
        <textarea id="wu-note" className="in sm" rows={3} maxLength={2000} value={draft.note ?? ''} onChange={(event) => change({ note: event.target.value })} />
      </div>
      <Rating draft={draft} change={change} />
      <WrongAnswers form={form} />
      {handIn.isError && (
        <p className="note warn" role="alert">
          {handIn.error.message} What you typed is kept.
        </p>
      )}
      {open && (
        <div className="row">
          <Btn tone="pri" type="submit" busy={handIn.isPending} disabled={!draft.disposition}>
            Done
          </Btn>
          <Btn tone="quiet" type="button" onClick={() => send({ ...draft, disposition: 'skipped' })}>
            Nothing to say
          </Btn>
        </div>
      )}
    </form>
  );
}

function Amount({ draft, change }: { draft: Draft; change: (part: Draft) => void }) {
  const [text, setText] = useState(draft.deal_usd != null ? money(draft.deal_usd, 'USD') : '');
  const wrong = text.trim() !== '' && amountOf(text) === null;
  return (
    <div className="field">
      <label htmlFor="wu-deal">Deal a year</label>
      <input
        id="wu-deal"
        className="in"
        inputMode="decimal"
        placeholder="$"
        value={text}
        aria-invalid={wrong || undefined}
        onChange={(event) => {
          setText(event.target.value);
          change({ deal_usd: amountOf(event.target.value) });
        }}
        onBlur={() => draft.deal_usd != null && setText(money(draft.deal_usd, 'USD'))}
      />
    </div>
  );
}

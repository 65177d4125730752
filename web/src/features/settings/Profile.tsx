import { Modal } from '@mantine/core';
import { useState } from 'react';
import { useProfile } from '@/api/closers';
import { Problem } from '@/api/client';
import type { LiveCloser } from '@/api/wallModel';
import { Btn } from '@/ui/Btn';
import { days, formOf, profileOf, type ProfileForm } from './profile';

const ownZone = () => Intl.DateTimeFormat().resolvedOptions().timeZone;

/** For whom a closer is and when: who is rung, and where promises are put. */
export function Profile({ closer, onClose }: { closer: LiveCloser; onClose: () => void }) {
  const [form, setForm] = useState(() => formOf(closer.profile, ownZone()));
  const save = useProfile(closer.id);
  const change = (part: Partial<ProfileForm>) => setForm({ ...form, ...part });
  const wrong = save.error instanceof Problem ? save.error.byField : {};
  return (
    <Modal opened onClose={onClose} title={`Hours and fields of ${closer.name}`} size="lg">
      <form
        className="profile"
        onSubmit={(event) => {
          event.preventDefault();
          save.mutate(profileOf(form), { onSuccess: onClose });
        }}
      >
        <Field id="pf-languages" label="Languages" hint="en, es" value={form.languages} error={wrong['profile.languages']} onChange={(languages) => change({ languages })} />
        <Field id="pf-segments" label="Segments" hint="enterprise, mid_market" value={form.segments} error={wrong['profile.segments']} onChange={(segments) => change({ segments })} />
        <Field id="pf-territories" label="Territories" hint="US, CA" value={form.territories} error={wrong['profile.territories']} onChange={(territories) => change({ territories })} />
        <Field id="pf-talks" label="Hot leads a day, at most" hint="as many as come" value={form.talks} error={wrong['profile.talks_a_day']} onChange={(talks) => change({ talks: talks.replace(/\D/g, '') })} />
        <label className="row whole">
          <input type="checkbox" checked={!form.always} onChange={(event) => change({ always: !event.target.checked })} /> Only within working hours
        </label>
        {!form.always && <Week form={form} change={change} error={wrong['profile.hours']} />}
        {save.isError && Object.keys(wrong).length === 0 && (
          <p className="note warn whole" role="alert">
            {save.error.message}
          </p>
        )}
        <div className="row whole">
          <Btn tone="pri" type="submit" busy={save.isPending}>
            Save
          </Btn>
          <Btn tone="quiet" type="button" onClick={onClose}>
            Cancel
          </Btn>
        </div>
      </form>
    </Modal>
  );
}

interface FieldProps {
  id: string;
  label: string;
  hint: string;
  value: string;
  error?: string;
  onChange: (value: string) => void;
}

function Field({ id, label, hint, value, error, onChange }: FieldProps) {
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <input id={id} className="in" placeholder={hint} value={value} aria-invalid={error ? true : undefined} onChange={(event) => onChange(event.target.value)} />
      {error && <span className="xs bad">{error}</span>}
    </div>
  );
}

function Week({ form, change, error }: { form: ProfileForm; change: (part: Partial<ProfileForm>) => void; error?: string }) {
  const set = (id: string, span: [string, string] | null) => change({ week: { ...form.week, [id]: span } });
  return (
    <fieldset className="week whole">
      <legend className="lab">Week</legend>
      <Field id="pf-zone" label="Time zone" hint="America/New_York" value={form.zone} error={error} onChange={(zone) => change({ zone })} />
      {days.map(([id, name]) => {
        const span = form.week[id] ?? null;
        return (
          <div className="row" key={id}>
            <label className="row grow">
              <input type="checkbox" checked={span !== null} onChange={(event) => set(id, event.target.checked ? ['09:00', '17:00'] : null)} /> {name}
            </label>
            {span ? (
              <>
                <input className="in t" type="time" aria-label={`${name} from`} value={span[0]} onChange={(event) => set(id, [event.target.value, span[1]])} />
                <span className="mut">to</span>
                <input className="in t" type="time" aria-label={`${name} to`} value={span[1]} onChange={(event) => set(id, [span[0], event.target.value])} />
              </>
            ) : (
              <span className="mut">free</span>
            )}
          </div>
        );
      })}
    </fieldset>
  );
}

import { Checkbox, Modal, Select, TextInput } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import { useNavigate } from 'react-router';
import { Problem } from '@/api/client';
import { useCreateLead } from '@/api/leads';
import { Btn } from '@/ui/Btn';
import './leads.css';

interface Draft {
  phone: string;
  first_name: string;
  last_name: string;
  company: string;
  title: string;
  email: string;
  source: string;
  consent: boolean;
}

const blank: Draft = { phone: '', first_name: '', last_name: '', company: '', title: '', email: '', source: 'demo_request', consent: false };
const consentText = 'Agreed to be called about this request, also by an AI voice.';
const sources = [
  { value: 'demo_request', label: 'Demo request' },
  { value: 'pricing_page', label: 'Pricing page' },
  { value: 'form_fill', label: 'Form' },
  { value: 'partner_referral', label: 'Partner referral' },
];

/** What was typed stays when the dialog is closed by accident or the server refuses. */
export function NewLead({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const [draft, setDraft] = useState(blank);
  const [key, setKey] = useState(() => crypto.randomUUID());
  const create = useCreateLead();
  const navigate = useNavigate();
  const errors = create.error instanceof Problem ? create.error.byField : {};
  const set = (change: Partial<Draft>) => {
    setDraft({ ...draft, ...change });
    setKey(crypto.randomUUID());
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    create.mutate(
      { body: bodyOf(draft), key },
      {
        onSuccess: (id) => {
          setDraft(blank);
          onClose();
          void navigate(`/leads/${id}`);
        },
      },
    );
  };
  const field = (name: keyof Omit<Draft, 'consent'>, label: string) => (
    <TextInput label={label} name={name} value={draft[name]} error={errors[name]} onChange={(event) => set({ [name]: event.currentTarget.value })} />
  );
  return (
    <Modal opened={opened} onClose={onClose} title="New lead" size="lg">
      <form className="new-lead" onSubmit={submit} noValidate>
        <div className="two-fields">
          <TextInput
            data-autofocus
            label="Phone"
            name="phone"
            type="tel"
            required
            placeholder="(512) 555-0143"
            value={draft.phone}
            error={errors.phone}
            onChange={(event) => set({ phone: event.currentTarget.value })}
          />
          <Select label="Source" data={sources} allowDeselect={false} value={draft.source} error={errors.source} onChange={(source) => set({ source: source ?? 'form_fill' })} />
          {field('first_name', 'First name')}
          {field('last_name', 'Last name')}
          {field('company', 'Company')}
          {field('title', 'Role')}
          {field('email', 'E-mail')}
        </div>
        <Checkbox
          label={consentText}
          description="Without consent the gate holds the call back and says why."
          checked={draft.consent}
          error={errors.consent}
          onChange={(event) => set({ consent: event.currentTarget.checked })}
        />
        {create.isError && <FormProblem error={create.error} named={Object.keys(errors).length} />}
        <div className="row form-end">
          <Btn type="button" tone="quiet" onClick={onClose}>
            Cancel
          </Btn>
          <Btn type="submit" tone="pri" busy={create.isPending}>
            Add and call
          </Btn>
        </div>
      </form>
    </Modal>
  );
}

function FormProblem({ error, named }: { error: unknown; named: number }) {
  const text = error instanceof Problem ? error.detail || error.title : 'The server does not answer. What you typed is kept; try again.';
  return (
    <p className="note warn" role="alert">
      {named > 0 ? `${named === 1 ? 'One field needs' : `${named} fields need`} a correction.` : text}
    </p>
  );
}

function bodyOf({ consent, ...fields }: Draft): Record<string, unknown> {
  const filled = Object.fromEntries(Object.entries(fields).filter(([, value]) => value.trim() !== ''));
  if (!consent) return filled;
  return { ...filled, consent: { text: consentText, source: 'web_app', at: new Date().toISOString() } };
}

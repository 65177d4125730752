import { CloseButton, Select, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { useClosers } from '@/api/closers';
import { buckets, bucketWord } from '@/ui/BucketBadge';
import { words } from '@/ui/format';
import { leadStates, leadStateWord } from '@/ui/outcome';
import type { LeadFilters } from './filters';

const sources = ['form_fill', 'demo_request', 'pricing_page', 'partner_referral'];

interface FilterBarProps {
  filters: LeadFilters;
  change: (wanted: Partial<LeadFilters>) => void;
}

export function FilterBar({ filters, change }: FilterBarProps) {
  const closers = useClosers();
  const [text, setText] = useState(filters.q);
  const search = useDebouncedCallback((q: string) => change({ q }), 150);
  useEffect(() => setText(filters.q), [filters.q]);
  const write = (value: string) => {
    setText(value);
    search(value);
  };
  return (
    <div className="filters" role="search">
      <TextInput
        className="grow"
        aria-label="Search leads"
        placeholder="Name, company, e-mail or number"
        leftSection={<IconSearch size={16} />}
        rightSection={text && <CloseButton size="sm" aria-label="Clear" onClick={() => write('')} />}
        value={text}
        onChange={(event) => write(event.currentTarget.value)}
      />
      <Choice name="State" value={filters.state} options={leadStates.map((state) => ({ value: state, label: leadStateWord(state) }))} onChange={(state) => change({ state })} />
      <Choice name="Bucket" value={filters.bucket} options={buckets.map((bucket) => ({ value: bucket, label: bucketWord(bucket) }))} onChange={(bucket) => change({ bucket })} />
      <Choice name="Source" value={filters.source} options={sources.map((source) => ({ value: source, label: words(source) }))} onChange={(source) => change({ source })} />
      <Choice name="Owner" value={filters.owner} options={(closers.data ?? []).map(({ id, name }) => ({ value: id, label: name }))} onChange={(owner) => change({ owner })} />
    </div>
  );
}

interface ChoiceProps {
  name: string;
  value: string;
  options: { value: string; label: string }[];
  onChange: (value: string) => void;
}

function Choice({ name, value, options, onChange }: ChoiceProps) {
  return (
    <Select
      className="choice"
      aria-label={`Filter by ${name.toLowerCase()}`}
      placeholder={name}
      clearable
      data={options}
      value={value || null}
      onChange={(wanted) => onChange(wanted ?? '')}
    />
  );
}

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { post } from '@/api/client';
import type { Api } from '@/api/types';
import type { Part, RowError } from './importCsv';

type Imported = Api['LeadImported'];

export interface Report {
  done: number;
  of: number;
  taken: number;
  joined: number;
  refused: number;
  errors: RowError[];
}

const ERRORS_KEPT = 5000;

/** Looks at the first part: columns, a sample, what is wrong with it. */
export function useLook() {
  return useMutation({
    mutationFn: ({ part, mapping }: { part: Part; mapping?: Record<string, string | null> }) => post<Imported>('/leads/import', { csv: part.csv, mapping, dry_run: true }),
  });
}

/** Part after part; it can be stopped, and what was taken stays taken. */
export function useImport() {
  const client = useQueryClient();
  const [report, setReport] = useState<Report | null>(null);
  const stopped = useRef(false);
  const run = useMutation({
    mutationFn: async ({ parts, mapping }: { parts: Part[]; mapping: Record<string, string | null> }) => {
      let now: Report = { done: 0, of: parts.reduce((sum, part) => sum + part.rows, 0), taken: 0, joined: 0, refused: 0, errors: [] };
      stopped.current = false;
      setReport(now);
      for (const part of parts) {
        if (stopped.current) break;
        const got = await post<Imported>('/leads/import', { csv: part.csv, mapping, rows_before: part.rowsBefore });
        now = {
          ...now,
          done: now.done + part.rows,
          taken: now.taken + got.taken,
          joined: now.joined + got.joined,
          refused: now.refused + got.refused,
          errors: [...now.errors, ...got.errors].slice(0, ERRORS_KEPT),
        };
        setReport(now);
      }
      return now;
    },
    onSettled: () => client.invalidateQueries({ queryKey: ['leads'] }),
  });
  return { run, report, stop: () => (stopped.current = true) };
}

import { FileButton, Modal, Select } from '@mantine/core';
import { IconFileSpreadsheet } from '@tabler/icons-react';
import { useState } from 'react';
import { Btn } from '@/ui/Btn';
import { fields, firstMapping, partsOf, type Part } from './importCsv';
import { ImportReport } from './ImportReport';
import { useImport, useLook } from './useImport';

/** A table of leads: chosen, its columns named, taken row by row with every refused row told. */
export function ImportLeads({ close }: { close: () => void }) {
  const [parts, setParts] = useState<Part[]>([]);
  const [mapping, setMapping] = useState<Record<string, string | null>>({});
  const look = useLook();
  const { run, report, stop } = useImport();
  const choose = async (file: File | null) => {
    if (!file) return;
    const found = partsOf(await file.text());
    setParts(found);
    if (found[0]) look.mutate({ part: found[0] }, { onSuccess: (seen) => setMapping(firstMapping(seen.columns)) });
  };
  const rows = parts.reduce((sum, part) => sum + part.rows, 0);
  const ready = Object.values(mapping).includes('phone');
  return (
    <Modal opened onClose={close} title="Import leads" size="lg" closeOnClickOutside={!run.isPending}>
      {report ? (
        <ImportReport report={report} running={run.isPending} error={run.error} stop={stop} close={close} />
      ) : (
        <div className="import">
          <p className="sub">
            A CSV file whose first row names the columns. Each row becomes a lead and is called as soon as its consent and the hours allow it; a number that is known joins its lead.
          </p>
          <FileButton accept=".csv,text/csv" onChange={(file) => void choose(file)}>
            {(button) => (
              <Btn {...button} tone={parts.length ? 'plain' : 'pri'} icon={<IconFileSpreadsheet size={18} aria-hidden />} busy={look.isPending}>
                {parts.length ? `${rows.toLocaleString('en-US')} rows; choose another file` : 'Choose a file'}
              </Btn>
            )}
          </FileButton>
          {look.isError && (
            <p className="note warn" role="alert">
              {look.error.message}
            </p>
          )}
          {look.data && <Columns columns={look.data.columns} sample={look.data.sample} mapping={mapping} change={setMapping} />}
          {look.data && !ready && <p className="sm bad">One column must be the phone number.</p>}
          <div className="row form-end">
            <Btn onClick={close}>Cancel</Btn>
            <Btn tone="pri" disabled={!ready || !look.data} onClick={() => run.mutate({ parts, mapping })}>
              Import {rows > 0 && rows.toLocaleString('en-US')} rows
            </Btn>
          </div>
        </div>
      )}
    </Modal>
  );
}

interface ColumnsProps {
  columns: string[];
  sample: Record<string, unknown>[];
  mapping: Record<string, string | null>;
  change: (mapping: Record<string, string | null>) => void;
}

function Columns({ columns, sample, mapping, change }: ColumnsProps) {
  const options = fields.map(([value, label]) => ({ value, label }));
  const shown = columns.filter((column) => column in mapping);
  return (
    <div className="imp-cols">
      <table className="tbl">
        <thead>
          <tr>
            <th>Column</th>
            <th>Becomes</th>
            <th>For example</th>
          </tr>
        </thead>
        <tbody>
          {shown.map((column) => (
            <tr key={column}>
              <td className="b">{column}</td>
              <td>
                <Select aria-label={`What is ${column}`} placeholder="Left out" size="xs" clearable data={options} value={mapping[column] ?? null} onChange={(field) => change({ ...mapping, [column]: field })} />
              </td>
              <td className="sub sm ell">{sample.map((row) => row[column]).filter((value) => typeof value === 'string' && value !== '')[0] as string}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {columns.includes('consent') && <p className="sm sub">The consent columns were recognised.</p>}
    </div>
  );
}

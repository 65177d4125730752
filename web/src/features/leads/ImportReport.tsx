import { IconDownload } from '@tabler/icons-react';
import { Btn } from '@/ui/Btn';
import { Bar } from '@/ui/parts';
import { errorsCsv } from './importCsv';
import type { Report } from './useImport';

const SHOWN = 200;

/** How far it is, and every row that was refused with what is wrong. */
export function ImportReport({ report, running, error, stop, close }: { report: Report; running: boolean; error: Error | null; stop: () => void; close: () => void }) {
  const { done, of, taken, joined, refused, errors } = report;
  const count = (value: number) => value.toLocaleString('en-US');
  return (
    <div className="import">
      <div role="status">
        <div className="row">
          <b>{running ? `Row ${count(done)} of ${count(of)}` : done < of ? `Stopped after ${count(done)} of ${count(of)} rows` : 'All rows are read'}</b>
          <span className="end sm sub">
            {count(taken)} new, {count(joined)} joined, {count(refused)} refused
          </span>
        </div>
        <Bar value={done} max={of} />
      </div>
      {error && (
        <p className="note warn" role="alert">
          {error.message} What was taken until then stays.
        </p>
      )}
      {errors.length > 0 && (
        <div className="imp-cols">
          <table className="tbl">
            <thead>
              <tr>
                <th>Row</th>
                <th>Field</th>
                <th>What is wrong</th>
              </tr>
            </thead>
            <tbody>
              {errors.slice(0, SHOWN).map((one, at) => (
                <tr key={at}>
                  <td className="tnum">{one.row}</td>
                  <td>{one.field}</td>
                  <td className="sub">{one.text}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      <div className="row form-end">
        {errors.length > 0 && (
          <a className="btn" download="refused-rows.csv" href={`data:text/csv;charset=utf-8,${encodeURIComponent(errorsCsv(errors))}`}>
            <IconDownload size={16} aria-hidden />
            Refused rows
          </a>
        )}
        {running ? <Btn onClick={stop}>Stop</Btn> : <Btn tone="pri" onClick={close}>Done</Btn>}
      </div>
    </div>
  );
}

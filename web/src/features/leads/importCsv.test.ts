import { describe, expect, it } from 'vitest';
import { errorsCsv, firstMapping, partsOf } from './importCsv';

describe('cutting a table', () => {
  it('gives every part the header and numbers the rows on', () => {
    const rows = Array.from({ length: 10 }, (_, at) => `+1415555010${at},name ${at}\n`).join('');
    const parts = partsOf(`\uFEFFphone,name\n${rows}`, 90);
    expect(parts.length).toBeGreaterThan(2);
    expect(parts.every(({ csv }) => csv.startsWith('phone,name\n'))).toBe(true);
    expect(parts.reduce((sum, part) => sum + part.rows, 0)).toBe(10);
    expect(parts[1]?.rowsBefore).toBe(parts[0]?.rows);
  });
  it('does not cut inside quotes', () => {
    const [part] = partsOf('phone,note\n1,"two\nlines"\n2,"a ""quote"""');
    expect(part).toMatchObject({ rows: 2, rowsBefore: 0 });
  });
  it('finds nothing in nothing', () => {
    expect(partsOf('')).toEqual([]);
    expect(partsOf('phone\n')).toEqual([]);
  });
});

it('keeps known columns and leaves the others out', () => {
  expect(firstMapping(['phone', 'betrieb', 'consent'])).toEqual({ phone: 'phone', betrieb: null });
});

it('reports rows as a table', () => {
  expect(errorsCsv([{ row: 3, field: 'phone', text: 'is "too" short' }])).toBe('row,field,what is wrong\r\n"3","phone","is ""too"" short"');
});

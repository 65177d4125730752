/* A CSV file on its way in: cut into parts that a request can carry, each with the header. The server reads the cells; here only line ends matter. Pure. */

/** Leaves room in 64 KiB for what a request says besides. */
export const PART_BYTES = 40_000;

export interface Part {
  csv: string;
  rows: number;
  rowsBefore: number;
}

/** Where records end: at line ends that are not inside quotes. */
function records(text: string): string[] {
  const found: string[] = [];
  let from = 0;
  let quoted = false;
  for (let at = 0; at < text.length; at++) {
    const char = text[at];
    if (char === '"') quoted = !quoted;
    if (char !== '\n' || quoted) continue;
    found.push(text.slice(from, at + 1));
    from = at + 1;
  }
  if (from < text.length) found.push(text.slice(from));
  return found.filter((record) => record.trim() !== '');
}

const bytes = new TextEncoder();
const sizeOf = (text: string) => bytes.encode(JSON.stringify(text)).length;

export function partsOf(text: string, max = PART_BYTES): Part[] {
  const [header, ...rows] = records(text.replace(/^\uFEFF/, ''));
  if (!header) return [];
  const head = header.endsWith('\n') ? header : `${header}\n`;
  const parts: Part[] = [];
  let body: string[] = [];
  let size = sizeOf(head);
  let before = 0;
  const close = () => {
    if (body.length === 0) return;
    parts.push({ csv: head + body.join(''), rows: body.length, rowsBefore: before });
    before += body.length;
    body = [];
    size = sizeOf(head);
  };
  for (const row of rows) {
    const more = sizeOf(row);
    if (size + more > max) close();
    body.push(row);
    size += more;
  }
  close();
  return parts;
}

/** What a column may become. */
export const fields: [string, string][] = [
  ['phone', 'Phone'],
  ['first_name', 'First name'],
  ['last_name', 'Last name'],
  ['name', 'Whole name'],
  ['company', 'Company'],
  ['title', 'Role'],
  ['email', 'E-mail'],
  ['source', 'Source'],
  ['product', 'Product'],
  ['region', 'Region'],
  ['segment', 'Segment'],
  ['partner', 'Partner'],
  ['message', 'Message'],
  ['external_id', 'Id elsewhere'],
  ['owner', 'Owner (closer id)'],
  ['time_zone', 'Time zone'],
  ['zip', 'ZIP code'],
];

const known = new Set([...fields.map(([id]) => id), 'consent']);

/** A column that is known stays; any other is left out until somebody says what it is. */
export function firstMapping(columns: string[]): Record<string, string | null> {
  return Object.fromEntries(columns.filter((column) => column !== 'consent').map((column) => [column, known.has(column) ? column : null]));
}

export interface RowError {
  row: number;
  field: string;
  text: string;
}

/** Rows that were refused, as a table to be mended and brought again. */
export function errorsCsv(errors: RowError[]): string {
  const cell = (value: string | number) => `"${String(value).replace(/"/g, '""')}"`;
  return ['row,field,what is wrong', ...errors.map(({ row, field, text }) => [row, field, text].map(cell).join(','))].join('\r\n');
}

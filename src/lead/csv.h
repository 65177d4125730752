/* csv.h - rows of a CSV file (RFC 4180, read by libcsv) as lead bodies. For `baton import`; not thread-safe. */
#ifndef BATON_LEAD_CSV_H
#define BATON_LEAD_CSV_H

#include <jansson.h>
#include <stddef.h>
#include <stdio.h>

enum { CSV_COLUMNS_MAX = 64, CSV_NAME_MAX = 48, CSV_CELL_MAX = 16 * 1024, CSV_ROWS_MAX = 1000000 };

struct csv_reader; /* csv_reader_free */

/* One row after the header, numbered from 2 as spreadsheets do. `body` is a lead body of lead_intake (borrowed), or NULL with `why` when the row
 * cannot be one (more cells than columns, text that is no UTF-8). A result other than 0 stops the reading with it. */
typedef int(csv_row_fn)(int row, json_t *body, const char *why, void *arg);

/* The first row names the columns: case, spaces and dashes do not matter and common synonyms are known ("Mobile", "First Name",
 * "Organisation"); consent_text, consent_source, consent_at, consent_ip, consent_url and consent_user_agent make the consent. Unknown columns are
 * kept in the body. The separator is the one of , ; and tab that the header holds most. */
int csv_reader_alloc(struct csv_reader **rp, csv_row_fn *fn, void *arg);
void csv_reader_free(struct csv_reader *r);

/* Feeds bytes as they come. 0, EINVAL with csv_reader_why for broken quoting, EMSGSIZE above a limit, or what the row function returned. After an error
 * nothing more is read. */
int csv_reader_feed(struct csv_reader *r, const char *bytes, size_t n);
int csv_reader_finish(struct csv_reader *r); /* the end: a last row without line end is a row; EINVAL without any header */
const char *csv_reader_why(const struct csv_reader *r);

/* --- leads as rows of CSV: what `baton import` reads again --- */

int csv_write_header(FILE *f);                        /* 0 or EIO */
/* A row of lead_get. A text that a spreadsheet would take for a formula gets an apostrophe in front. */
int csv_write_lead(FILE *f, const json_t *lead);

#endif

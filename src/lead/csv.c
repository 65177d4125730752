/* csv.c - libcsv gives cells and ends of rows; here they become a JSON body, with the header's names. */
#include "lead/csv.h"

#include <csv.h>
#include <ctype.h>
#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "base/text.h"

#include "base/banned.h"

enum { FEED_MAX = 4096, WHY_MAX = 160 };

struct csv_reader {
    struct csv_parser parser;
    csv_row_fn *fn;
    void *arg;
    char names[CSV_COLUMNS_MAX][CSV_NAME_MAX];
    int columns, column, row;
    json_t *body;        /* of the row being read */
    bool bad, any;       /* this row cannot be a body; it has a cell that is not empty */
    bool begun;          /* the separator was chosen */
    char row_why[WHY_MAX], why[WHY_MAX];
    int err;
};

struct synonym { const char *said, *name; };

static const struct synonym synonyms[] = {
    {"mobile", "phone"},          {"mobile_phone", "phone"},    {"telephone", "phone"},       {"phone_number", "phone"},    {"tel", "phone"},
    {"cell", "phone"},            {"firstname", "first_name"},  {"given_name", "first_name"}, {"lastname", "last_name"},    {"surname", "last_name"},
    {"family_name", "last_name"}, {"full_name", "name"},        {"organisation", "company"},  {"organization", "company"},  {"company_name", "company"},
    {"account", "company"},       {"job_title", "title"},       {"role", "title"},            {"e_mail", "email"},          {"email_address", "email"},
    {"mail", "email"},            {"lead_source", "source"},    {"notes", "message"},         {"comments", "message"},      {"id", "external_id"},
    {"timezone", "time_zone"},    {"zip_code", "zip"},          {"postcode", "zip"},          {"postal_code", "zip"},
};

/* "First Name" -> first_name */
static void column_name(char out[CSV_NAME_MAX], const char *cell, size_t n)
{
    size_t at = 0;

    for (size_t i = 0; i < n && at < CSV_NAME_MAX - 1; i++) {
        unsigned char c = (unsigned char)cell[i];

        if (c == ' ' || c == '-' || c == '.')
            c = '_';
        if (isalnum(c) || c == '_' || c >= 0x80)
            out[at++] = (char)tolower(c);
    }
    out[at] = '\0';
    for (size_t i = 0; i < sizeof synonyms / sizeof synonyms[0]; i++)
        if (strcmp(out, synonyms[i].said) == 0)
            (void)text_copy(out, CSV_NAME_MAX, synonyms[i].name);
}

static void stop(struct csv_reader *r, int err, const char *why)
{
    if (r->err == 0) {
        r->err = err;
        (void)snprintf(r->why, sizeof r->why, "row %d: %s", r->row + 1, why);
    }
}

static void header_cell(struct csv_reader *r, const char *cell, size_t n)
{
    if (r->column == CSV_COLUMNS_MAX)
        stop(r, EMSGSIZE, "too many columns");
    else
        column_name(r->names[r->column++], cell, n);
}

static void put(struct csv_reader *r, const char *name, json_t *text)
{
    json_t *consent;

    if (!text_starts(name, "consent_")) {
        (void)json_object_set_new(r->body, name, text);
        return;
    }
    consent = json_object_get(r->body, "consent");
    if (consent == NULL) {
        consent = json_object();
        (void)json_object_set_new(r->body, "consent", consent);
    }
    (void)json_object_set_new(consent, name + strlen("consent_"), text);
}

static void refuse_row(struct csv_reader *r, const char *why, const char *name)
{
    if (!r->bad)
        (void)snprintf(r->row_why, sizeof r->row_why, "%s%s", name, why);
    r->bad = true;
}

static void body_cell(struct csv_reader *r, const char *cell, size_t n)
{
    int column = r->column++;
    json_t *text;

    if (n == 0)
        return;
    r->any = true;
    if (column >= r->columns) {
        refuse_row(r, "more cells than the header has columns", "");
        return;
    }
    if (r->names[column][0] == '\0')
        return;
    text = json_stringn(cell, n);
    if (text == NULL)
        refuse_row(r, " is not UTF-8 text", r->names[column]);
    else
        put(r, r->names[column], text);
}

static void on_cell(void *cell, size_t n, void *arg)
{
    struct csv_reader *r = arg;

    if (r->err != 0)
        return;
    if (n > CSV_CELL_MAX)
        stop(r, EMSGSIZE, "a cell is too long");
    else if (r->row == 0)
        header_cell(r, n > 0 ? cell : "", n);
    else
        body_cell(r, n > 0 ? cell : "", n);
}

static void row_clear(struct csv_reader *r)
{
    (void)json_object_clear(r->body);
    r->column = 0;
    r->bad = r->any = false;
}

static void on_row(int end, void *arg)
{
    struct csv_reader *r = arg;
    int err = 0;

    (void)end;
    if (r->err != 0)
        return;
    if (r->row == 0)
        r->columns = r->column;
    else if (r->any)
        err = r->fn(r->row + 1, r->bad ? NULL : r->body, r->bad ? r->row_why : NULL, r->arg);
    row_clear(r);
    if (++r->row > CSV_ROWS_MAX)
        stop(r, EMSGSIZE, "too many rows");
    else if (err)
        stop(r, err, "the reading was stopped");
}

/* The separator, and past a byte-order mark. Returns how many bytes to skip. */
static size_t begin(struct csv_reader *r, const char *bytes, size_t n)
{
    size_t counts[3] = {0}, skip = n >= 3 && memcmp(bytes, "\xef\xbb\xbf", 3) == 0 ? 3 : 0;
    const char separators[] = ",;\t";
    int best = 0;

    for (size_t i = skip; i < n && bytes[i] != '\n'; i++)
        for (int k = 0; k < 3; k++)
            counts[k] += bytes[i] == separators[k];
    for (int k = 1; k < 3; k++)
        if (counts[k] > counts[best])
            best = k;
    csv_set_delim(&r->parser, (unsigned char)separators[best]);
    r->begun = true;
    return skip;
}

int csv_reader_alloc(struct csv_reader **rp, csv_row_fn *fn, void *arg)
{
    struct csv_reader *r = calloc(1, sizeof *r);

    if (r == NULL)
        return ENOMEM;
    r->fn = fn;
    r->arg = arg;
    r->body = json_object();
    if (r->body == NULL || csv_init(&r->parser, CSV_STRICT | CSV_STRICT_FINI) != 0) {
        json_decref(r->body);
        free(r);
        return ENOMEM;
    }
    *rp = r;
    return 0;
}

void csv_reader_free(struct csv_reader *r)
{
    if (r == NULL)
        return;
    csv_free(&r->parser);
    json_decref(r->body);
    free(r);
}

int csv_reader_feed(struct csv_reader *r, const char *bytes, size_t n)
{
    size_t at = r->begun || n == 0 ? 0 : begin(r, bytes, n);

    while (r->err == 0 && at < n) {
        size_t piece = n - at < FEED_MAX ? n - at : FEED_MAX;

        if (csv_parse(&r->parser, bytes + at, piece, on_cell, on_row, r) != piece)
            stop(r, EINVAL, "a quote is not where quotes may be");
        else if (csv_get_buffer_size(&r->parser) > CSV_CELL_MAX + 2 * FEED_MAX)
            stop(r, EMSGSIZE, "a cell is too long");
        at += piece;
    }
    return r->err;
}

int csv_reader_finish(struct csv_reader *r)
{
    if (r->err == 0 && csv_fini(&r->parser, on_cell, on_row, r) != 0)
        stop(r, EINVAL, "the file ends inside quotes");
    if (r->err == 0 && r->row == 0)
        stop(r, EINVAL, "there is no header");
    return r->err;
}

const char *csv_reader_why(const struct csv_reader *r)
{
    return r->why;
}

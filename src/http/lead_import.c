/* lead_import.c - leads of a table: a part of a CSV file with its header is looked at (what is in it, what is wrong) or taken, row by row. The page cuts a large
 * file into parts; every row that is refused is named. */
#include <errno.h>
#include <string.h>

#include "base/clock.h"
#include "base/json.h"
#include "http/http_priv.h"
#include "lead/csv.h"

#include "base/banned.h"

enum { SAMPLE_ROWS = 5, ERRORS_LISTED_MAX = 1000 };

struct import {
    struct request *r;
    const json_t *mapping;     /* column -> field, or null: left out */
    const char *source;
    bool look;                 /* nothing is stored */
    int64_t before;            /* rows of the file in the parts before this one */
    int taken, joined, refused;
    json_t *columns, *sample, *errors;
};

/* --- one row --- */

static void refuse(struct import *im, int row, const char *field, const char *text)
{
    if (json_array_size(im->errors) < ERRORS_LISTED_MAX)
        (void)json_array_append_new(im->errors, json_pack("{s:I,s:s,s:s}", "row", (json_int_t)(im->before + row), "field", field, "text", text));
}

/* The body with its columns renamed as the person said. The caller's reference. */
static json_t *mapped(const struct import *im, json_t *body)
{
    json_t *out = json_object(), *value;
    const char *column;

    json_object_foreach(body, column, value) {
        const json_t *field = json_object_get(im->mapping, column);

        if (field == NULL)
            (void)json_object_set(out, column, value);
        else if (json_is_string(field))
            (void)json_object_set(out, json_string_value(field), value);
    }
    if (json_object_get(out, "source") == NULL)
        jx_set_str(out, "source", im->source);
    return out;
}

static void remember_columns(struct import *im, const json_t *body)
{
    const char *column;
    json_t *value;

    json_object_foreach((json_t *)(uintptr_t)body, column, value)
        if (json_object_get(im->columns, column) == NULL)
            (void)json_object_set_new(im->columns, column, json_true());
    if (json_array_size(im->sample) < SAMPLE_ROWS)
        (void)json_array_append_new(im->sample, json_deep_copy(body)); /* the reader uses its own again */
}

static int take(struct import *im, int row, const json_t *lead)
{
    const struct http *h = im->r->http;
    struct lead_result result;
    int err = im->look ? lead_check(&result, &h->cfg.lead, lead, clock_now_ms()) : lead_intake(&result, h->store, &h->cfg.lead, lead, "import", clock_now_ms());

    if (err)
        return err;
    for (int i = 0; i < result.error_count && i < LEAD_FIELD_ERRORS_MAX; i++)
        refuse(im, row, result.errors[i].field, result.errors[i].text);
    im->refused += result.error_count > 0;
    im->joined += result.error_count == 0 && result.joined;
    im->taken += result.error_count == 0 && !result.joined;
    lead_result_release(&result);
    return 0;
}

static int on_row(int row, json_t *body, const char *why, void *arg)
{
    struct import *im = arg;
    json_t *lead;
    int err;

    if (body == NULL) {
        refuse(im, row, "", why);
        im->refused++;
        return 0;
    }
    remember_columns(im, body);
    lead = mapped(im, body);
    err = lead == NULL ? ENOMEM : take(im, row, lead);
    json_decref(lead);
    return err;
}

/* --- the part --- */

static int read_part(struct import *im, const char *csv)
{
    struct csv_reader *reader;
    int err = csv_reader_alloc(&reader, on_row, im);

    if (err)
        return err;
    err = csv_reader_feed(reader, csv, strlen(csv));
    if (!err)
        err = csv_reader_finish(reader);
    if (err == EINVAL || err == EMSGSIZE) {
        request_wrong(im->r, "csv", csv_reader_why(reader));
        err = 0;
    }
    csv_reader_free(reader);
    return err;
}

static int answer(struct import *im)
{
    json_t *columns = json_array(), *value;
    const char *column;

    json_object_foreach(im->columns, column, value)
        (void)json_array_append_new(columns, json_string(column));
    return reply_json(im->r, MHD_HTTP_OK, json_pack("{s:i,s:i,s:i,s:o,s:O,s:O}", "taken", im->taken, "joined", im->joined, "refused", im->refused, "columns", columns, "sample", im->sample,
                                                    "errors", im->errors));
}

static void check_mapping(struct request *r, const json_t *mapping)
{
    const char *column;
    json_t *field;
    bool wrong = mapping != NULL && (!json_is_object(mapping) || json_object_size(mapping) > CSV_COLUMNS_MAX);

    json_object_foreach((json_t *)(uintptr_t)mapping, column, field)
        wrong |= !json_is_null(field) && !json_is_string(field);
    if (wrong)
        request_wrong(r, "mapping", "must name a field, or null, for each column");
}

int lead_import_post(struct request *r)
{
    const json_t *look = json_object_get(r->json, "dry_run"), *before = json_object_get(r->json, "rows_before");
    const char *csv = request_text(r, "csv", HTTP_BODY_MAX, true), *source = request_text(r, "source", 64, false);
    struct import im = {.r = r, .mapping = json_object_get(r->json, "mapping"), .source = source != NULL ? source : "import", .look = json_is_true(look)};
    int err;

    check_mapping(r, im.mapping);
    if (look != NULL && !json_is_boolean(look))
        request_wrong(r, "dry_run", "must be true or false");
    if (before != NULL && (!json_is_integer(before) || json_integer_value(before) < 0 || json_integer_value(before) > CSV_ROWS_MAX))
        request_wrong(r, "rows_before", "must be a whole number from 0 to 1000000");
    if (r->errors != NULL)
        return 0;
    im.before = json_is_integer(before) ? json_integer_value(before) : 0;
    im.columns = json_object();
    im.sample = json_array();
    im.errors = json_array();
    err = read_part(&im, csv);
    if (!err && !im.look && im.taken + im.joined > 0 && r->http->ports.leads_changed != NULL)
        r->http->ports.leads_changed(r->http->ports.arg);
    if (!err && r->errors == NULL)
        err = answer(&im);
    json_decref(im.columns);
    json_decref(im.sample);
    json_decref(im.errors);
    return err;
}

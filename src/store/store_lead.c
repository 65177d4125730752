/* store_lead.c - leads and what was submitted for them. */
#include <errno.h>
#include <string.h>

#include "base/json.h"
#include "base/text.h"
#include "store/entities.h"
#include "store/store_priv.h"

#include "base/banned.h"

#define LEAD_COLUMNS                                                                                                             \
    "l.id, l.phone, l.first_name, l.last_name, l.company, l.title, l.email, l.source, l.product, l.region, l.segment, l.partner," \
    " l.message, l.external_id, l.owner_closer_id, l.zones AS zones_json, l.state, l.score, l.bucket, l.summary, l.last_call_id,"  \
    " l.created_at, l.updated_at"

int lead_insert(struct tx *tx, const struct lead_row *r)
{
    return tx_exec(tx,
                   "INSERT INTO lead (id, phone, first_name, last_name, company, title, email, source, product, region, segment, partner, message,"
                   " external_id, owner_closer_id, zones, state, created_at, updated_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                   "sssssssssssssssjsii", r->id, r->phone, r->first_name, r->last_name, r->company, r->title, r->email, r->source, r->product, r->region,
                   r->segment, r->partner, r->message, r->external_id, r->owner_closer_id, r->zones, r->state, r->created_at, r->created_at);
}

int lead_get(struct tx *tx, const char *id, json_t **row)
{
    return tx_query_one(tx, row, "SELECT " LEAD_COLUMNS " FROM lead l WHERE l.id = ?", "s", id);
}

int lead_get_by_phone(struct tx *tx, const char *phone, int64_t since, json_t **row)
{
    return tx_query_one(tx, row, "SELECT " LEAD_COLUMNS " FROM lead l WHERE l.phone = ? AND l.created_at >= ? ORDER BY l.created_at DESC LIMIT 1", "si", phone,
                        since);
}

int lead_get_by_external(struct tx *tx, const char *source, const char *external_id, json_t **row)
{
    return tx_query_one(tx, row, "SELECT " LEAD_COLUMNS " FROM lead l WHERE l.source = ? AND l.external_id = ? ORDER BY l.created_at DESC LIMIT 1", "ss", source,
                        external_id);
}

static const char *const lead_columns[] = {"first_name", "last_name", "company", "title", "email", "product", "region", "segment", "partner", "message",
                                           "external_id", "owner_closer_id", "zones", "state", "score", "bucket", "summary", "last_call_id", NULL};

int lead_update(struct tx *tx, const char *id, const json_t *columns, int64_t now_ms)
{
    int err = row_update(tx, "lead", lead_columns, id, columns);

    return err ? err : tx_exec(tx, "UPDATE lead SET updated_at = ? WHERE id = ?", "is", now_ms, id);
}

int lead_set_state(struct tx *tx, const char *id, const char *state, int64_t now_ms)
{
    int64_t n = 0;
    int err = tx_exec_count(tx, &n, "UPDATE lead SET state = ?, updated_at = ? WHERE id = ?", "sis", state, now_ms, id);

    return err ? err : n == 0 ? ENOENT : 0;
}

/* The digits of a search text, as a pattern for the number; "" when it holds fewer than three. */
static void digits_pattern(char *out, size_t size, const char *search)
{
    size_t n = 1;

    out[0] = '%';
    for (; *search != '\0' && n + 2 < size; search++)
        if (*search >= '0' && *search <= '9')
            out[n++] = *search;
    out[n] = '%';
    out[n + 1] = '\0';
    if (n < 4)
        out[0] = '\0';
}

/* The cursor as one comparison, so that a page deep down begins at its row. */
#define LEAD_FILTER                                                                                                            \
    " WHERE l.id < coalesce(?, '~') AND (? IS NULL OR l.state = ?) AND (? IS NULL OR l.bucket = ?) AND (? IS NULL OR l.source = ?)" \
    " AND (? IS NULL OR l.phone = ?) AND (? IS NULL OR l.owner_closer_id = ?)"
#define LEAD_SEARCH                                                                                                              \
    " AND (coalesce(l.first_name, '') || ' ' || coalesce(l.last_name, '') || ' ' || coalesce(l.company, '') || ' ' || coalesce(l.email, '')" \
    " LIKE ? ESCAPE '\\' OR l.phone LIKE ?)"
#define LEAD_FILTER_ARGS(f) (f)->cursor, (f)->state, (f)->state, (f)->bucket, (f)->bucket, (f)->source, (f)->source, (f)->phone, (f)->phone, (f)->owner, (f)->owner

int lead_page(struct tx *tx, const struct lead_filter *f, json_t **rows, char next[PAGE_CURSOR_MAX])
{
    char words[SEARCH_MAX * 2 + 3], digits[SEARCH_MAX];
    int64_t limit = page_limit(f->limit);
    int err;

    if (f->search != NULL && f->search[0] != '\0') {
        like_pattern(words, sizeof words, f->search);
        digits_pattern(digits, sizeof digits, f->search);
        err = tx_query(tx, rows, "SELECT " LEAD_COLUMNS " FROM lead l" LEAD_FILTER LEAD_SEARCH " ORDER BY l.id DESC LIMIT ?", "sssssssssssssi",
                       LEAD_FILTER_ARGS(f), words, digits, limit + 1);
    } else {
        err = tx_query(tx, rows, "SELECT " LEAD_COLUMNS " FROM lead l" LEAD_FILTER " ORDER BY l.id DESC LIMIT ?", "sssssssssssi", LEAD_FILTER_ARGS(f),
                       limit + 1);
    }
    if (!err)
        page_cut(*rows, limit, next);
    return err;
}

int lead_count(struct tx *tx, const struct lead_filter *f, int64_t *n)
{
    char words[SEARCH_MAX * 2 + 3], digits[SEARCH_MAX];
    struct lead_filter all = *f;

    all.cursor = NULL;
    if (f->search == NULL || f->search[0] == '\0')
        return tx_query_int(tx, n, "SELECT count(*) FROM lead l" LEAD_FILTER, "sssssssssss", LEAD_FILTER_ARGS(&all));
    like_pattern(words, sizeof words, f->search);
    digits_pattern(digits, sizeof digits, f->search);
    return tx_query_int(tx, n, "SELECT count(*) FROM lead l" LEAD_FILTER LEAD_SEARCH, "sssssssssssss", LEAD_FILTER_ARGS(&all), words, digits);
}

int lead_count_by_state(struct tx *tx, json_t **counts)
{
    json_t *rows, *row, *out;
    size_t i;
    int err = tx_query(tx, &rows, "SELECT state, count(*) AS n FROM lead GROUP BY state ORDER BY state", "");

    if (err)
        return err;
    out = json_object();
    json_array_foreach(rows, i, row)
        err |= jx_set_int(out, jx_str(row, "state", ""), jx_int(row, "n", 0));
    json_decref(rows);
    if (err)
        json_decref(out);
    else
        *counts = out;
    return err;
}

int submission_insert(struct tx *tx, const struct submission_row *r)
{
    return tx_exec(tx, "INSERT INTO submission (id, lead_id, channel, joined, body, created_at) VALUES (?, ?, ?, ?, ?, ?)", "sssiji", r->id, r->lead_id,
                   r->channel, (int64_t)r->joined, r->body, r->created_at);
}

int submission_list(struct tx *tx, const char *lead_id, json_t **rows)
{
    return tx_query(tx, rows, "SELECT id, lead_id, channel, joined, body AS body_json, created_at FROM submission WHERE lead_id = ? ORDER BY id", "s", lead_id);
}

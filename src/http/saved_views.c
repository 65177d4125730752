/* saved_views.c - filters under a name: each person's own. */
#include <errno.h>
#include <string.h>

#include "base/clock.h"
#include "base/json.h"
#include "http/http_priv.h"
#include "store/entities.h"

#include "base/banned.h"

enum { VIEWS_MAX = 50 };

struct saved { const char *user_id, *id, *name; const json_t *query; char new_id[ID_MAX]; json_t *rows; };

static int read_views(struct tx *tx, void *arg)
{
    struct saved *s = arg;

    return saved_view_list(tx, s->user_id, &s->rows);
}

int views_get(struct request *r)
{
    struct saved s = {.user_id = r->who.user_id};
    int err = store_read(r->http->store, read_views, &s);

    return err ? err : reply_page(r, s.rows, NULL);
}

static int put_view(struct tx *tx, void *arg)
{
    struct saved *s = arg;
    json_t *rows;
    size_t count;
    int err = saved_view_list(tx, s->user_id, &rows);

    if (err)
        return err;
    count = json_array_size(rows);
    json_decref(rows);
    return count >= VIEWS_MAX ? ENOSPC : saved_view_put(tx, id_new(s->new_id, clock_now_ms()), s->user_id, s->name, s->query, clock_now_ms());
}

int views_post(struct request *r)
{
    struct saved s = {.user_id = r->who.user_id, .name = request_text(r, "name", 60, true), .query = json_object_get(r->json, "query")};
    int err;

    if (!json_is_object(s.query) || json_object_size(s.query) > 16)
        request_wrong(r, "query", "must be an object of filters");
    if (r->errors != NULL)
        return 0;
    err = store_run(r->http->store, put_view, &s);
    if (err == ENOSPC)
        return reply_problem(r, MHD_HTTP_CONFLICT, "Fifty views are enough: remove one first.");
    return err ? err : reply_json(r, MHD_HTTP_CREATED, json_pack("{s:s,s:s,s:O}", "id", s.new_id, "name", s.name, "query", s.query));
}

static int drop_view(struct tx *tx, void *arg)
{
    const struct saved *s = arg;

    return saved_view_delete(tx, s->user_id, s->id);
}

int view_delete(struct request *r)
{
    struct saved s = {.user_id = r->who.user_id, .id = r->id};
    int err = store_run(r->http->store, drop_view, &s);

    return err ? err : reply_empty(r);
}

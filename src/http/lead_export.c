/* lead_export.c - the leads that fit the filters as a CSV file: written page by page into a file without a name, which goes out as the reply. */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/json.h"
#include "base/text.h"
#include "http/http_priv.h"
#include "lead/csv.h"
#include "store/entities.h"

#include "base/banned.h"

enum { EXPORT_ROWS_MAX = 200000 };

struct export { struct lead_filter filter; FILE *file; int rows; };

static int write_page(struct export *e, const json_t *rows)
{
    const json_t *row;
    size_t i;
    int err = 0;

    json_array_foreach(rows, i, row) {
        if (!err)
            err = csv_write_lead(e->file, row);
        e->rows++;
    }
    return err;
}

/* All pages on one view of the database. */
static int write_all(struct tx *tx, void *arg)
{
    struct export *e = arg;
    char next[PAGE_CURSOR_MAX] = "", cursor[PAGE_CURSOR_MAX];
    json_t *rows;
    int err = csv_write_header(e->file);

    do {
        (void)text_copy(cursor, sizeof cursor, next);
        e->filter.cursor = cursor[0] != '\0' ? cursor : NULL;
        if (!err)
            err = lead_page(tx, &e->filter, &rows, next);
        if (err)
            return err;
        err = write_page(e, rows);
        json_decref(rows);
    } while (!err && next[0] != '\0' && e->rows < EXPORT_ROWS_MAX);
    return err;
}

static int reply_file(struct request *r, FILE *file)
{
    long size = fflush(file) == 0 ? ftell(file) : -1;
    int fd = size >= 0 ? dup(fileno(file)) : -1;

    if (fd < 0)
        return EIO;
    r->response = MHD_create_response_from_fd64((uint64_t)size, fd); /* takes fd */
    if (r->response == NULL) {
        (void)close(fd);
        return ENOMEM;
    }
    (void)MHD_add_response_header(r->response, MHD_HTTP_HEADER_CONTENT_TYPE, "text/csv; charset=utf-8");
    (void)MHD_add_response_header(r->response, MHD_HTTP_HEADER_CONTENT_DISPOSITION, "attachment; filename=\"leads.csv\"");
    r->status = MHD_HTTP_OK;
    return 0;
}

int lead_export_get(struct request *r)
{
    struct export e = {.filter = {.state = request_query(r, "state"), .bucket = request_query(r, "bucket"), .source = request_query(r, "source"), .owner = request_query(r, "owner"),
                                  .search = request_query(r, "q"), .limit = PAGE_LIMIT_MAX},
                       .file = tmpfile()};
    int err = e.file == NULL ? errno : store_read(r->http->store, write_all, &e);

    if (!err)
        err = reply_file(r, e.file);
    if (e.file != NULL)
        (void)fclose(e.file);
    return err;
}

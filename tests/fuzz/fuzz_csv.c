/* Any bytes as a CSV file: read in pieces of a size that the first byte decides, each row checked as a lead. */
#include <jansson.h>
#include <stddef.h>
#include <stdint.h>

#include "lead/csv.h"
#include "lead/lead_priv.h"

#include "base/banned.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static int on_row(int row, json_t *body, const char *why, void *arg)
{
    struct lead_result out = {0};
    struct intake in;

    (void)row;
    (void)why;
    (void)arg;
    if (body == NULL)
        return 0;
    (void)intake_check(&in, &out, body, "US", 1768410000000);
    intake_release(&in);
    return 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    size_t piece = size > 0 ? 1 + data[0] * 16u : 1;
    struct csv_reader *r;
    int err;

    if (csv_reader_alloc(&r, on_row, NULL) != 0)
        return 0;
    err = 0;
    for (size_t at = 0; !err && at < size; at += piece)
        err = csv_reader_feed(r, (const char *)data + at, size - at < piece ? size - at : piece);
    if (!err)
        (void)csv_reader_finish(r);
    csv_reader_free(r);
    return 0;
}

/* The body of an intake request from outside: parsed as the server does, checked and stored. */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include "base/json.h"
#include "lead/lead.h"
#include "store/store.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static struct store *open_store(void)
{
    struct store *s;
    char why[100];

    if (store_open(&s, "sqlite::memory:", why, sizeof why) != 0)
        abort();
    return s;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct store *store;
    struct lead_config cfg = {.default_region = "US", .join_window_ms = 86400000, .policy = gate_policy_default};
    struct lead_result result;
    json_t *body = NULL;
    char why[160];

    if (store == NULL)
        store = open_store();
    if (jx_parse(&body, (const char *)data, size, LEAD_BODY_MAX, why, sizeof why) != 0)
        return 0;
    if (json_is_object(body) && lead_intake(&result, store, &cfg, body, "api", INT64_C(1768410000000)) == 0)
        lead_result_release(&result);
    json_decref(body);
    return 0;
}

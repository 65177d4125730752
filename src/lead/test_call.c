/* test_call.c - who talks in a test call: one lead a user, marked by its source. It has no number, is never dialled, and counts in no figure. */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "base/id.h"
#include "base/json.h"
#include "lead/lead.h"
#include "store/entities.h"

#include "base/banned.h"

static int insert(struct tx *tx, json_t **row, const char *external_id, const char *name, int64_t now_ms)
{
    char id[ID_MAX];
    json_t *zones = json_array();
    int err = zones == NULL ? ENOMEM
                            : lead_insert(tx, &(struct lead_row){.id = id_new(id, now_ms), .phone = "", .first_name = name, .source = LEAD_SOURCE_TEST, .external_id = external_id,
                                                                 .state = "closed", .zones = zones, .created_at = now_ms});

    json_decref(zones);
    return err ? err : lead_get(tx, id, row);
}

int lead_test_get(struct tx *tx, json_t **row, const char *user_id, const char *name, int64_t now_ms)
{
    char external_id[48];
    int err;

    snprintf(external_id, sizeof external_id, "user:%s", user_id);
    err = lead_get_by_external(tx, LEAD_SOURCE_TEST, external_id, row);
    return err == ENOENT ? insert(tx, row, external_id, name, now_ms) : err;
}

bool lead_is_test(const json_t *lead)
{
    return strcmp(jx_str(lead, "source", ""), LEAD_SOURCE_TEST) == 0;
}

/* Any bytes as the body of a lead: parsed as the API does, every field checked. */
#include <jansson.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "lead/lead_priv.h"

#include "base/banned.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct lead_result out = {0};
    struct intake in;
    json_t *body;
    char why[160];

    if (jx_parse(&body, (const char *)data, size, LEAD_BODY_MAX, why, sizeof why) != 0)
        return 0;
    if (intake_check(&in, &out, body, "US", 1768410000000) == 0 && out.error_count == 0 && in.phone[0] != '+')
        abort(); /* without an error there is a number */
    intake_release(&in);
    json_decref(body);
    return 0;
}

/* retry.c - the rule of retries, one row an outcome. */
#include <string.h>

#include "lead/lead.h"

#include "base/banned.h"

#define MINUTE_MS INT64_C(60000)
#define HOUR_MS (60 * MINUTE_MS)

struct retry_rule { const char *outcome; int64_t delay_ms; };

/* What is not listed is final: the number does not exist, the person said no, or the talk reached its end. `recovered` is
 * ours: the program died while the call was under way (lead/recover.c). */
static const struct retry_rule rules[] = {
    {"busy", 10 * MINUTE_MS},      {"no_answer", 2 * HOUR_MS},    {"congestion", 2 * MINUTE_MS}, {"unreachable", 2 * MINUTE_MS},
    {"media_failed", 10 * MINUTE_MS}, {"auth_failed", 10 * MINUTE_MS}, {"cancelled", 2 * MINUTE_MS}, {"rejected", 24 * HOUR_MS},
    {"voicemail_full", 4 * HOUR_MS}, {"ivr", 24 * HOUR_MS},
    {"voicemail", 4 * HOUR_MS},    {"screening", 4 * HOUR_MS},    {"hung_up", 4 * HOUR_MS},      {"no_response", 2 * HOUR_MS},
    {"gatekeeper", 24 * HOUR_MS},  {"recovered", 5 * MINUTE_MS},
};

int64_t retry_delay_ms(const char *outcome, int number, int attempts_max)
{
    if (number >= attempts_max)
        return -1;
    for (size_t i = 0; i < sizeof rules / sizeof rules[0]; i++)
        if (strcmp(rules[i].outcome, outcome) == 0)
            return rules[i].delay_ms;
    return -1;
}

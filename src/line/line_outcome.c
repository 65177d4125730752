/* line_outcome.c - what a final SIP code means for a call, in one table (RFC 3261 section 21, RFC 8197, RFC 8688). */
#include "line/line.h"

#include "base/banned.h"

struct code_range {
    int first, last;
    enum leg_outcome outcome;
};

/* The first range that holds the code wins: the single codes come before the classes they belong to. A code that tells of a
 * fault between the two machines, not of a decision about the call, counts as unreachable. */
static const struct code_range code_table[] = {
    {200, 299, LEG_COMPLETED},
    {401, 401, LEG_AUTH_FAILED},
    {402, 402, LEG_CONGESTION}, /* the account with the carrier is empty: nobody can be reached for now */
    {403, 403, LEG_REJECTED},
    {404, 404, LEG_UNALLOCATED},
    {407, 407, LEG_AUTH_FAILED},
    {408, 408, LEG_NO_ANSWER},
    {410, 410, LEG_UNALLOCATED},
    {415, 415, LEG_MEDIA_FAILED},
    {428, 428, LEG_REJECTED}, /* caller identity wanted */
    {429, 429, LEG_CONGESTION},
    {433, 433, LEG_REJECTED}, /* anonymity disallowed */
    {480, 480, LEG_NO_ANSWER},
    {484, 485, LEG_UNALLOCATED},
    {486, 486, LEG_BUSY},
    {487, 487, LEG_NO_ANSWER},
    {488, 488, LEG_MEDIA_FAILED},
    {400, 499, LEG_UNREACHABLE},
    {500, 599, LEG_CONGESTION},
    {600, 600, LEG_BUSY},
    {603, 603, LEG_REJECTED},
    {604, 604, LEG_UNALLOCATED},
    {606, 606, LEG_MEDIA_FAILED},
    {600, 699, LEG_REJECTED},
};

enum leg_outcome leg_outcome_from_code(int sip_code)
{
    for (size_t i = 0; i < sizeof code_table / sizeof code_table[0]; i++) {
        const struct code_range *r = &code_table[i];

        if (sip_code >= r->first && sip_code <= r->last)
            return r->outcome;
    }
    return LEG_UNREACHABLE; /* no code, a redirection that led nowhere, or nonsense */
}

const char *leg_outcome_name(enum leg_outcome o)
{
    switch (o) {
    case LEG_COMPLETED:
        return "completed";
    case LEG_BUSY:
        return "busy";
    case LEG_NO_ANSWER:
        return "no_answer";
    case LEG_REJECTED:
        return "rejected";
    case LEG_UNALLOCATED:
        return "unallocated";
    case LEG_CONGESTION:
        return "congestion";
    case LEG_MEDIA_FAILED:
        return "media_failed";
    case LEG_UNREACHABLE:
        return "unreachable";
    case LEG_CANCELLED:
        return "cancelled";
    case LEG_AUTH_FAILED:
        return "auth_failed";
    }
    return "unknown";
}

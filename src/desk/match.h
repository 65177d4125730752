/* match.h - how well a closer fits a prospect. Pure. */
#ifndef BATON_DESK_MATCH_H
#define BATON_DESK_MATCH_H

#include <jansson.h>
#include <stdbool.h>

/* What is known of the prospect; each may be NULL or empty. */
struct match_need { const char *language, *segment, *territory, *product, *source; };

struct match {
    bool foreign;   /* speaks other languages only: is not asked at all */
    int points;     /* segment 4, territory 2, a skill that is the product or the source 1 each */
};

/* profile: {"languages", "segments", "territories": [words]}, each may be missing: fits everything, without points. "es" is spoken by who speaks "es-MX". */
void match_closer(struct match *out, const struct match_need *need, const json_t *profile, const json_t *skills);

#endif

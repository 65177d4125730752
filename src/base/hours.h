/* hours.h - somebody's working week: from and to of each weekday, in their zone. */
#ifndef BATON_BASE_HOURS_H
#define BATON_BASE_HOURS_H

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct hours {
    bool always;                                /* no hours were given: works whenever they say that they are there */
    char zone[48];                              /* IANA */
    struct { int from_min, to_min; } day[7];    /* 0 = Sunday; minutes of the local day; from == to: free */
};

/* {"zone": "America/New_York", "week": {"mon": ["09:00", "17:30"], ...}}; days that are missing are free. NULL or null: always. On EINVAL `why` says what is wrong. */
int hours_read(struct hours *h, const json_t *j, char *why, size_t why_size);

/* Reads the system's zone files. A zone that is unknown counts as UTC. */
bool hours_open(const struct hours *h, int64_t utc_ms);

/* The instant nearest to `wanted` at which they work: itself; or the end of a working time before it, if that is still at least 5 minutes after `now`; or the next
 * beginning within a fortnight; or `wanted` when they never work. */
int64_t hours_fit(const struct hours *h, int64_t now_ms, int64_t wanted_ms);

#endif

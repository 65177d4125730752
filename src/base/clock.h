/* clock.h - the two clocks of the house.
 *
 * Instants that are stored or shown are UTC milliseconds since 1970 (clock_now_ms). Intervals and
 * latencies are measured with the monotonic clock (clock_mono_us). Code that must run on a fake clock
 * takes `now` as a value; nothing in talk/, route/ or the gate calls these. */
#ifndef BATON_BASE_CLOCK_H
#define BATON_BASE_CLOCK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

int64_t clock_now_ms(void);
int64_t clock_mono_us(void);

enum { CLOCK_RFC3339_MAX = 32 };

/* "2026-03-11T10:00:00.000Z" into out; returns out. */
const char *clock_rfc3339(char out[CLOCK_RFC3339_MAX], int64_t utc_ms);

/* Parses RFC 3339 with zone ("Z" or +hh:mm; fraction optional; seconds may be missing; without zone UTC is
 * taken). 0 or EINVAL. */
int clock_parse(int64_t *utc_ms, const char *text);

/* The same, and the zone as it was written, in seconds east of UTC. */
int clock_parse_zoned(int64_t *utc_ms, int *offset_s, const char *text);

/* Civil (proleptic Gregorian) arithmetic without any zone, for pure code. Days since 1970-01-01. */
int64_t clock_days_from_civil(int year, int month, int day);
void clock_civil_from_days(int64_t days, int *year, int *month, int *day);
int clock_weekday(int64_t days); /* 0 = Sunday */

/* Offset from UTC of an IANA zone at an instant, in seconds; ENOENT for a zone the system does not know.
 * Reads the system's time zone files: not for the pure rooms, which are handed offsets. */
int clock_zone_offset(int *offset_s, const char *iana_zone, int64_t utc_ms);

#endif

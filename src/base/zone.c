/* zone.c - offsets of IANA zones by libical, which reads the system's zone files. Its tables are filled
 * lazily and shared, so one lock guards them; an offset costs microseconds once the zone was seen. */
#include <errno.h>
#include <libical/ical.h>
#include <pthread.h>

#include "base/clock.h"

#include "base/banned.h"

static pthread_mutex_t zone_lock = PTHREAD_MUTEX_INITIALIZER;

static struct icaltimetype utc_fields(int64_t utc_ms)
{
    int64_t days = utc_ms / 86400000 - (utc_ms % 86400000 < 0), ms = utc_ms - days * 86400000;
    struct icaltimetype t = icaltime_null_time();

    clock_civil_from_days(days, &t.year, &t.month, &t.day);
    t.hour = (int)(ms / 3600000);
    t.minute = (int)(ms / 60000 % 60);
    t.second = (int)(ms / 1000 % 60);
    t.zone = icaltimezone_get_utc_timezone();
    return t;
}

int clock_zone_offset(int *offset_s, const char *iana_zone, int64_t utc_ms)
{
    struct icaltimetype t = utc_fields(utc_ms);
    icaltimezone *zone;
    int dst, offset = 0;

    pthread_mutex_lock(&zone_lock);
    zone = icaltimezone_get_builtin_timezone(iana_zone);
    if (zone != NULL)
        offset = icaltimezone_get_utc_offset_of_utc_time(zone, &t, &dst);
    pthread_mutex_unlock(&zone_lock);
    if (zone == NULL)
        return ENOENT;
    *offset_s = offset;
    return 0;
}

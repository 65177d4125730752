/* phone_zones.c - where a number may be: the longest prefix of the table decides.
 *
 * Debian's libphonenumber comes without its time-zone mapper, so the table is made from the same data by
 * scripts/phone_zones.py, widened to the zones of the whole state. A number of country code 1 whose area code has no row
 * (800, 900, 500 ...) has no place: 0 zones, which the gate refuses as unknown. */
#include <string.h>

#include "base/text.h"
#include "lead/phone.h"
#include "lead/phone_zones_priv.h"

#include "base/banned.h"

enum { PREFIX_MAX = 4 };

static const struct phone_zone_row *find(const char *prefix)
{
    size_t low = 0, high = phone_zone_row_count;

    while (low < high) {
        size_t mid = (low + high) / 2;
        int order = strcmp(prefix, phone_zone_rows[mid].prefix);

        if (order == 0)
            return &phone_zone_rows[mid];
        if (order < 0)
            high = mid;
        else
            low = mid + 1;
    }
    return NULL;
}

int phone_zones(char zones[][PHONE_ZONE_NAME_MAX], int max, const char *e164)
{
    const struct phone_zone_row *row = NULL;
    char prefix[PREFIX_MAX + 1];
    int count = 0;

    if (e164[0] != '+')
        return 0;
    for (int n = PREFIX_MAX; n > 0 && row == NULL; n--) {
        (void)text_copy(prefix, (size_t)n + 1, e164 + 1);
        row = find(prefix);
    }
    for (int i = 0; row != NULL && row->zones[i] != PHONE_ZONE_END && count < max; i++)
        (void)text_copy(zones[count++], PHONE_ZONE_NAME_MAX, phone_zone_names[row->zones[i]]);
    return count;
}

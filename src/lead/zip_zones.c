/* zip_zones.c - the zones of a ZIP code's state, as far as a lead gives one. The first three digits name a state (USPS Publication 65, three-digit prefixes); states
 * in one zone that neighbour each other share a row. */
#include <errno.h>
#include <string.h>

#include "lead/lead_priv.h"

#include "base/banned.h"

#define EASTERN "America/New_York"
#define CENTRAL "America/Chicago"
#define MOUNTAIN "America/Denver"
#define PACIFIC "America/Los_Angeles"

struct zip_row { int from, to; const char *zones[3]; };

static const struct zip_row rows[] = {
    {5, 5, {EASTERN}},                       /* NY */
    {6, 9, {"America/Puerto_Rico"}},         /* PR, VI; 008 */
    {10, 319, {EASTERN}},                    /* MA ... GA */
    {320, 349, {EASTERN, CENTRAL}},          /* FL */
    {350, 369, {CENTRAL, EASTERN}},          /* AL */
    {370, 385, {EASTERN, CENTRAL}},          /* TN */
    {386, 397, {CENTRAL}},                   /* MS */
    {398, 399, {EASTERN}},                   /* GA */
    {400, 427, {EASTERN, CENTRAL}},          /* KY */
    {430, 459, {EASTERN}},                   /* OH */
    {460, 479, {"America/Indiana/Indianapolis", EASTERN, CENTRAL}},
    {480, 499, {"America/Detroit", CENTRAL}},
    {500, 567, {CENTRAL}},                   /* IA WI MN */
    {570, 588, {CENTRAL, MOUNTAIN}},         /* SD ND */
    {590, 599, {MOUNTAIN}},                  /* MT */
    {600, 658, {CENTRAL}},                   /* IL MO */
    {660, 693, {CENTRAL, MOUNTAIN}},         /* KS NE */
    {700, 749, {CENTRAL}},                   /* LA AR OK */
    {750, 799, {CENTRAL, MOUNTAIN}},         /* TX */
    {800, 831, {MOUNTAIN}},                  /* CO WY */
    {832, 838, {"America/Boise", MOUNTAIN, PACIFIC}},
    {840, 847, {MOUNTAIN}},                  /* UT */
    {850, 865, {"America/Phoenix", MOUNTAIN}},
    {870, 884, {MOUNTAIN}},                  /* NM */
    {885, 885, {CENTRAL, MOUNTAIN}},         /* TX, El Paso */
    {889, 898, {PACIFIC, MOUNTAIN}},         /* NV */
    {900, 961, {PACIFIC}},                   /* CA */
    {967, 968, {"Pacific/Honolulu"}},
    {969, 969, {"Pacific/Guam"}},
    {970, 979, {PACIFIC, "America/Boise"}},  /* OR */
    {980, 994, {PACIFIC}},                   /* WA */
    {995, 999, {"America/Anchorage", "America/Adak", "America/Juneau"}},
};

int zones_add(json_t *zones, const char *name)
{
    const json_t *zone;
    size_t i;

    json_array_foreach(zones, i, zone)
        if (strcmp(json_string_value(zone), name) == 0)
            return 0;
    return json_array_append_new(zones, json_string(name)) ? ENOMEM : 0;
}

int zip_zones_add(json_t *zones, const char *zip)
{
    int prefix, err = 0;

    if (strspn(zip, "0123456789") != 5 || (zip[5] != '\0' && zip[5] != '-'))
        return 0; /* of another country */
    prefix = (zip[0] - '0') * 100 + (zip[1] - '0') * 10 + (zip[2] - '0');
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        for (int k = 0; !err && k < 3 && prefix >= rows[i].from && prefix <= rows[i].to && rows[i].zones[k] != NULL; k++)
            err = zones_add(zones, rows[i].zones[k]);
    return err;
}

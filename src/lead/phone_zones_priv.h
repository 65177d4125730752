/* phone_zones_priv.h - the table behind phone_zones (lead.h). */
#ifndef BATON_LEAD_PHONE_ZONES_PRIV_H
#define BATON_LEAD_PHONE_ZONES_PRIV_H

#include <stddef.h>

enum { PHONE_ZONE_END = 0xffff };

struct phone_zone_row { const char *prefix; const unsigned short *zones; };

extern const char *const phone_zone_names[];
extern const struct phone_zone_row phone_zone_rows[];
extern const size_t phone_zone_row_count;

#endif

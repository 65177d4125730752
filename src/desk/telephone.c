/* telephone.c - a closer's telephone that registers with us. Whoever counts on one that is not registered is away, and available again when it is: the timer and
 * the rule are those of browsers (phone.c). */
#include <ctype.h>
#include <string.h>

#include <sodium.h>

#include "base/json.h"
#include "base/log.h"
#include "base/text.h"
#include "desk/desk_priv.h"

#include "base/banned.h"

#define PREFIX "phone:"

void closer_take_telephone(struct closer *c, const json_t *row)
{
    const char *ha1 = jx_str(row, "telephone_ha1", "");
    size_t n = 0;

    (void)text_copy(c->telephone_user, sizeof c->telephone_user, jx_str(row, "telephone_user", ""));
    if (sodium_hex2bin(c->telephone_ha1, sizeof c->telephone_ha1, ha1, strlen(ha1), NULL, &n, NULL) != 0 || n != sizeof c->telephone_ha1)
        c->telephone_user[0] = '\0';
}

bool closer_has_telephone(const struct closer *c)
{
    return text_starts(c->sip_uri, PREFIX);
}

bool closer_has_number(const struct closer *c)
{
    return c->sip_uri[0] == '+' || isdigit((unsigned char)c->sip_uri[0]);
}

bool closer_telephone_registered(const struct closer *c)
{
    return closer_has_telephone(c) && line_phone_registered(c->desk->line, c->sip_uri + strlen(PREFIX));
}

static struct closer *closer_of(struct desk *d, const char *user)
{
    for (int i = 0; i < d->closer_count; i++)
        if (!d->closers[i].gone && user[0] != '\0' && strcmp(d->closers[i].telephone_user, user) == 0)
            return &d->closers[i];
    return NULL;
}

bool desk_telephone_known(const char *user, uint8_t ha1[LINE_PHONE_HA1], void *arg)
{
    const struct closer *c = closer_of(arg, user);

    if (c != NULL)
        memcpy(ha1, c->telephone_ha1, LINE_PHONE_HA1);
    return c != NULL;
}

void desk_telephone_changed(const char *user, bool registered, void *arg)
{
    struct closer *c = closer_of(arg, user);

    if (c == NULL)
        return;
    log_info("desk", "", "telephone of closer %s is %s", c->id, registered ? "registered" : "not registered any more");
    if (registered && c->away_unplugged)
        closer_set_presence(c, PRESENCE_AVAILABLE, NULL, NULL);
    closer_watch_phone(c);
}

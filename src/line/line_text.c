/* line_text.c - what may go into a SIP header line. Text from outside never brings its own line ends, quotes or brackets. */
#include <errno.h>
#include <string.h>

#include "line/line_priv.h"

#include "base/banned.h"

enum { NUMBER_MAX = 32 };

bool line_number_ok(const char *s)
{
    size_t digits;

    if (s == NULL)
        return false;
    if (*s == '+')
        s++;
    digits = strspn(s, "0123456789*#");
    return digits > 0 && digits <= NUMBER_MAX && s[digits] == '\0';
}

bool line_token_ok(const char *s)
{
    if (s == NULL || *s == '\0')
        return false;
    for (; *s != '\0'; s++)
        if ((unsigned char)*s <= ' ' || *s == 127 || strchr("\"<>\\", *s) != NULL)
            return false;
    return true;
}

void line_host_settle(struct uri *u)
{
    if (pl_strcasecmp(&u->host, "localhost") == 0)
        pl_set_str(&u->host, "127.0.0.1");
}

/* "sip:carrier.example:5070;transport=tcp" with the user "+1415" becomes "sip:+1415@carrier.example:5070;transport=tcp". */
int line_uri_with_user(char *out, size_t size, const char *user, const char *uri)
{
    struct uri u;
    struct pl text, userpl;

    pl_set_str(&text, uri);
    pl_set_str(&userpl, user);
    if (!line_token_ok(uri) || uri_decode(&u, &text) != 0 || pl_strcasecmp(&u.scheme, "sip") != 0)
        return EINVAL;
    line_host_settle(&u);
    u.user = userpl;
    u.password = pl_null;
    u.headers = pl_null;
    return re_snprintf(out, size, "%H", uri_encode, &u) < 0 ? EMSGSIZE : 0;
}

bool line_uri_is_tls(const char *uri)
{
    struct pl text, transport;
    struct uri u;

    pl_set_str(&text, uri);
    return uri_decode(&u, &text) == 0 && msg_param_decode(&u.params, "transport", &transport) == 0 && pl_strcasecmp(&transport, "tls") == 0;
}

void line_display_clean(char *out, size_t size, const char *name)
{
    size_t n = 0;

    for (; *name != '\0' && n + 1 < size; name++)
        if ((unsigned char)*name >= ' ' && *name != 127 && *name != '"' && *name != '\\')
            out[n++] = *name;
    out[n] = '\0';
}

void line_pl_copy(char *out, size_t size, const struct pl *pl)
{
    size_t n = pl_isset(pl) ? pl->l : 0;

    if (n >= size)
        n = size - 1;
    if (n > 0)
        memcpy(out, pl->p, n);
    out[n] = '\0';
}

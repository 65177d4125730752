/* line_register.c - registration, both ways: ours with the carrier (libre refreshes at nine tenths of the granted time and retries with growing
 * pauses; here its answers become changes), and that of telephones with us (registrar.c). */
#include <errno.h>

#include "line/line_priv.h"
#include "line/registrar.h"

#include "base/banned.h"

enum { REGISTER_DEFAULT_S = 300, REGISTER_MIN_S = 30 };

int line_on_auth(char **user, char **password, const char *realm, void *arg)
{
    const struct line *l = arg;
    int err;

    (void)realm;
    if (l->username == NULL)
        return EACCES;
    err = str_dup(user, l->username);
    return err ? err : str_dup(password, l->password != NULL ? l->password : "");
}

/* The trunk's password answers challenges of the trunk and no others: whoever calls us or is called directly could otherwise
 * collect digests to guess at. */
int line_on_auth_refuse(char **user, char **password, const char *realm, void *arg)
{
    (void)user;
    (void)password;
    (void)realm;
    (void)arg;
    return EACCES;
}

static void on_response(int err, const struct sip_msg *msg, void *arg)
{
    struct line *l = arg;
    bool registered = !err && msg != NULL && msg->scode < 300;

    if (l->reg_told && registered == l->registered)
        return;
    l->reg_told = true;
    l->registered = registered;
    if (l->on_register != NULL)
        l->on_register(registered, msg != NULL ? msg->scode : 0, l->arg);
}

int line_register_start(struct line *l, int expires_s)
{
    char registrar[LEG_URI_MAX];
    int err;

    if (l->trunk_uri == NULL || l->username == NULL)
        return EINVAL;
    if (expires_s <= 0)
        expires_s = REGISTER_DEFAULT_S;
    if (expires_s < REGISTER_MIN_S)
        expires_s = REGISTER_MIN_S;
    err = line_uri_with_user(registrar, sizeof registrar, "", l->trunk_uri);
    if (err)
        return err;
    return sipreg_register(&l->reg, l->sip, registrar, l->trunk_aor, NULL, l->trunk_aor, (uint32_t)expires_s,
                           l->contact_user, NULL, 0, 0, line_on_auth, l, false, on_response, l, NULL, NULL);
}

int line_phones(struct line *l, line_phone_fn *known, line_phone_changed_fn *changed, void *arg)
{
    return l->phones != NULL ? EALREADY : registrar_alloc(&l->phones, l->sip, known, changed, arg);
}

bool line_phone_registered(const struct line *l, const char *user)
{
    char uri[LEG_URI_MAX];

    return l->phones != NULL && registrar_find(uri, sizeof uri, l->phones, user) == 0;
}

void line_phone_ha1(uint8_t ha1[LINE_PHONE_HA1], const char *user, const char *password)
{
    (void)md5_printf(ha1, "%s:" LINE_PHONE_REALM ":%s", user, password);
}

/* telephone.c - a closer's telephone that registers with Baton: its name and password are made here and shown once. */
#include <errno.h>
#include <sodium.h>
#include <stdio.h>

#include "base/id.h"
#include "http/http_priv.h"
#include "line/line.h"
#include "store/entities.h"

#include "base/banned.h"

enum { NAME_BYTES = 4, PASSWORD_BYTES = 12, SERVER_MAX = 96 };

struct telephone { const char *closer_id; char user[32], password[2 * PASSWORD_BYTES + 1], ha1[2 * LINE_PHONE_HA1 + 1]; bool none; };

static int put_telephone(struct tx *tx, void *arg)
{
    const struct telephone *t = arg;

    return closer_telephone_put(tx, t->closer_id, t->none ? NULL : t->user, t->none ? NULL : t->ha1);
}

static void make(struct telephone *t)
{
    uint8_t ha1[LINE_PHONE_HA1];
    char name[2 * NAME_BYTES + 1];

    id_secret(name, NAME_BYTES);
    snprintf(t->user, sizeof t->user, "closer-%s", name);
    id_secret(t->password, PASSWORD_BYTES);
    line_phone_ha1(ha1, t->user, t->password);
    sodium_bin2hex(t->ha1, sizeof t->ha1, ha1, sizeof ha1);
}

static int save(struct request *r, struct telephone *t)
{
    int err = store_run(r->http->store, put_telephone, t);

    if (!err)
        closers_tell_desk(r);
    return err;
}

int closer_telephone_post(struct request *r)
{
    struct telephone t = {.closer_id = r->id};
    char server[SERVER_MAX] = "";
    int err;

    if (!request_speaks_for(r, r->id))
        return reply_not_yours(r);
    make(&t);
    err = save(r, &t);
    if (err)
        return err;
    if (r->http->ports.sip_server != NULL)
        r->http->ports.sip_server(server, sizeof server, r->http->ports.arg);
    return reply_json(r, MHD_HTTP_CREATED, json_pack("{s:s,s:s,s:s}", "server", server, "user", t.user, "password", t.password));
}

int closer_telephone_delete(struct request *r)
{
    struct telephone t = {.closer_id = r->id, .none = true};
    int err;

    if (!request_speaks_for(r, r->id))
        return reply_not_yours(r);
    err = save(r, &t);
    return err ? err : reply_empty(r);
}

/* accounts.c - people, their roles, tokens for programs, hooks of lead sources. Secrets are shown once, when they are made. */
#include <errno.h>
#include <sodium.h>
#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "base/json.h"
#include "base/text.h"
#include "http/http_priv.h"
#include "store/entities.h"

#include "base/banned.h"

enum { PASSWORD_MIN = 10, PASSWORD_MAX = 200, TOKEN_ID_LEN = 16 };

/* --- first administrator --- */

struct first { char id[ID_MAX], hash[crypto_pwhash_STRBYTES]; int64_t users; };

static int count_users(struct tx *tx, void *arg)
{
    struct first *f = arg;

    return tx_query_int(tx, &f->users, "SELECT count(*) FROM user_account WHERE password_hash <> '!'", "");
}

static int insert_first(struct tx *tx, void *arg)
{
    const struct first *f = arg;

    return user_insert(tx, &(struct user_row){.id = f->id, .name = "Administrator", .login = "admin", .password_hash = f->hash, .role = "admin", .created_at = clock_now_ms()});
}

int http_first_admin(struct store *st, bool *created, char *password, size_t size)
{
    struct first f = {.users = 0};
    int err = size < 33 ? EINVAL : sodium_init() < 0 ? EIO : store_read(st, count_users, &f);

    if (err)
        return err;
    *created = f.users == 0;
    if (!*created)
        return 0;
    id_secret(password, 12);
    id_new(f.id, clock_now_ms());
    err = auth_password_hash(NULL, f.hash, sizeof f.hash, password);
    return err ? err : store_run(st, insert_first, &f);
}

/* --- tokens --- */

struct token { const char *label, *role, *id; char hash[TOKEN_MAX]; int64_t now; json_t *rows; };

/* A program has no password: its user cannot sign in, only hold tokens. */
static int program_user(struct tx *tx, const char *role, int64_t now, char id[ID_MAX])
{
    char login[40];
    json_t *row;
    int err;

    snprintf(login, sizeof login, "program-%s", role);
    err = user_get_by_login(tx, login, &row);
    if (!err) {
        (void)text_copy(id, ID_MAX, jx_str(row, "id", ""));
        json_decref(row);
        return 0;
    }
    return err != ENOENT ? err : user_insert(tx, &(struct user_row){.id = id_new(id, now), .name = login, .login = login, .password_hash = "!", .role = role, .created_at = now});
}

static int insert_token(struct tx *tx, void *arg)
{
    const struct token *t = arg;
    char id[ID_MAX];
    int err = program_user(tx, t->role, t->now, id);

    return err ? err : session_insert(tx, &(struct session_row){.token_hash = t->hash, .user_id = id, .kind = "token", .label = t->label, .created_at = t->now});
}

static int token_make(struct store *st, struct token *t, char *token)
{
    id_secret(token, TOKEN_BYTES);
    auth_hash(t->hash, token, strlen(token));
    t->now = clock_now_ms();
    return store_run(st, insert_token, t);
}

int http_token_create(struct store *st, const char *label, const char *role, char *token, size_t size)
{
    struct token t = {.label = label, .role = role};

    if (size < TOKEN_MAX || auth_role(role) == 0)
        return EINVAL;
    return sodium_init() < 0 ? EIO : token_make(st, &t, token);
}

int tokens_post(struct request *r)
{
    struct token t = {.label = request_text(r, "label", 60, true), .role = request_word(r, "role", auth_roles, true)};
    char token[TOKEN_MAX];
    int err;

    if (r->errors != NULL)
        return 0;
    err = token_make(r->http->store, &t, token);
    return err ? err : reply_json(r, MHD_HTTP_CREATED, json_pack("{s:s%,s:s,s:s,s:s}", "id", t.hash, (size_t)TOKEN_ID_LEN, "label", t.label, "role", t.role, "token", token));
}

static int list_tokens(struct tx *tx, void *arg)
{
    struct token *t = arg;

    return tx_query(tx, &t->rows,
                    "SELECT substr(s.token_hash, 1, 16) AS id, s.label, u.role, s.created_at, s.last_used_at FROM session s JOIN user_account u ON u.id = s.user_id"
                    " WHERE s.kind = 'token' ORDER BY s.created_at DESC LIMIT 200", "");
}

int tokens_get(struct request *r)
{
    struct token t = {.id = NULL};
    int err = store_read(r->http->store, list_tokens, &t);

    return err ? err : reply_page(r, t.rows, NULL);
}

static int delete_token(struct tx *tx, void *arg)
{
    const struct token *t = arg;
    int64_t n = 0;
    int err = tx_exec_count(tx, &n, "DELETE FROM session WHERE kind = 'token' AND substr(token_hash, 1, 16) = ?", "s", t->id);

    return err ? err : n == 0 ? ENOENT : 0;
}

int token_delete(struct request *r)
{
    struct token t = {.id = r->id};
    int err = store_run(r->http->store, delete_token, &t);

    sse_check(r->http->sse);
    return err ? err : reply_empty(r);
}

/* --- people --- */

struct person { const char *id; const struct request *r; char new_id[ID_MAX], hash[crypto_pwhash_STRBYTES]; bool password; json_t *out; };

static int list_users(struct tx *tx, void *arg)
{
    struct person *p = arg;

    return user_list(tx, &p->out);
}

int users_get(struct request *r)
{
    struct person p = {.r = r};
    int err = store_read(r->http->store, list_users, &p);

    return err ? err : reply_page(r, p.out, NULL);
}

static int hash_password(struct request *r, struct person *p, const char *password)
{
    if (password == NULL)
        return 0;
    if (strlen(password) < PASSWORD_MIN) {
        request_wrong(r, "password", "must have at least 10 characters");
        return 0;
    }
    p->password = true;
    return auth_password_hash(r->http, p->hash, sizeof p->hash, password);
}

/* NULL: nobody's, which may also be said by an empty text. */
static const char *closer_of(const json_t *b)
{
    const char *id = jx_str(b, "closer_id", "");

    return id[0] != '\0' ? id : NULL;
}

static int insert_person(struct tx *tx, void *arg)
{
    struct person *p = arg;
    const json_t *b = p->r->json;
    int64_t now = clock_now_ms();
    int err = user_insert(tx, &(struct user_row){.id = id_new(p->new_id, now), .name = jx_str(b, "name", ""), .login = jx_str(b, "login", ""), .password_hash = p->hash,
                                                 .role = jx_str(b, "role", ""), .closer_id = closer_of(b), .created_at = now});

    return err ? err : user_get(tx, p->new_id, &p->out);
}

int users_post(struct request *r)
{
    struct person p = {.r = r};
    const char *password = request_text(r, "password", PASSWORD_MAX, true);
    int err;

    (void)request_text(r, "name", 60, true);
    (void)request_text(r, "login", 60, true);
    (void)request_text(r, "closer_id", 36, false);
    (void)request_word(r, "role", auth_roles, true);
    err = r->errors == NULL ? hash_password(r, &p, password) : 0;
    if (err || r->errors != NULL)
        return err;
    err = store_run(r->http->store, insert_person, &p);
    return err ? err : reply_json(r, MHD_HTTP_CREATED, p.out);
}

static void take_text(json_t *to, const json_t *from, const char *name)
{
    if (jx_str(from, name, NULL) != NULL)
        jx_set_str(to, name, jx_str(from, name, NULL));
}

/* A new password, role or the end of an account also ends its sessions. */
static int update_person(struct tx *tx, void *arg)
{
    struct person *p = arg;
    const json_t *b = p->r->json, *disabled = json_object_get(b, "disabled");
    json_t *changes = json_object();
    int err;

    take_text(changes, b, "name");
    take_text(changes, b, "role");
    if (jx_str(b, "closer_id", NULL) != NULL)
        jx_set(changes, "closer_id", closer_of(b) != NULL ? json_string(closer_of(b)) : NULL);
    if (p->password)
        jx_set_str(changes, "password_hash", p->hash);
    if (json_is_boolean(disabled))
        jx_set(changes, "disabled_at", json_is_true(disabled) ? json_integer(clock_now_ms()) : NULL);
    err = json_object_size(changes) > 0 ? user_update(tx, p->id, changes) : 0;
    if (!err && (p->password || disabled != NULL || json_object_get(changes, "role") != NULL))
        err = tx_exec(tx, "DELETE FROM session WHERE user_id = ? AND kind = 'browser'", "s", p->id);
    json_decref(changes);
    return err ? err : user_get(tx, p->id, &p->out);
}

int user_patch(struct request *r)
{
    struct person p = {.id = r->id, .r = r};
    const char *password = request_text(r, "password", PASSWORD_MAX, false);
    int err;

    (void)request_text(r, "name", 60, false);
    (void)request_text(r, "closer_id", 36, false);
    (void)request_word(r, "role", auth_roles, false);
    if (json_object_get(r->json, "disabled") != NULL && !json_is_boolean(json_object_get(r->json, "disabled")))
        request_wrong(r, "disabled", "must be true or false");
    err = r->errors == NULL ? hash_password(r, &p, password) : 0;
    if (err || r->errors != NULL)
        return err;
    err = store_run(r->http->store, update_person, &p);
    sse_check(r->http->sse);
    return err ? err : reply_json(r, MHD_HTTP_OK, p.out);
}

/* --- hooks --- */

struct hook { char id[17], secret[TOKEN_MAX]; const char *source; };

static int insert_hook(struct tx *tx, void *arg)
{
    const struct hook *h = arg;

    return hook_insert(tx, h->id, h->source, h->secret, clock_now_ms());
}

int hooks_post(struct request *r)
{
    struct hook h = {.source = request_text(r, "source", 60, true)};
    char url[60];
    int err;

    if (r->errors != NULL)
        return 0;
    id_secret(h.id, 8);
    id_secret(h.secret, TOKEN_BYTES);
    err = store_run(r->http->store, insert_hook, &h);
    snprintf(url, sizeof url, "/hooks/generic/%s", h.id);
    return err ? err : reply_json(r, MHD_HTTP_CREATED, json_pack("{s:s,s:s,s:s,s:s}", "id", h.id, "source", h.source, "url", url, "secret", h.secret));
}

/* auth.c - who asks: a session cookie or a bearer token, both random and stored only as hashes; passwords by argon2id. */
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

#define COOKIE "baton_session"

enum { PASSWORD_MAX = 200 };

const char *const auth_roles[] = {"admin", "manager", "closer", "sdr", "enablement", "developer", NULL};

unsigned auth_role(const char *name)
{
    for (unsigned i = 0; auth_roles[i] != NULL; i++)
        if (strcmp(auth_roles[i], name) == 0)
            return 1u << i;
    return 0;
}

void auth_hash(char out[TOKEN_MAX], const char *text, size_t n)
{
    unsigned char hash[crypto_generichash_BYTES];

    crypto_generichash(hash, sizeof hash, (const unsigned char *)text, n, NULL, 0);
    (void)sodium_bin2hex(out, TOKEN_MAX, hash, sizeof hash);
}

int auth_password_hash(struct http *h, char *out, size_t size, const char *password)
{
    int failed;

    if (size < crypto_pwhash_STRBYTES)
        return EINVAL;
    if (h != NULL)
        pthread_mutex_lock(&h->hash_lock);
    failed = crypto_pwhash_str(out, password, strlen(password), crypto_pwhash_OPSLIMIT_INTERACTIVE, crypto_pwhash_MEMLIMIT_INTERACTIVE);
    if (h != NULL)
        pthread_mutex_unlock(&h->hash_lock);
    return failed ? ENOMEM : 0;
}

/* --- who is it --- */

struct lookup { char hash[TOKEN_MAX]; json_t *row; };

static int find_session(struct tx *tx, void *arg)
{
    struct lookup *l = arg;

    return session_get(tx, l->hash, clock_now_ms(), &l->row);
}

static const char *presented(const struct request *r, bool *cookie)
{
    const char *header = request_header(r, MHD_HTTP_HEADER_AUTHORIZATION);

    *cookie = header == NULL;
    if (header != NULL)
        return strncmp(header, "Bearer ", 7) == 0 ? header + 7 : NULL;
    return MHD_lookup_connection_value(r->conn, MHD_COOKIE_KIND, COOKIE);
}

void auth_identify(struct request *r)
{
    struct lookup l = {.row = NULL};
    struct principal *p = &r->who;
    const char *token = presented(r, &p->cookie);

    if (token == NULL || strlen(token) != TOKEN_MAX - 1)
        return;
    auth_hash(l.hash, token, strlen(token));
    if (store_read(r->http->store, find_session, &l) != 0)
        return;
    if (strcmp(jx_str(l.row, "kind", ""), p->cookie ? "browser" : "token") == 0) {
        p->role = auth_role(jx_str(l.row, "role", ""));
        (void)text_copy(p->user_id, sizeof p->user_id, jx_str(l.row, "user_id", ""));
        (void)text_copy(p->name, sizeof p->name, jx_str(l.row, "name", ""));
        (void)text_copy(p->login, sizeof p->login, jx_str(l.row, "login", ""));
        (void)text_copy(p->role_name, sizeof p->role_name, jx_str(l.row, "role", ""));
        (void)text_copy(p->closer_id, sizeof p->closer_id, jx_str(l.row, "closer_id", ""));
        memcpy(p->token_hash, l.hash, sizeof p->token_hash);
    }
    json_decref(l.row);
}

/* Browsers say where a request comes from; what names no origin at all is no browser. */
bool auth_same_origin(const struct request *r)
{
    const char *site = request_header(r, "Sec-Fetch-Site"), *origin = request_header(r, "Origin"), *host = request_header(r, MHD_HTTP_HEADER_HOST), *name;

    if (site != NULL && strcmp(site, "same-origin") != 0 && strcmp(site, "none") != 0)
        return false;
    if (origin == NULL)
        return true;
    name = strstr(origin, "://");
    return name != NULL && host != NULL && strcmp(name + 3, host) == 0;
}

/* --- signing in and out --- */

static int me_answer(struct request *r, const json_t *user)
{
    return reply_json(r, MHD_HTTP_OK, json_pack("{s:s,s:s,s:s,s:s,s:s?}", "id", jx_str(user, "id", ""), "name", jx_str(user, "name", ""), "login", jx_str(user, "login", ""),
                                                "role", jx_str(user, "role", ""), "closer_id", jx_str(user, "closer_id", NULL)));
}

struct user_lookup { const char *login; json_t *row; };

static int find_user(struct tx *tx, void *arg)
{
    struct user_lookup *l = arg;

    return user_get_by_login(tx, l->login, &l->row);
}

/* The same work whether the name exists or not. */
static bool password_fits(struct http *h, const json_t *user, const char *password)
{
    static const char nobody[] = "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHRzb21lc2FsdA$9sTbSlTio3Biev89thdrlKKiCaYsjjYVJxGAL3swxpQ";
    char hash[crypto_pwhash_STRBYTES] = "";
    bool fits;

    (void)text_copy(hash, sizeof hash, user != NULL ? jx_str(user, "password_hash", nobody) : nobody);
    pthread_mutex_lock(&h->hash_lock);
    fits = crypto_pwhash_str_verify(hash, password, strlen(password)) == 0;
    pthread_mutex_unlock(&h->hash_lock);
    return fits && user != NULL;
}

struct new_session { char hash[TOKEN_MAX]; const char *user_id; int64_t now, until; };

static int insert_session(struct tx *tx, void *arg)
{
    const struct new_session *s = arg;
    int err = session_purge(tx, s->now);

    return err ? err : session_insert(tx, &(struct session_row){.token_hash = s->hash, .user_id = s->user_id, .kind = "browser", .created_at = s->now, .expires_at = s->until});
}

static void set_cookie(struct request *r, const char *token, int age_s)
{
    snprintf(r->cookie, sizeof r->cookie, COOKIE "=%s; Path=/; HttpOnly; SameSite=Strict; Max-Age=%d%s", token, age_s, r->http->cfg.secure_cookies ? "; Secure" : "");
}

static int start_session(struct request *r, const json_t *user)
{
    int age_s = r->http->cfg.session_hours * 3600;
    int64_t now = clock_now_ms();
    struct new_session s = {.user_id = jx_str(user, "id", ""), .now = now, .until = now + (int64_t)age_s * 1000};
    char token[TOKEN_MAX];
    int err;

    id_secret(token, TOKEN_BYTES);
    auth_hash(s.hash, token, strlen(token));
    err = store_run(r->http->store, insert_session, &s);
    if (!err)
        set_cookie(r, token, age_s);
    return err ? err : me_answer(r, user);
}

int login_post(struct request *r)
{
    const char *login = request_text(r, "login", 60, true), *password = request_text(r, "password", PASSWORD_MAX, true);
    struct user_lookup l = {.login = login};
    int64_t now = clock_now_ms();
    char ip[64], name_key[72];
    int err;

    if (r->errors != NULL)
        return 0;
    request_ip(r, ip);
    snprintf(name_key, sizeof name_key, "login:%s", login);
    if (!limiter_allows(&r->http->limiter, ip, now) || !limiter_allows(&r->http->limiter, name_key, now)) {
        r->retry_after = "900";
        return reply_problem(r, MHD_HTTP_TOO_MANY_REQUESTS, "Too many wrong passwords. Please wait a quarter of an hour.");
    }
    err = store_read(r->http->store, find_user, &l);
    if (err && err != ENOENT)
        return err;
    if (password_fits(r->http, l.row, password)) {
        limiter_forget(&r->http->limiter, ip);
        limiter_forget(&r->http->limiter, name_key);
        err = start_session(r, l.row);
    } else {
        limiter_failed(&r->http->limiter, ip, now);
        limiter_failed(&r->http->limiter, name_key, now);
        err = reply_problem(r, MHD_HTTP_UNAUTHORIZED, "The name or the password is wrong.");
    }
    json_decref(l.row);
    return err;
}

static int delete_session(struct tx *tx, void *arg)
{
    return session_delete(tx, arg);
}

int logout_post(struct request *r)
{
    int err = r->who.cookie ? store_run(r->http->store, delete_session, r->who.token_hash) : 0;

    if (!err) {
        sse_check(r->http->sse);
        set_cookie(r, "", 0);
    }
    return err ? err : reply_empty(r);
}

int me_get(struct request *r)
{
    const struct principal *p = &r->who;

    return reply_json(r, MHD_HTTP_OK, json_pack("{s:s,s:s,s:s,s:s,s:s?}", "id", p->user_id, "name", p->name, "login", p->login, "role", p->role_name, "closer_id",
                                                p->closer_id[0] != '\0' ? p->closer_id : NULL));
}

/* store_user.c - people, their sessions and tokens, and the hooks of lead sources. */
#include "store/entities.h"
#include "store/store_priv.h"

#include "base/banned.h"

#define USER_COLUMNS "id, name, login, role, closer_id, created_at, disabled_at"

int user_insert(struct tx *tx, const struct user_row *r)
{
    return tx_exec(tx, "INSERT INTO user_account (id, name, login, password_hash, role, closer_id, created_at) VALUES (?, ?, ?, ?, ?, ?, ?)", "ssssssi", r->id,
                   r->name, r->login, r->password_hash, r->role, r->closer_id, r->created_at);
}

int user_get(struct tx *tx, const char *id, json_t **row)
{
    return tx_query_one(tx, row, "SELECT " USER_COLUMNS " FROM user_account WHERE id = ?", "s", id);
}

int user_get_by_login(struct tx *tx, const char *login, json_t **row)
{
    return tx_query_one(tx, row, "SELECT " USER_COLUMNS ", password_hash FROM user_account WHERE login = ? AND disabled_at IS NULL", "s", login);
}

int user_list(struct tx *tx, json_t **rows)
{
    return tx_query(tx, rows, "SELECT " USER_COLUMNS " FROM user_account ORDER BY name, id", "");
}

int user_count(struct tx *tx, int64_t *n)
{
    return tx_query_int(tx, n, "SELECT count(*) FROM user_account", "");
}

static const char *const user_columns[] = {"name", "password_hash", "role", "closer_id", "disabled_at", NULL};

int user_update(struct tx *tx, const char *id, const json_t *columns)
{
    return row_update(tx, "user_account", user_columns, id, columns);
}

int session_insert(struct tx *tx, const struct session_row *r)
{
    return tx_exec(tx, "INSERT INTO session (token_hash, user_id, kind, label, created_at, expires_at) VALUES (?, ?, ?, ?, ?, nullif(?, 0))", "ssssii",
                   r->token_hash, r->user_id, r->kind, r->label, r->created_at, r->expires_at);
}

int session_get(struct tx *tx, const char *token_hash, int64_t now_ms, json_t **row)
{
    return tx_query_one(tx, row,
                        "SELECT s.kind, s.label, s.created_at, s.expires_at, s.last_used_at, u.id AS user_id, u.name, u.login, u.role, u.closer_id"
                        " FROM session s JOIN user_account u ON u.id = s.user_id WHERE s.token_hash = ? AND (s.expires_at IS NULL OR s.expires_at > ?)"
                        " AND u.disabled_at IS NULL",
                        "si", token_hash, now_ms);
}

int session_touch(struct tx *tx, const char *token_hash, int64_t now_ms)
{
    return tx_exec(tx, "UPDATE session SET last_used_at = ? WHERE token_hash = ?", "is", now_ms, token_hash);
}

int session_delete(struct tx *tx, const char *token_hash)
{
    return tx_exec(tx, "DELETE FROM session WHERE token_hash = ?", "s", token_hash);
}

int session_purge(struct tx *tx, int64_t now_ms)
{
    return tx_exec(tx, "DELETE FROM session WHERE expires_at <= ?", "i", now_ms);
}

int hook_insert(struct tx *tx, const char *id, const char *source, const char *secret, int64_t now_ms)
{
    return tx_exec(tx, "INSERT INTO hook (id, source, secret, created_at) VALUES (?, ?, ?, ?)", "sssi", id, source, secret, now_ms);
}

int hook_get(struct tx *tx, const char *id, json_t **row)
{
    return tx_query_one(tx, row, "SELECT id, source, secret, created_at FROM hook WHERE id = ?", "s", id);
}

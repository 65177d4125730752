#include "http/share_token.h"

#include <errno.h>
#include <sodium.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "base/banned.h"

enum { ID_BYTES = 16, UNTIL_BYTES = 8, MAC_BYTES = 16, SIGNED_BYTES = ID_BYTES + UNTIL_BYTES, SHARE_BYTES = SIGNED_BYTES + MAC_BYTES };

#define BASE64 sodium_base64_VARIANT_URLSAFE_NO_PADDING

_Static_assert(SHARE_KEY_BYTES == crypto_auth_KEYBYTES, "the key is an HMAC's");
_Static_assert(SHARE_TOKEN_MAX == sodium_base64_ENCODED_LEN(SHARE_BYTES, BASE64), "a token is as long as its bytes make it");

static void put_until(unsigned char *at, int64_t until_ms)
{
    for (int i = 0; i < UNTIL_BYTES; i++)
        at[i] = (unsigned char)((uint64_t)until_ms >> (8 * (UNTIL_BYTES - 1 - i)));
}

static int64_t get_until(const unsigned char *at)
{
    uint64_t v = 0;

    for (int i = 0; i < UNTIL_BYTES; i++)
        v = v << 8 | at[i];
    return (int64_t)v;
}

static void write_id(char out[ID_MAX], const unsigned char *bytes)
{
    char hex[2 * ID_BYTES + 1];

    sodium_bin2hex(hex, sizeof hex, bytes, ID_BYTES);
    snprintf(out, ID_MAX, "%.8s-%.4s-%.4s-%.4s-%.12s", hex, hex + 8, hex + 12, hex + 16, hex + 20);
}

int share_token_write(char out[SHARE_TOKEN_MAX], const char *call_id, int64_t until_ms, const unsigned char key[SHARE_KEY_BYTES])
{
    unsigned char token[SHARE_BYTES], mac[crypto_auth_BYTES];
    size_t n;

    if (sodium_hex2bin(token, ID_BYTES, call_id, strlen(call_id), "-", &n, NULL) != 0 || n != ID_BYTES)
        return ENOENT;
    put_until(token + ID_BYTES, until_ms);
    (void)crypto_auth(mac, token, SIGNED_BYTES, key);
    memcpy(token + SIGNED_BYTES, mac, MAC_BYTES);
    sodium_bin2base64(out, SHARE_TOKEN_MAX, token, sizeof token, BASE64);
    return 0;
}

/* A text that decodes to the bytes but is not how they are written (libsodium takes some bytes that are no letters for one) is no token. */
static bool is_as_written(const unsigned char bytes[SHARE_BYTES], const char *token)
{
    char again[SHARE_TOKEN_MAX];

    sodium_bin2base64(again, sizeof again, bytes, SHARE_BYTES, BASE64);
    return strcmp(again, token) == 0;
}

int share_token_read(char call_id[ID_MAX], const char *token, const unsigned char key[SHARE_KEY_BYTES], int64_t now_ms)
{
    unsigned char bytes[SHARE_BYTES], mac[crypto_auth_BYTES];
    size_t n;

    if (sodium_base642bin(bytes, sizeof bytes, token, strlen(token), NULL, &n, NULL, BASE64) != 0 || n != sizeof bytes || !is_as_written(bytes, token))
        return ENOENT;
    (void)crypto_auth(mac, bytes, SIGNED_BYTES, key);
    if (sodium_memcmp(mac, bytes + SIGNED_BYTES, MAC_BYTES) != 0 || get_until(bytes + ID_BYTES) < now_ms)
        return ENOENT;
    write_id(call_id, bytes);
    return 0;
}

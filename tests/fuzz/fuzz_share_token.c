/* fuzz_share_token.c - any text as the token of a shared call: what opens a call was made with our key and has not expired, letter for letter. */
#include <errno.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "http/share_token.h"

enum { TEXT_MAX = 4096, DAY_MS = 86400000 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* The corpus has tokens of this key: one that never expires, one that has. */
static const unsigned char key[SHARE_KEY_BYTES] = "a key that the fuzzer may know.";
static const int64_t now_ms = INT64_C(1768410000000), never_ms = INT64_MAX;

static void check_opened(const char *call_id, const char *text)
{
    char again[SHARE_TOKEN_MAX];

    if (strlen(call_id) != ID_MAX - 1 || share_token_write(again, call_id, never_ms, key) != 0 || strcmp(again, text) != 0)
        abort();
}

/* Whatever the text is, as an id it makes no token or one that opens just this call for just this long. */
static void check_made(const char *text)
{
    char token[SHARE_TOKEN_MAX], call_id[ID_MAX], again[SHARE_TOKEN_MAX];

    if (share_token_write(token, text, now_ms + DAY_MS, key) != 0)
        return;
    if (share_token_read(call_id, token, key, now_ms + DAY_MS) != 0 || share_token_read(call_id, token, key, now_ms + DAY_MS + 1) != ENOENT)
        abort();
    if (share_token_write(again, call_id, now_ms + DAY_MS, key) != 0 || strcmp(again, token) != 0)
        abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static char text[TEXT_MAX];
    char call_id[ID_MAX] = "";
    int err;

    size = size < TEXT_MAX - 1 ? size : TEXT_MAX - 1;
    memcpy(text, data, size);
    text[size] = '\0';
    err = share_token_read(call_id, text, key, now_ms);
    if (err != 0 && (err != ENOENT || call_id[0] != '\0'))
        abort();
    if (err == 0)
        check_opened(call_id, text);
    check_made(text);
    return 0;
}

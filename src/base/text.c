#include "base/text.h"

#include <ctype.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/banned.h"

bool text_copy(char *out, size_t size, const char *s)
{
    size_t n = strlen(s);
    bool cut = n >= size;

    if (size == 0)
        return n == 0;
    if (cut)
        for (n = size - 1; n > 0 && ((unsigned char)s[n] & 0xc0) == 0x80; n--)
            ;
    memcpy(out, s, n);
    out[n] = '\0';
    return !cut;
}

bool text_starts(const char *s, const char *prefix)
{
    return strncmp(s, prefix, strlen(prefix)) == 0;
}

bool text_ends(const char *s, const char *suffix)
{
    size_t n = strlen(s), m = strlen(suffix);

    return n >= m && memcmp(s + n - m, suffix, m) == 0;
}

bool text_equal_secret(const char *a, const char *b)
{
    size_t n = strlen(a);
    unsigned diff = 0;

    if (n != strlen(b))
        return false;
    for (size_t i = 0; i < n; i++)
        diff |= (unsigned)((unsigned char)a[i] ^ (unsigned char)b[i]);
    return diff == 0;
}

static int read_all(char **out, size_t *n, FILE *f, size_t max)
{
    size_t cap = 4096, len = 0, got;
    char *p = malloc(cap), *q;

    while (p != NULL && (got = fread(p + len, 1, cap - len - 1, f)) > 0) {
        len += got;
        if (len > max) {
            free(p);
            return EMSGSIZE;
        }
        if (len + 1 == cap) {
            q = realloc(p, cap *= 2);
            if (q == NULL)
                free(p);
            p = q;
        }
    }
    if (p == NULL)
        return ENOMEM;
    p[len] = '\0';
    *out = p;
    *n = len;
    return 0;
}

int text_read_file(char **out, size_t *n, const char *path, size_t max)
{
    FILE *f = fopen(path, "rb");
    int err;

    if (f == NULL)
        return errno;
    err = read_all(out, n, f, max);
    if (!err && ferror(f)) {
        free(*out);
        err = EIO;
    }
    fclose(f);
    return err;
}

/* In small pieces: what one call writes, the kernel keeps and maps in one piece, and a reader who maps the file would pay for all of it when he
 * touches a byte. */
static int write_pieces(FILE *f, const char *bytes, size_t n)
{
    enum { PIECE = 16 * 1024 };

    for (size_t at = 0, some; at < n; at += some) {
        some = n - at < PIECE ? n - at : PIECE;
        if (fwrite(bytes + at, 1, some, f) != some)
            return errno;
    }
    return 0;
}

int text_write_file(const char *path, const void *bytes, size_t n)
{
    char part[1100];
    FILE *f;
    int err;

    snprintf(part, sizeof part, "%s.%ld", path, (long)getpid());
    f = fopen(part, "wb");
    if (f == NULL)
        return errno;
    err = write_pieces(f, bytes, n);
    if (fclose(f) != 0 && !err)
        err = errno;
    if (!err && rename(part, path) != 0)
        err = errno;
    if (err)
        unlink(part);
    return err;
}

int text_int(long long *out, const char *s, long long min, long long max)
{
    char *end;
    long long v;

    errno = 0;
    v = strtoll(s, &end, 10);
    if (errno != 0 || isspace((unsigned char)*s) || end == s || *end != '\0' || v < min || v > max)
        return EINVAL;
    *out = v;
    return 0;
}

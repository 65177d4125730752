/* file.c - files: the web app with its cache rules, and recordings by range. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/text.h"
#include "http/http_priv.h"

#include "base/banned.h"

enum { FILE_PATH_MAX = 1024 };

static int open_regular(const char *path, struct stat *st)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);

    if (fd >= 0 && (fstat(fd, st) != 0 || !S_ISREG(st->st_mode))) {
        (void)close(fd);
        return -1;
    }
    return fd;
}

static const char *type_of(const char *path)
{
    static const char *const types[][2] = {
        {".html", "text/html; charset=utf-8"}, {".js", "text/javascript; charset=utf-8"}, {".css", "text/css; charset=utf-8"}, {".svg", "image/svg+xml"},
        {".png", "image/png"}, {".ico", "image/x-icon"}, {".json", "application/json"}, {".woff2", "font/woff2"}, {".txt", "text/plain; charset=utf-8"},
        {".webmanifest", "application/manifest+json"}, {".wasm", "application/wasm"}, {".mp3", "audio/mpeg"}, {".wav", "audio/wav"},
    };

    for (size_t i = 0; i < sizeof types / sizeof types[0]; i++)
        if (text_ends(path, types[i][0]))
            return types[i][1];
    return "application/octet-stream";
}

static bool accepts_gzip(const struct request *r)
{
    const char *accept = request_header(r, MHD_HTTP_HEADER_ACCEPT_ENCODING);

    return accept != NULL && strstr(accept, "gzip") != NULL;
}

static int open_packed(const struct request *r, const char *path, struct stat *st)
{
    char name[FILE_PATH_MAX];

    if (!accepts_gzip(r) || snprintf(name, sizeof name, "%s.gz", path) >= (int)sizeof name)
        return -1;
    return open_regular(name, st);
}

static void add(struct request *r, const char *name, const char *value)
{
    (void)MHD_add_response_header(r->response, name, value);
}

int file_reply(struct request *r, const char *path, const char *type, bool immutable, bool packed)
{
    struct stat st;
    char tag[64];
    const char *known = request_header(r, MHD_HTTP_HEADER_IF_NONE_MATCH);
    int fd = packed ? open_packed(r, path, &st) : -1;
    bool gzip = fd >= 0;

    if (fd < 0)
        fd = open_regular(path, &st);
    if (fd < 0)
        return ENOENT;
    snprintf(tag, sizeof tag, "\"%llx-%llx%s\"", (unsigned long long)st.st_mtime, (unsigned long long)st.st_size, gzip ? "-g" : "");
    r->status = known != NULL && strcmp(known, tag) == 0 ? MHD_HTTP_NOT_MODIFIED : MHD_HTTP_OK;
    if (r->status == MHD_HTTP_NOT_MODIFIED) {
        (void)close(fd);
        r->response = MHD_create_response_from_buffer(0, (void *)(uintptr_t)"", MHD_RESPMEM_PERSISTENT);
    } else {
        r->response = MHD_create_response_from_fd64((uint64_t)st.st_size, fd);
        if (r->response == NULL)
            (void)close(fd);
    }
    if (r->response == NULL)
        return ENOMEM;
    add(r, MHD_HTTP_HEADER_ETAG, tag);
    add(r, MHD_HTTP_HEADER_CONTENT_TYPE, type);
    add(r, MHD_HTTP_HEADER_CACHE_CONTROL, immutable ? "public, max-age=31536000, immutable" : "no-cache");
    add(r, MHD_HTTP_HEADER_VARY, "Accept-Encoding");
    if (gzip)
        add(r, MHD_HTTP_HEADER_CONTENT_ENCODING, "gzip");
    return 0;
}

/* --- the web app --- */

/* A path below the folder: no part begins with a dot. */
static bool harmless(const char *path)
{
    return path[0] == '/' && strstr(path, "/.") == NULL && strchr(path, '\\') == NULL;
}

int static_get(struct request *r)
{
    const char *dir = r->http->web_dir;
    const char *name = strrchr(r->path, '/');
    char path[FILE_PATH_MAX];
    bool immutable = text_starts(r->path, "/assets/");
    int err = ENOENT;

    if (dir == NULL || !harmless(r->path))
        return ENOENT;
    if (name != NULL && name[1] != '\0' && snprintf(path, sizeof path, "%s%s", dir, r->path) < (int)sizeof path)
        err = file_reply(r, path, type_of(path), immutable, true);
    if (err != ENOENT || immutable || (name != NULL && strchr(name, '.') != NULL))
        return err;
    if (snprintf(path, sizeof path, "%s/index.html", dir) >= (int)sizeof path) /* an address of the app: its router knows it */
        return ENOENT;
    return file_reply(r, path, type_of(path), false, true);
}

/* --- ranges (RFC 9110, 14) --- */

enum range { RANGE_NONE, RANGE_GIVEN, RANGE_IMPOSSIBLE };

/* One range "bytes=a-b", "bytes=a-", "bytes=-n"; anything else is as if it was not there. */
static enum range range_parse(const char *header, int64_t size, int64_t *from, int64_t *to)
{
    char text[64], *dash;
    long long a, b;

    if (header == NULL || !text_starts(header, "bytes=") || !text_copy(text, sizeof text, header + 6) || (dash = strchr(text, '-')) == NULL)
        return RANGE_NONE;
    *dash = '\0';
    if (text[0] == '\0') {
        if (text_int(&b, dash + 1, 0, INT64_MAX) != 0)
            return RANGE_NONE;
        if (b == 0 || size == 0)
            return RANGE_IMPOSSIBLE;
        *from = b < size ? size - b : 0;
        *to = size - 1;
        return RANGE_GIVEN;
    }
    b = INT64_MAX;
    if (text_int(&a, text, 0, INT64_MAX) != 0 || (dash[1] != '\0' && text_int(&b, dash + 1, 0, INT64_MAX) != 0) || b < a)
        return RANGE_NONE;
    if (a >= size)
        return RANGE_IMPOSSIBLE;
    *from = a;
    *to = b < size ? b : size - 1;
    return RANGE_GIVEN;
}

static int range_impossible(struct request *r, int fd, int64_t size)
{
    char text[64];

    (void)close(fd);
    snprintf(text, sizeof text, "bytes */%lld", (long long)size);
    r->status = MHD_HTTP_RANGE_NOT_SATISFIABLE;
    r->response = MHD_create_response_from_buffer(0, (void *)(uintptr_t)"", MHD_RESPMEM_PERSISTENT);
    if (r->response == NULL)
        return ENOMEM;
    add(r, MHD_HTTP_HEADER_CONTENT_RANGE, text);
    return 0;
}

int file_reply_range(struct request *r, const char *path, const char *type)
{
    struct stat st;
    char text[96];
    int fd = open_regular(path, &st);
    int64_t from = 0, to = fd >= 0 ? st.st_size - 1 : 0;
    enum range range;

    if (fd < 0)
        return ENOENT;
    range = range_parse(request_header(r, MHD_HTTP_HEADER_RANGE), st.st_size, &from, &to);
    if (range == RANGE_IMPOSSIBLE)
        return range_impossible(r, fd, st.st_size);
    r->response = MHD_create_response_from_fd_at_offset64((uint64_t)(to - from + 1), fd, (uint64_t)from);
    if (r->response == NULL) {
        (void)close(fd);
        return ENOMEM;
    }
    r->status = range == RANGE_GIVEN ? MHD_HTTP_PARTIAL_CONTENT : MHD_HTTP_OK;
    if (range == RANGE_GIVEN) {
        snprintf(text, sizeof text, "bytes %lld-%lld/%lld", (long long)from, (long long)to, (long long)st.st_size);
        add(r, MHD_HTTP_HEADER_CONTENT_RANGE, text);
    }
    add(r, MHD_HTTP_HEADER_ACCEPT_RANGES, "bytes");
    add(r, MHD_HTTP_HEADER_CONTENT_TYPE, type);
    add(r, MHD_HTTP_HEADER_CACHE_CONTROL, "private, no-cache");
    return 0;
}

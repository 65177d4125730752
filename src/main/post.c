#include "main/post.h"

#include <curl/curl.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/json.h"

#include "base/banned.h"

struct poster {
    CURL *curl;
    struct curl_slist *headers;
    char *base;
    struct buf answer;
};

static size_t on_bytes(char *bytes, size_t size, size_t n, void *arg)
{
    struct poster *p = arg;

    return buf_add(&p->answer, bytes, size * n) ? 0 : size * n;
}

static int add_header(struct poster *p, const char *line)
{
    struct curl_slist *longer = curl_slist_append(p->headers, line);

    if (longer == NULL)
        return ENOMEM;
    p->headers = longer;
    return 0;
}

static int add_token(struct poster *p, const char *token)
{
    char line[300];

    if (token == NULL)
        return 0;
    if (snprintf(line, sizeof line, "Authorization: Bearer %s", token) >= (int)sizeof line)
        return EMSGSIZE;
    return add_header(p, line);
}

int poster_alloc(struct poster **pp, const char *base, const char *token)
{
    struct poster *p = calloc(1, sizeof *p);
    int err;

    if (p == NULL)
        return ENOMEM;
    buf_init(&p->answer, POST_RESPONSE_MAX);
    p->curl = curl_easy_init();
    p->base = strdup(base);
    err = p->curl == NULL || p->base == NULL ? ENOMEM : add_header(p, "Content-Type: application/json");
    if (!err)
        err = add_token(p, token);
    if (err) {
        poster_free(p);
        return err;
    }
    curl_easy_setopt(p->curl, CURLOPT_HTTPHEADER, p->headers);
    curl_easy_setopt(p->curl, CURLOPT_WRITEFUNCTION, on_bytes);
    curl_easy_setopt(p->curl, CURLOPT_WRITEDATA, p);
    curl_easy_setopt(p->curl, CURLOPT_TIMEOUT, (long)POST_TIMEOUT_S);
    curl_easy_setopt(p->curl, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(p->curl, CURLOPT_PROTOCOLS_STR, "http,https");
    *pp = p;
    return 0;
}

void poster_free(struct poster *p)
{
    if (p == NULL)
        return;
    curl_easy_cleanup(p->curl);
    curl_slist_free_all(p->headers);
    buf_release(&p->answer);
    free(p->base);
    free(p);
}

void poster_timeout(struct poster *p, int seconds)
{
    curl_easy_setopt(p->curl, CURLOPT_TIMEOUT, (long)seconds);
}

static int perform(struct poster *p, const char *url, const char *text, int *status, char *why, size_t why_size)
{
    long code = 0;
    CURLcode rc;

    buf_clear(&p->answer);
    curl_easy_setopt(p->curl, CURLOPT_URL, url);
    curl_easy_setopt(p->curl, CURLOPT_POSTFIELDS, text);
    curl_easy_setopt(p->curl, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)strlen(text));
    rc = curl_easy_perform(p->curl);
    if (rc != CURLE_OK) {
        (void)snprintf(why, why_size, "%s: %s", url, curl_easy_strerror(rc));
        return EIO;
    }
    curl_easy_getinfo(p->curl, CURLINFO_RESPONSE_CODE, &code);
    *status = (int)code;
    return 0;
}

int poster_send(struct poster *p, const char *path, const json_t *body, int *status, json_t **response, char *why, size_t why_size)
{
    char url[1024], ignored[64];
    char *text;
    int err;

    if (snprintf(url, sizeof url, "%s%s", p->base, path) >= (int)sizeof url)
        return EMSGSIZE;
    text = jx_dump(body);
    if (text == NULL)
        return ENOMEM;
    err = perform(p, url, text, status, why, why_size);
    free(text);
    if (!err && jx_parse(response, buf_str(&p->answer), p->answer.len, POST_RESPONSE_MAX, ignored, sizeof ignored) != 0)
        *response = NULL;
    return err;
}

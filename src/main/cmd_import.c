/* cmd_import.c - `baton import FILE.csv`: leads of a table, row by row, into a running server or straight into its database. Every row that
 * is refused is named with its fields; the others are taken. */
#include <errno.h>
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/json.h"
#include "base/obj.h"
#include "lead/csv.h"
#include "lead/lead.h"
#include "main/cmd.h"
#include "main/config.h"
#include "main/post.h"

#include "base/banned.h"

enum { READ_MAX = 64 * 1024, ERRORS_LISTED_MAX = 1000, JOIN_WINDOW_H = 24 };

struct options { const char *file, *url, *token, *store, *region, *source; bool json; };

struct import {
    struct options o;
    struct store *store;      /* one of the two */
    struct poster *poster;
    struct lead_config cfg;
    int stored, joined, refused;
    json_t *errors;           /* [{row, field, text}], the first ERRORS_LISTED_MAX */
    char why[300];            /* why the whole import stopped */
};

static int usage(FILE *out, int code)
{
    fputs("usage: baton import FILE.csv [--url http://HOST:PORT --token TOKEN | --store sqlite:PATH]\n"
          "                    [--region US] [--source NAME] [--json]\n\n"
          "The first row names the columns: phone (required), first_name, last_name, name, company, title, email,\n"
          "source, product, region, segment, partner, message, external_id, owner, time_zone, zip, consent_text,\n"
          "consent_source, consent_at, consent_ip, consent_url. FILE may be - for standard input.\n"
          "With --url a running server takes the leads and calls them at once (token also from BATON_TOKEN);\n"
          "otherwise they go into the database, where a running server finds them within a minute.\n", out);
    return code;
}

static int parse(struct options *o, int argc, char **argv)
{
    static const struct option longs[] = {{"url", 1, NULL, 'u'},    {"token", 1, NULL, 't'}, {"store", 1, NULL, 's'}, {"region", 1, NULL, 'r'},
                                          {"source", 1, NULL, 'o'}, {"json", 0, NULL, 'j'},  {"help", 0, NULL, 'h'},  {NULL, 0, NULL, 0}};
    int c;

    *o = (struct options){.region = "US", .source = "import", .token = getenv("BATON_TOKEN")};
    optind = 1;
    while ((c = getopt_long(argc, argv, "", longs, NULL)) != -1)
        switch (c) {
        case 'u': o->url = optarg; break;
        case 't': o->token = optarg; break;
        case 's': o->store = optarg; break;
        case 'r': o->region = optarg; break;
        case 'o': o->source = optarg; break;
        case 'j': o->json = true; break;
        case 'h': return usage(stdout, -1);
        default: return usage(stderr, EXIT_USAGE);
        }
    if (optind != argc - 1 || (o->url != NULL && o->store != NULL))
        return usage(stderr, EXIT_USAGE);
    o->file = argv[optind];
    return 0;
}

/* --- one row --- */

static void note_error(struct import *im, int row, const char *field, const char *text)
{
    if (!im->o.json)
        fprintf(stderr, "row %d: %s%s%s\n", row, field, field[0] != '\0' ? " " : "", text);
    else if (json_array_size(im->errors) < ERRORS_LISTED_MAX)
        (void)json_array_append_new(im->errors, json_pack("{s:i,s:s,s:s}", "row", row, "field", field, "text", text));
}

static int into_store(struct import *im, int row, const json_t *body)
{
    struct lead_result r;
    int err = lead_intake(&r, im->store, &im->cfg, body, "import", clock_now_ms());

    if (err) {
        (void)snprintf(im->why, sizeof im->why, "row %d: the database refuses: %s", row, strerror(err));
        return err;
    }
    for (int i = 0; i < r.error_count; i++)
        note_error(im, row, r.errors[i].field, r.errors[i].text);
    im->refused += r.error_count > 0;
    im->joined += r.error_count == 0 && r.joined;
    im->stored += r.error_count == 0 && !r.joined;
    lead_result_release(&r);
    return 0;
}

/* RFC 9457 with "errors": [{field, message}] for wrong fields. */
static void note_problem(struct import *im, int row, int status, const json_t *problem)
{
    const json_t *e, *errors = json_object_get(problem, "errors");
    char text[32];
    size_t i;

    (void)snprintf(text, sizeof text, "HTTP status %d", status);
    if (json_array_size(errors) == 0)
        note_error(im, row, "", jx_str(problem, "detail", jx_str(problem, "title", text)));
    json_array_foreach(errors, i, e)
        note_error(im, row, jx_str(e, "field", ""), jx_str(e, "message", "is wrong"));
}

static int into_server(struct import *im, int row, const json_t *body)
{
    json_t *answer = NULL;
    int status = 0, err = poster_send(im->poster, "/api/v1/leads", body, &status, &answer, im->why, sizeof im->why);

    if (err)
        return err;
    if (status == 401 || status == 403) {
        (void)snprintf(im->why, sizeof im->why, "the server does not accept the token (HTTP status %d)", status);
        err = EACCES;
    } else if (status >= 200 && status < 300) {
        im->joined += jx_bool(answer, "joined", false);
        im->stored += !jx_bool(answer, "joined", false);
    } else {
        note_problem(im, row, status, answer);
        im->refused++;
    }
    json_decref(answer);
    return err;
}

static int on_row(int row, json_t *body, const char *why, void *arg)
{
    struct import *im = arg;

    if (body == NULL) {
        note_error(im, row, "", why);
        im->refused++;
        return 0;
    }
    if (json_object_get(body, "source") == NULL)
        jx_set_str(body, "source", im->o.source);
    return im->poster != NULL ? into_server(im, row, body) : into_store(im, row, body);
}

/* --- the file --- */

static int read_file(struct import *im, FILE *f)
{
    static char bytes[READ_MAX];
    struct csv_reader *r;
    size_t n;
    int err = csv_reader_alloc(&r, on_row, im);

    if (err)
        return err;
    while (!err && (n = fread(bytes, 1, sizeof bytes, f)) > 0)
        err = csv_reader_feed(r, bytes, n);
    if (!err && ferror(f))
        err = EIO;
    if (!err)
        err = csv_reader_finish(r);
    if (err && im->why[0] == '\0')
        (void)snprintf(im->why, sizeof im->why, "%s", csv_reader_why(r)[0] != '\0' ? csv_reader_why(r) : strerror(err));
    csv_reader_free(r);
    return err;
}

static int open_target(struct import *im)
{
    char url[CONFIG_TEXT_MAX + 32];
    struct config c;

    if (im->o.url != NULL)
        return poster_alloc(&im->poster, im->o.url, im->o.token);
    config_init(&c);
    if (c.store_url[0] != '\0')
        (void)snprintf(url, sizeof url, "%s", c.store_url);
    else
        (void)snprintf(url, sizeof url, "sqlite:%s/baton.db", c.data_dir);
    return store_open(&im->store, im->o.store != NULL ? im->o.store : url, im->why, sizeof im->why);
}

static void report(const struct import *im, int err)
{
    json_t *out;

    if (im->o.json) {
        out = json_pack("{s:i,s:i,s:i,s:O,s:s?}", "stored", im->stored, "joined", im->joined, "refused", im->refused, "errors", im->errors, "stopped",
                        err ? im->why : NULL);
        jx_print_line(out);
        json_decref(out);
        return;
    }
    if (err)
        fprintf(stderr, "baton import: %s\n", im->why[0] != '\0' ? im->why : strerror(err));
    printf("%d leads stored, %d joined to a lead of the last %d hours, %d rows refused\n", im->stored, im->joined, JOIN_WINDOW_H, im->refused);
}

int cmd_import(int argc, char **argv)
{
    struct import im = {.errors = json_array()};
    int err, code = parse(&im.o, argc, argv);
    FILE *f;

    if (code != 0) {
        json_decref(im.errors);
        return code < 0 ? 0 : code;
    }
    im.cfg = (struct lead_config){.default_region = im.o.region, .join_window_ms = JOIN_WINDOW_H * INT64_C(3600000), .policy = gate_policy_default};
    f = strcmp(im.o.file, "-") == 0 ? stdin : fopen(im.o.file, "rb");
    err = f == NULL ? errno : open_target(&im);
    if (f == NULL)
        (void)snprintf(im.why, sizeof im.why, "%s: %s", im.o.file, strerror(err));
    if (!err)
        err = read_file(&im, f);
    report(&im, err);
    if (im.store != NULL)
        store_close(im.store);
    obj_unref(im.store);
    poster_free(im.poster);
    json_decref(im.errors);
    if (f != NULL && f != stdin)
        fclose(f);
    return err || im.refused > 0 ? 1 : 0;
}

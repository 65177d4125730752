#include "practice/persona.h"

#include <ctype.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "base/obj.h"
#include "base/text.h"
#include "base/yaml.h"
#include "practice/announcement.h"

#include "base/banned.h"

enum { HEARD_MAX = 2048 };

struct people {
    struct yaml_doc *doc; /* owns the strings */
    size_t cue_count, count;
    struct cue cues[PERSONA_CUES_MAX];
    struct persona at[PERSONA_MAX];
};

static void people_destroy(void *obj)
{
    struct people *p = obj;

    if (p->doc != NULL)
        yaml_doc_free(p->doc);
}

static const char *const behaviours[] = {"person", "busy", "no_answer", "reject", "unknown_number", "voicemail", "silence", "hang_up", "press", "closer", "closer_decline",
                                         "mailbox_full", "ivr", "screening", "intercept", "fax"};

static int parse_behaviour(enum behaviour *out, const char *name)
{
    for (size_t i = 0; i < sizeof behaviours / sizeof behaviours[0]; i++) {
        if (strcmp(behaviours[i], name) == 0) {
            *out = (enum behaviour)i;
            return 0;
        }
    }
    return EINVAL;
}

/* A scalar or a list of scalars into at most `max` texts. */
static size_t texts(const struct yaml_node *n, const char **out, size_t max)
{
    size_t count = 0;

    if (n->kind == YAML_NODE_SCALAR) {
        out[count++] = n->text;
    } else if (n->kind == YAML_NODE_LIST) {
        for (size_t i = 0; i < n->count && count < max; i++)
            if (n->children[i]->kind == YAML_NODE_SCALAR)
                out[count++] = n->children[i]->text;
    }
    return count;
}

static int fail(const struct yaml_node *at, const char *text, char *why, size_t size)
{
    snprintf(why, size, "line %d: %s", at != NULL ? at->line : 1, text);
    return EINVAL;
}

static int read_cues(struct people *p, const struct yaml_node *map, char *why, size_t size)
{
    if (map == NULL || map->kind != YAML_NODE_MAP || map->count > PERSONA_CUES_MAX)
        return fail(map, "\"cues\" must be a map of at most 40 lists of phrases", why, size);
    for (size_t i = 0; i < map->count; i++) {
        struct cue *c = &p->cues[p->cue_count++];

        c->id = map->keys[i];
        c->n = texts(map->children[i], c->phrases, PERSONA_WORDS_MAX);
    }
    return 0;
}

static int read_int(int *out, const struct yaml_node *map, const char *key, char *why, size_t size)
{
    const struct yaml_node *n = yaml_get(map, key);
    double v;

    if (n == NULL)
        return 0;
    if (yaml_num(&v, n) != 0 || v < 0 || v > 600000)
        return fail(n, "a number from 0 to 600000 is needed", why, size);
    *out = (int)v;
    return 0;
}

static int read_seed(struct persona *who, const struct yaml_node *map, char *why, size_t size)
{
    int seed = 0;
    int err = read_int(&seed, map, "seed", why, size);

    who->seed = (uint32_t)seed;
    return err;
}

static int read_facts(struct persona *who, const struct yaml_node *map)
{
    for (size_t i = 0; map != NULL && map->kind == YAML_NODE_MAP && i < map->count && who->fact_count < PERSONA_CUES_MAX; i++) {
        struct fact *f = &who->facts[who->fact_count++];

        f->cue = map->keys[i];
        f->n = texts(map->children[i], f->lines, PERSONA_LINES_MAX);
    }
    return 0;
}

static int check_announcement(const char *line, const struct yaml_node *at, char *why, size_t size)
{
    struct announcement a;

    return announcement_parse(&a, line) == 0 ? 0 : fail(at, "an announcement: words, {pause MS}, {beep HZ MS}, {sit}, {sit busy}, {busy}, {ring}, {fax}", why, size);
}

/* What a machine plays when nothing is said about it. */
static const char *usual_announcement(enum behaviour b)
{
    switch (b) {
    case ACT_VOICEMAIL: return "Please leave a message after the beep. {beep 1000 600}";
    case ACT_MAILBOX_FULL: return "The mailbox is full and cannot accept any messages at this time. Goodbye.";
    case ACT_IVR: return "Thank you for calling. For sales, press one. For support, press two.";
    case ACT_SCREENING: return "Hi, if you record your name and reason for calling, I'll see if this person is available.";
    case ACT_INTERCEPT: return "{sit} The number you have dialed is not in service. Please check the number and dial again.";
    case ACT_FAX: return "{fax}";
    case ACT_PERSON:
    case ACT_BUSY:
    case ACT_NO_ANSWER:
    case ACT_REJECT:
    case ACT_UNKNOWN_NUMBER:
    case ACT_SILENCE:
    case ACT_HANG_UP:
    case ACT_PRESS:
    case ACT_CLOSER:
    case ACT_CLOSER_DECLINE: return NULL;
    }
    return NULL;
}

static int read_announcements(struct persona *who, const struct yaml_node *n, char *why, size_t size)
{
    const char *usual = usual_announcement(who->behaviour);

    if (usual == NULL)
        return 0;
    who->greeting = yaml_str(n, "greeting", usual);
    if (check_announcement(who->greeting, yaml_get(n, "greeting"), why, size) || check_announcement(who->connecting, yaml_get(n, "connecting"), why, size))
        return EINVAL;
    return read_int(&who->pick_up_ms, n, "pick_up_ms", why, size);
}

static int read_person(struct people *p, const struct yaml_node *n, char *why, size_t size)
{
    struct persona *who = &p->at[p->count];

    if (n->kind != YAML_NODE_MAP || p->count == PERSONA_MAX)
        return fail(n, "a person is a map, and there are at most 200", why, size);
    *who = (struct persona){.number = yaml_str(n, "number", NULL), .name = yaml_str(n, "name", "Somebody"), .company = yaml_str(n, "company", NULL), .title = yaml_str(n, "title", NULL),
                            .source = yaml_str(n, "source", "demo_request"), .voice = yaml_str(n, "voice", "flite:rms"), .greeting = yaml_str(n, "greeting", "Hello?"),
                            .interrupt_lines = {"Sorry, one moment."}, .interrupt_count = 1, .interrupt_times = 1, .ring_ms = 800, .think_ms = 250};
    who->pick_up_say = yaml_str(n, "pick_up_say", "Hello?");
    who->connecting = yaml_str(n, "connecting", "Thanks. Please stay on the line. {ring}");
    if (who->number == NULL)
        return fail(n, "a person needs a number", why, size);
    if (parse_behaviour(&who->behaviour, yaml_str(n, "behaviour", "person")) != 0)
        return fail(n, "no such behaviour", why, size);
    if (read_announcements(who, n, why, size) != 0)
        return EINVAL;
    who->by_timing = strcmp(yaml_str(n, "hears", "words"), "timing") == 0;
    who->digit = yaml_str(n, "digit", "9")[0];
    if (read_int(&who->ring_ms, n, "ring_ms", why, size) || read_int(&who->think_ms, n, "think_ms", why, size) || read_int(&who->interrupt_ms, n, "interrupt_ms", why, size) ||
        read_int(&who->call_back_s, n, "call_back_s", why, size) || read_int(&who->interrupt_times, n, "interrupt_times", why, size) ||
        read_seed(who, n, why, size) || expectation_read(&who->expect, yaml_get(n, "expect"), why, size))
        return EINVAL;
    if (yaml_get(n, "interrupt_say") != NULL)
        who->interrupt_count = texts(yaml_get(n, "interrupt_say"), who->interrupt_lines, PERSONA_LINES_MAX);
    who->node = n;
    if (bad_line_parse(&who->line, yaml_str(n, "line", "")) != 0)
        return fail(n, "a line is written as noise_db=10,gain_db=-30,echo_db=-20,echo_ms=120,loss=3,jitter_ms=40", why, size);
    if (yaml_get(n, "also") != NULL)
        who->also_count = texts(yaml_get(n, "also"), who->also, PERSONA_ALSO_MAX);
    p->count++;
    return read_facts(who, yaml_get(n, "says"));
}

static int read_people(struct people *p, const struct yaml_node *list, char *why, size_t size)
{
    int err = 0;

    if (list == NULL || list->kind != YAML_NODE_LIST)
        return fail(list, "\"people\" must be a list", why, size);
    for (size_t i = 0; i < list->count && !err; i++)
        err = read_person(p, list->children[i], why, size);
    return err;
}

int people_load(struct people **pp, const char *path, char *why, size_t why_size)
{
    struct people *p = obj_alloc(sizeof *p, people_destroy);
    const struct yaml_node *root;
    int err;

    if (p == NULL)
        return ENOMEM;
    err = yaml_read_file(&p->doc, path, why, why_size);
    if (!err) {
        root = yaml_root(p->doc);
        err = read_cues(p, yaml_get(root, "cues"), why, why_size);
        if (!err)
            err = read_people(p, yaml_get(root, "people"), why, why_size);
    }
    if (err)
        obj_unref(p);
    else
        *pp = p;
    return err;
}

const struct yaml_node *people_root(const struct people *p)
{
    return yaml_root(p->doc);
}

size_t people_count(const struct people *p)
{
    return p->count;
}

const struct persona *people_at(const struct people *p, size_t i)
{
    return &p->at[i];
}

static bool has_number(const struct persona *who, const char *number)
{
    if (strcmp(who->number, number) == 0)
        return true;
    for (size_t i = 0; i < who->also_count; i++)
        if (strcmp(who->also[i], number) == 0)
            return true;
    return false;
}

const struct persona *people_find(const struct people *p, const char *number)
{
    for (size_t i = 0; i < p->count; i++)
        if (has_number(&p->at[i], number))
            return &p->at[i];
    return NULL;
}

/* Lower case, without the marks that a recogniser sets as it likes. */
static void plain(char *out, size_t size, const char *in)
{
    size_t n = 0;

    for (; *in != '\0' && n + 1 < size; in++)
        if (strchr(",.;:?!", *in) == NULL)
            out[n++] = (char)tolower((unsigned char)*in);
    out[n] = '\0';
}

static const char *last_of(const char *text, const char *phrase)
{
    const char *found = NULL;

    for (const char *p = strstr(text, phrase); p != NULL; p = strstr(p + 1, phrase))
        found = p;
    return found;
}

const struct cue *people_cue(const struct people *p, const char *heard)
{
    const struct cue *best = NULL;
    const char *where = NULL;
    char text[HEARD_MAX];

    plain(text, sizeof text, heard);
    for (size_t i = 0; i < p->cue_count; i++) {
        for (size_t k = 0; k < p->cues[i].n; k++) {
            const char *at = last_of(text, p->cues[i].phrases[k]);

            if (at != NULL && (where == NULL || at > where)) {
                where = at;
                best = &p->cues[i];
            }
        }
    }
    return best;
}

const char *persona_line(const struct persona *who, const char *cue, unsigned nth)
{
    for (size_t i = 0; i < who->fact_count; i++)
        if (strcmp(who->facts[i].cue, cue) == 0)
            return who->facts[i].n > 0 ? who->facts[i].lines[nth < who->facts[i].n ? nth : who->facts[i].n - 1] : NULL;
    return NULL;
}

#include "talk/greeting.h"

#include <errno.h>
#include <string.h>

#include "base/arena.h"
#include "base/obj.h"
#include "talk/lang.h"
#include "talk/und_phrase.h"

#include "base/banned.h"

enum { BOOK_BYTES = 2 << 20, POINTS_PER_CUE = 4, SHIELD_REACH = 4 };

struct greeting_book {
    const struct lang *lang;
    struct arena arena;
    struct phrasebook *phrases;
};

static void book_destroy(void *obj)
{
    struct greeting_book *b = obj;

    arena_release(&b->arena);
}

static int cue_of(const struct lang_greeting *l)
{
    return (int)l->kind * POINTS_PER_CUE + l->points;
}

int greeting_book_alloc(struct greeting_book **bp, const char *language)
{
    struct greeting_book *b = obj_alloc(sizeof *b, book_destroy);
    int err;

    if (b == NULL)
        return ENOMEM;
    b->lang = lang_find(language) != NULL ? lang_find(language) : &lang_en;
    arena_init(&b->arena, BOOK_BYTES);
    b->phrases = phrasebook_alloc(&b->arena);
    err = b->phrases != NULL ? 0 : ENOMEM;
    for (const struct lang_greeting *l = b->lang->greetings; l->patterns != NULL && !err; l++)
        err = phrasebook_add(b->phrases, cue_of(l), l->patterns);
    if (err)
        obj_unref(b);
    else
        *bp = b;
    return err;
}

static bool is_shielded(const struct hits *hits, const struct hit *h)
{
    for (size_t i = 0; i < hits->n; i++) {
        const struct hit *s = &hits->at[i];

        if (s->cue / POINTS_PER_CUE == GREETING_SHIELD && h->from >= s->from && h->from < s->to + SHIELD_REACH)
            return true;
    }
    return false;
}

/* Hits of a kind that overlap say the same thing once: the stronger one counts. */
static void count(struct greeting *g, const struct hits *hits, const struct words *w, enum greeting_kind kind)
{
    size_t end = 0;
    int strongest = 0, last = 0;

    for (size_t i = 0; i < hits->n; i++) {
        const struct hit *h = &hits->at[i];
        int points = h->cue % POINTS_PER_CUE, more;

        if (h->cue / POINTS_PER_CUE != (int)kind || (kind < GREETING_PERSON && is_shielded(hits, h)))
            continue;
        more = h->from >= end ? points : points > last ? points - last : 0;
        g->points[kind] += more;
        last = h->from >= end || points > last ? points : last;
        end = h->to > end ? h->to : end;
        g->plain[kind] |= points == GREETING_PLAIN;
        if (points > strongest) {
            strongest = points;
            words_quote(g->phrase[kind], sizeof g->phrase[kind], w, h->from, h->to);
        }
    }
}

void greeting_read(struct greeting *g, const struct greeting_book *b, const char *text)
{
    struct words w;
    struct hits hits;

    memset(g, 0, sizeof *g);
    words_cut(&w, b->lang, text);
    phrasebook_scan(b->phrases, &w, &hits);
    g->words = w.n;
    for (int k = 0; k < GREETING_KINDS; k++)
        count(g, &hits, &w, (enum greeting_kind)k);
}

enum greeting_kind greeting_machine(const struct greeting *g, int points)
{
    for (int k = GREETING_FULL; k <= GREETING_MENU; k++) {
        bool outweighed = g->points[k] <= g->points[GREETING_PERSON] && (!g->plain[k] || g->plain[GREETING_PERSON] || (k != GREETING_SCREENING && g->points[GREETING_OFFER] > 0)); /* a screener asks what people ask */

        if (g->points[k] < points || outweighed)
            continue;
        return k == GREETING_VOICEMAIL && g->points[GREETING_MENU] > g->points[k] ? GREETING_MENU : (enum greeting_kind)k;
    }
    return GREETING_KINDS;
}

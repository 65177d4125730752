#include "call/scribe.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/json.h"
#include "base/log.h"
#include "base/obj.h"
#include "base/text.h"
#include "base/timer.h"
#include "store/call_rows.h"

#include "base/banned.h"

enum { PATIENCE_MS = (SPEECH_BACKGROUND_WAIT_S + 30) * 1000 }; /* a text that has not come by then never comes */

/* One utterance; ended_us 0: it goes on. */
struct line { uint32_t utterance; int64_t began_us, ended_us; };

struct scribe {
    struct store *store;
    struct loop *control;
    struct ears *ears;
    int *turn_seq;
    char call_id[37], lead_id[37], speaker[12], name[64];
    int64_t recording_us;
    int count;
    struct line lines[SCRIBE_LINES_MAX];
    struct timer patience;  /* runs while lines wait */
};

static void scribe_destroy(void *obj)
{
    struct scribe *s = obj;

    ears_close(s->ears);
    obj_unref(s->ears);
    obj_unref(s->store);
    obj_unref(s->turn_seq);
}

/* --- what is written --- */

struct entry { char call_id[37], lead_id[37]; json_t *turn; int64_t at; };

static int write_turn(struct tx *tx, void *arg)
{
    const struct entry *e = arg;

    return call_row_turn(tx, e->call_id, e->lead_id, e->turn, e->at);
}

static void entry_free(struct entry *e)
{
    json_decref(e->turn);
    free(e);
}

static void on_written(int err, void *arg)
{
    struct entry *e = arg;

    if (err)
        log_error("call", e->call_id, "a line of the transcript is not written: %s", strerror(err));
    entry_free(e);
}

static int offset_ms(const struct scribe *s, int64_t at_us)
{
    return at_us > s->recording_us ? (int)((at_us - s->recording_us) / 1000) : 0;
}

static void write_line(struct scribe *s, const struct line *l, const char *text)
{
    struct entry *e = calloc(1, sizeof *e);
    int err = ENOMEM;

    if (e != NULL) {
        memcpy(e->call_id, s->call_id, sizeof e->call_id);
        memcpy(e->lead_id, s->lead_id, sizeof e->lead_id);
        e->at = clock_now_ms();
        e->turn = json_pack("{s:i,s:s,s:n,s:s,s:i,s:i,s:i,s:b,s:o?}", "seq", ++*s->turn_seq, "speaker", s->speaker, "topic", "text", text, "at_ms", offset_ms(s, l->began_us), "end_ms",
                            offset_ms(s, l->ended_us), "heard_ms", 0, "interrupted", 0, "ledger", s->name[0] != '\0' ? json_pack("{s:s}", "name", s->name) : NULL);
        err = e->turn != NULL ? store_submit(s->store, write_turn, on_written, s->control, e) : ENOMEM;
    }
    if (!err)
        return;
    log_warn("call", s->call_id, "a line of the transcript is lost: %s", strerror(err));
    if (e != NULL)
        entry_free(e);
}

/* --- lines that wait for their texts --- */

static struct line *find_line(struct scribe *s, uint32_t utterance)
{
    for (int i = 0; i < s->count; i++)
        if (s->lines[i].utterance == utterance)
            return &s->lines[i];
    return NULL;
}

static void on_patience(void *arg);

/* The reference that waiting lines hold may be the last one. */
static void drop_line(struct scribe *s, struct line *l)
{
    s->count--;
    memmove(l, l + 1, (size_t)(s->lines + s->count - l) * sizeof *l);
    if (s->count > 0)
        return;
    timer_cancel(&s->patience);
    obj_unref(s);
}

/* It is the oldest: none before it waits. */
static void give_up(struct scribe *s)
{
    struct line l = s->lines[0];

    if (l.ended_us == 0)
        l.ended_us = l.began_us;
    write_line(s, &l, SCRIBE_MISSED);
    drop_line(s, &s->lines[0]);
}

static void on_patience(void *arg)
{
    struct scribe *s = obj_ref(arg);

    if (clock_mono_us() - s->lines[0].began_us >= PATIENCE_MS * 1000LL)
        give_up(s);
    if (s->count > 0)
        timer_start(&s->patience, PATIENCE_MS, on_patience, s);
    obj_unref(s);
}

static struct line *add_line(struct scribe *s, uint32_t utterance, int64_t began_us)
{
    if (s->count == SCRIBE_LINES_MAX)
        give_up(s);
    if (s->count == 0) {
        obj_ref(s);
        timer_start(&s->patience, PATIENCE_MS, on_patience, s);
    }
    s->lines[s->count] = (struct line){.utterance = utterance, .began_us = began_us};
    return &s->lines[s->count++];
}

static struct line *line_of(struct scribe *s, uint32_t utterance, int64_t began_us)
{
    struct line *l = find_line(s, utterance);

    return l != NULL ? l : add_line(s, utterance, began_us);
}

void scribe_on_tap(struct scribe *s, const struct tap_event *ev)
{
    struct scribe *keep = obj_ref(s);

    switch (ev->kind) {
    case TAP_SPEECH_START:
        (void)add_line(s, ev->utterance, ev->at_us);
        break;
    case TAP_SPEECH_STOP:
        line_of(s, ev->utterance, ev->at_us)->ended_us = ev->at_us;
        break;
    case TAP_SPEECH_CUT:
        line_of(s, ev->utterance, ev->at_us)->ended_us = ev->at_us;
        (void)add_line(s, ev->utterance + 1, ev->at_us);
        break;
    case TAP_TONE:
        break;
    }
    obj_unref(keep);
}

void scribe_on_text(struct scribe *s, const struct ears_result *r)
{
    struct line *l = find_line(s, r->utterance);
    struct scribe *keep;

    if (l == NULL || !r->final)
        return;
    keep = obj_ref(s);
    if (l->began_us == l->ended_us) /* its beginning was before our time */
        l->began_us -= r->audio_ms * 1000LL;
    if (r->err || r->text[0] != '\0')
        write_line(s, l, r->err ? SCRIBE_MISSED : r->text);
    drop_line(s, l);
    obj_unref(keep);
}

static void on_ears(const struct ears_result *r, void *arg)
{
    scribe_on_text(arg, r);
}

struct ears *scribe_ears(const struct scribe *s)
{
    return s != NULL ? s->ears : NULL;
}

int scribe_alloc(struct scribe **sp, const struct scribe_params *p)
{
    struct scribe *s = obj_alloc(sizeof *s, scribe_destroy);
    int err;

    if (s == NULL)
        return ENOMEM;
    timer_init(&s->patience);
    s->store = obj_ref(p->store);
    s->control = p->control;
    s->turn_seq = obj_ref(p->turn_seq);
    s->recording_us = p->recording_us;
    (void)text_copy(s->call_id, sizeof s->call_id, p->call_id);
    (void)text_copy(s->lead_id, sizeof s->lead_id, p->lead_id);
    (void)text_copy(s->speaker, sizeof s->speaker, p->speaker);
    (void)text_copy(s->name, sizeof s->name, p->name != NULL ? p->name : "");
    err = ears_open(&s->ears, p->speech, p->control, on_ears, s);
    if (err) {
        obj_unref(s);
        return err;
    }
    ears_make_background(s->ears);
    *sp = s;
    return 0;
}

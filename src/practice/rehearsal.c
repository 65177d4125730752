/* rehearsal.c - a talk without sound.
 *
 *   talk says, listens --> the person hears all of it, answers (or the next written turn) --> talk ... until one of them hangs up
 *
 * Who speaks over us is given to the talk as on a live line: first what was heard of the sentences that were cut off, then the words. */
#include "practice/rehearsal.h"

#include <ctype.h>
#include <errno.h>
#include <string.h>

#include "base/clock.h"
#include "base/obj.h"
#include "base/text.h"
#include "practice/announcement.h"
#include "practice/mind.h"

#include "base/banned.h"

enum { ANSWER_MS = 2500, SAID_AT_ONCE = TALK_EFFECTS_MAX, HEARD_MAX = 8192, WORDS_MAX = 2000 };
static const int64_t ordinary_now_ms = 1773223200000; /* a Wednesday in March 2026, ten in the morning */

struct sentence_said { uint32_t said; int ms; };

struct stage {
    const struct rehearsal_params *p;
    struct rehearsal *r;
    struct talk *talk;
    struct mind mind;
    struct talk_effects out;
    int64_t now_ms;
    char heard[HEARD_MAX];       /* since the person last answered */
    struct sentence_said at[SAID_AT_ONCE];
    size_t sentences, next_turn;
    bool leaving, interrupted;
    char words[WORDS_MAX];
};

static const struct talk_effect *effect(const struct stage *s, enum talk_effect_kind kind)
{
    for (size_t i = 0; i < s->out.n; i++)
        if (s->out.at[i].kind == kind)
            return &s->out.at[i];
    return NULL;
}

static void note_said(struct stage *s, const struct talk_effect *e)
{
    size_t at = strlen(s->heard);

    (void)text_copy(s->heard + at, sizeof s->heard - at, e->text);
    at = strlen(s->heard);
    (void)text_copy(s->heard + at, sizeof s->heard - at, " ");
    (void)buf_printf(&s->r->said, "%s\n", e->text);
    if (s->sentences < SAID_AT_ONCE)
        s->at[s->sentences++] = (struct sentence_said){e->said, talk_spoken_ms(e->text)};
    s->now_ms += talk_spoken_ms(e->text);
}

static void step(struct stage *s, const struct talk_input *in)
{
    s->now_ms += in->kind == TALK_IN_TEXT ? ANSWER_MS : in->silence_ms;
    s->r->inputs++;
    talk_step(s->talk, in, s->now_ms, &s->out);
    for (size_t i = 0; i < s->out.n; i++)
        if (s->out.at[i].kind == TALK_SAY)
            note_said(s, &s->out.at[i]);
}

/* They begin to speak `at_ms` into what we are saying: the sentence of that moment is cut, those behind it are not said at all. */
static void interrupt(struct stage *s, int at_ms)
{
    struct sentence_said said[SAID_AT_ONCE];
    size_t n = s->sentences;
    int begins = 0;

    memcpy(said, s->at, sizeof said);
    for (size_t i = 0; i < n && !talk_ended(s->talk); i++) {
        int heard = at_ms - begins;

        begins += said[i].ms;
        if (heard >= said[i].ms)
            continue;
        s->now_ms -= said[i].ms - (heard > 0 ? heard : 0);
        s->r->interrupted++;
        step(s, &(struct talk_input){.kind = TALK_IN_HEARD, .said = said[i].said, .heard_ms = heard > 0 ? heard : 0, .total_ms = said[i].ms});
    }
}

/* A person's words as recognisers write them, with every other seed; written turns stay as they are. */
static const char *as_heard(struct stage *s, const char *words)
{
    size_t n = 0;

    if (s->p->who == NULL || s->p->seed % 2 == 0)
        return words;
    for (; *words != '\0' && n + 1 < sizeof s->words; words++)
        if (strchr(",.;:?!", *words) == NULL || (*words == '.' && isdigit((unsigned char)words[1])))
            s->words[n++] = (char)tolower((unsigned char)*words);
    s->words[n] = '\0';
    return s->words;
}

static void say_heard(struct stage *s, const char *words, float confidence)
{
    s->heard[0] = '\0';
    s->sentences = 0;
    step(s, &(struct talk_input){.kind = TALK_IN_TEXT, .text = as_heard(s, words), .confidence = confidence});
}

static void say(struct stage *s, const char *words)
{
    say_heard(s, words, 0);
}

static void be_silent(struct stage *s, int ms)
{
    const struct talk_effect *listen = effect(s, TALK_LISTEN);

    s->heard[0] = '\0';
    s->sentences = 0;
    if (ms <= 0)
        ms = listen != NULL && listen->silence_ms > 0 ? listen->silence_ms : 6000;
    step(s, &(struct talk_input){.kind = TALK_IN_SILENCE, .silence_ms = ms});
}

static void hang_up(struct stage *s)
{
    step(s, &(struct talk_input){.kind = TALK_IN_HANGUP});
}

static void end_of_hold(struct stage *s)
{
    bool fails = s->p->turns != NULL && s->p->turns->handoff_fails;

    s->sentences = 0;
    step(s, &(struct talk_input){.kind = fails ? TALK_IN_HANDOFF_FAILED : TALK_IN_HANDOFF_DONE});
}

/* --- a person --- */

static int interrupt_ms(const struct stage *s)
{
    return s->p->turns != NULL && s->p->turns->barge_in_at > 0 ? s->p->turns->barge_in_at : s->p->who->interrupt_ms;
}

static int spoken_ms(const struct stage *s)
{
    int sum = 0;

    for (size_t i = 0; i < s->sentences; i++)
        sum += s->at[i].ms;
    return sum;
}

static void person_talks(struct stage *s)
{
    struct mind_reply r;
    int over_us = interrupt_ms(s);

    if (s->leaving) {
        hang_up(s);
        return;
    }
    if (over_us > 0 && !s->interrupted && spoken_ms(s) > over_us) {
        s->interrupted = true;
        interrupt(s, over_us);
        say(s, s->p->who->interrupt_lines[0]);
        return;
    }
    r = mind_hear(&s->mind, s->heard, true);
    s->leaving = r.leaves;
    if (r.line != NULL)
        say(s, r.line);
    else if (r.leaves)
        hang_up(s);
    else
        be_silent(s, 0);
}

static void say_announcement(struct stage *s)
{
    struct announcement a;
    char words[ANNOUNCEMENT_WORDS_MAX];

    if (announcement_parse(&a, s->p->who->greeting) != 0)
        return;
    announcement_words(words, sizeof words, &a);
    say(s, words);
}

static void person_acts(struct stage *s)
{
    switch (s->p->who->behaviour) {
    case ACT_PERSON: person_talks(s); break;
    case ACT_VOICEMAIL:
        if (s->r->inputs == 1)
            say_announcement(s);
        else
            be_silent(s, 0);
        break;
    case ACT_HANG_UP: hang_up(s); break;
    case ACT_PRESS:
        if (s->r->inputs == 1)
            step(s, &(struct talk_input){.kind = TALK_IN_DTMF, .digit = s->p->who->digit});
        else
            be_silent(s, 0);
        break;
    case ACT_SILENCE:
    case ACT_BUSY:
    case ACT_NO_ANSWER:
    case ACT_REJECT:
    case ACT_UNKNOWN_NUMBER:
    case ACT_CLOSER:
    case ACT_CLOSER_DECLINE:
    case ACT_MAILBOX_FULL:
    case ACT_IVR:
    case ACT_SCREENING:
    case ACT_INTERCEPT:
    case ACT_FAX: be_silent(s, 0); break;
    }
}

bool rehearsal_possible(const struct persona *who)
{
    return who->behaviour == ACT_PERSON || who->behaviour == ACT_VOICEMAIL || who->behaviour == ACT_HANG_UP || who->behaviour == ACT_PRESS || who->behaviour == ACT_SILENCE;
}

/* --- written turns --- */

static void written_turn(struct stage *s, const struct case_turn *t)
{
    if (t->barge_in_at > 0)
        interrupt(s, t->barge_in_at);
    switch (t->kind) {
    case CASE_SAY: say_heard(s, t->text, t->confidence); break;
    case CASE_SILENCE: be_silent(s, t->silence_ms); break;
    case CASE_KEY: step(s, &(struct talk_input){.kind = TALK_IN_DTMF, .digit = t->digit}); break;
    case CASE_HANG_UP: hang_up(s); break;
    case CASE_MACHINE: step(s, &(struct talk_input){.kind = TALK_IN_MACHINE}); break;
    }
}

static void turn_acts(struct stage *s)
{
    const struct sim_case *c = s->p->turns;

    if (s->next_turn < c->turn_count)
        written_turn(s, &c->turns[s->next_turn++]);
    else
        hang_up(s);
}

static bool says_on_hold(const struct stage *s)
{
    const struct sim_case *c = s->p->turns;

    return s->p->who == NULL && s->next_turn < c->turn_count && c->turns[s->next_turn].on_hold;
}

/* --- the talk --- */

static void play(struct stage *s)
{
    bool on_hold = false;

    step(s, &(struct talk_input){.kind = TALK_IN_START});
    for (int i = 0; i < REHEARSAL_STEPS_MAX && !talk_ended(s->talk); i++) {
        const struct talk_effect *listen = effect(s, TALK_LISTEN);

        on_hold = effect(s, TALK_HANDOFF) != NULL || (on_hold && listen != NULL && strcmp(listen->topic, "handoff") == 0);
        if (on_hold && !says_on_hold(s)) {
            on_hold = false;
            end_of_hold(s);
        } else if (s->p->who != NULL) {
            person_acts(s);
        } else {
            turn_acts(s);
        }
    }
}

/* The first name and the rest of a persona's name. */
static void name_of(struct talk_lead *l, char first[80], const struct persona *who)
{
    const char *blank = strchr(who->name, ' ');

    (void)text_copy(first, 80, who->name);
    if (blank != NULL && (size_t)(blank - who->name) < 80)
        first[blank - who->name] = '\0';
    l->first_name = first;
    l->last_name = blank != NULL ? blank + 1 : NULL;
    l->company = who->company;
    l->title = who->title;
    l->source = who->source;
}

static void lead_of(struct talk_lead *l, const struct sim_case *c)
{
    const struct case_lead *from = &c->lead;

    l->first_name = from->first_name != NULL ? from->first_name : l->first_name;
    l->last_name = from->last_name != NULL ? from->last_name : l->last_name;
    l->company = from->company != NULL ? from->company : l->company;
    l->title = from->title != NULL ? from->title : l->title;
    l->source = from->source != NULL ? from->source : l->source;
    l->partner = from->partner;
    l->email = from->email;
    l->known_answers = c->known_answers;
    l->utc_offset_s = c->utc_offset_s;
}

int rehearse(struct rehearsal *r, const struct rehearsal_params *p)
{
    struct stage s = {.p = p, .r = r, .now_ms = ordinary_now_ms};
    struct talk_lead lead = {.source = "demo_request"};
    char first[80];
    int err;

    *r = (struct rehearsal){0};
    buf_init(&r->said, REHEARSAL_SAID_MAX);
    if (p->who != NULL) {
        name_of(&lead, first, p->who);
        mind_init(&s.mind, p->people, p->who, p->seed);
    }
    if (p->turns != NULL) {
        lead_of(&lead, p->turns);
        s.now_ms = p->turns->now_ms != 0 ? p->turns->now_ms : s.now_ms;
    }
    err = talk_alloc(&s.talk, p->scenario, p->und, &lead, p->seed);
    if (err)
        return err;
    play(&s);
    r->result = talk_result(s.talk, s.now_ms);
    obj_unref(s.talk);
    return r->result != NULL ? 0 : ENOMEM;
}

void rehearsal_release(struct rehearsal *r)
{
    json_decref(r->result);
    buf_release(&r->said);
}

void rehearsal_observe(struct observed *o, const struct rehearsal *r, bool should_interrupt)
{
    *o = (struct observed){.result = r->result, .said = buf_str(&r->said), .said_percent = 100, .slowest_ms = -1, .should_interrupt = should_interrupt, .interrupted = r->interrupted};
}

/* test_call_answer.c - who answered, as a table: what is heard when, and what is made of it at which moment. Time is a number. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/json.h"
#include "base/obj.h"
#include "call/answer.h"
#include "call/machine.h"

enum kind { END, VOICE, QUIET, TEXT, PARTIAL, TONE };
struct step { int at_ms; enum kind kind; const char *text; enum tone_kind tone; };

#define VOICE_(ms) {ms, VOICE, NULL, TONE_BEEP}
#define QUIET_(ms) {ms, QUIET, NULL, TONE_BEEP}
#define TEXT_(ms, words) {ms, TEXT, words, TONE_BEEP}
#define PARTIAL_(ms, words) {ms, PARTIAL, words, TONE_BEEP}
#define TONE_(ms, kind) {ms, TONE, NULL, kind}
#define END_ {0, END, NULL, TONE_BEEP}

enum { ANSWERED_MS = 5000, RING_MS = 11000, STEPS_MAX = 24, WATCHED_MS = 20000 };

static struct greeting_book *book;

static int load(void **state)
{
    (void)state;
    return greeting_book_alloc(&book, "en-US");
}

static int unload(void **state)
{
    (void)state;
    obj_unref(book);
    return 0;
}

static int64_t us(int ms)
{
    return (int64_t)(ANSWERED_MS + ms) * 1000;
}

/* Timers that are due before `until` fire at their time. Counts the partials that were asked for. */
static void let_time_pass(struct answer *a, int until, int *partials)
{
    while (a->deadline_us > 0 && a->deadline_us <= us(until))
        *partials += (answer_on_timer(a, a->deadline_us) & ANSWER_ACT_PARTIAL) != 0;
}

static void feed(struct answer *a, const struct step *s)
{
    const struct tone_event tone = {.kind = s->tone, .hz = 1000, .ms = 500, .dbfs = -12};

    switch (s->kind) {
    case VOICE: (void)answer_on_voice(a, us(s->at_ms)); break;
    case QUIET: (void)answer_on_quiet(a, us(s->at_ms)); break;
    case TEXT: (void)answer_on_text(a, s->text, true, us(s->at_ms)); break;
    case PARTIAL: (void)answer_on_text(a, s->text, false, us(s->at_ms)); break;
    case TONE: (void)answer_on_tone(a, &tone, us(s->at_ms)); break;
    case END: break;
    }
}

static void listen(struct answer *a, const struct step *steps, int *partials)
{
    *partials = 0;
    answer_init(a, &answer_params_default, book, us(0), RING_MS);
    for (; steps->kind != END; steps++) {
        let_time_pass(a, steps->at_ms, partials);
        feed(a, steps);
    }
    let_time_pass(a, WATCHED_MS, partials);
}

struct listening { const char *name; enum answer_who who; enum answer_rule rule; int from_ms, to_ms; struct step steps[STEPS_MAX]; };

static const struct listening listenings[] = {
    {"hello?", ANSWER_HUMAN, ANSWER_BY_SHORT_WORDS, 1300, 1300, {VOICE_(700), QUIET_(1100), TEXT_(1300, "Hello?")}},
    {"a grunt that no recogniser reads", ANSWER_HUMAN, ANSWER_BY_SHORT_PAUSE, 1260, 1260, {VOICE_(700), QUIET_(1000), TEXT_(1200, "")}},
    {"a recogniser that is late", ANSWER_HUMAN, ANSWER_BY_SHORT_PAUSE, 1260, 1260, {VOICE_(700), QUIET_(1000), TEXT_(2100, "Yeah?")}},
    {"a recogniser that is dead", ANSWER_HUMAN, ANSWER_BY_SHORT_PAUSE, 1260, 1260, {VOICE_(700), QUIET_(1000)}},
    {"two words that no recogniser reads", ANSWER_HUMAN, ANSWER_BY_SHORT_PAUSE, 2100, 2100, {VOICE_(700), QUIET_(1700)}},
    {"begins as only people do", ANSWER_HUMAN, ANSWER_BY_OPENING, 1250, 1250, {VOICE_(500), PARTIAL_(1250, "Good morning, this is"), QUIET_(3100), TEXT_(3400, "Good morning, this is Priya at the front desk.")}},
    {"asks while it speaks", ANSWER_HUMAN, ANSWER_BY_PERSON_WORDS, 2100, 2100, {VOICE_(500), PARTIAL_(2100, "Hello, who is this calling"), QUIET_(3100)}},
    {"begins as people do, and is a menu", ANSWER_IVR, ANSWER_BY_MACHINE_WORDS, 3700, 3700,
     {VOICE_(500), PARTIAL_(1250, "Good morning, and"), PARTIAL_(3700, "Good morning, and welcome to Alder Bank. For English, press one.")}},
    {"begins as people do, and goes on and on", ANSWER_VOICEMAIL, ANSWER_BY_MONOLOGUE, 8500, 8500, {VOICE_(500), PARTIAL_(1250, "Good evening")}},
    {"a word that a machine might say keeps it open", ANSWER_UNCERTAIN, ANSWER_BY_LONG_PAUSE, 4600, 4600,
     {VOICE_(500), PARTIAL_(1250, "Yes, you have reached"), QUIET_(3100), TEXT_(3400, "Yes, you have reached Brightline.")}},
    {"a company's long greeting", ANSWER_HUMAN, ANSWER_BY_PERSON_WORDS, 4600, 4600,
     {VOICE_(500), PARTIAL_(2000, "Thank you for calling Brightline"), QUIET_(4300), TEXT_(4600, "Thank you for calling Brightline Plumbing, this is Marcus, how can I help you?")}},
    {"a long greeting without an offer", ANSWER_HUMAN, ANSWER_BY_LONG_PAUSE, 3700, 3700, {VOICE_(500), QUIET_(3100), TEXT_(3400, "Good morning, Northwind Dental in Austin, Priya at the front desk.")}},
    {"you've reached, and a person", ANSWER_UNCERTAIN, ANSWER_BY_LONG_PAUSE, 4600, 4600, {VOICE_(500), QUIET_(3100), TEXT_(3400, "You've reached Brightline Plumbing, this is Marcus.")}},
    {"nobody speaks", ANSWER_SILENCE, ANSWER_BY_SILENCE, 6000, 6000, {END_}},
    {"somebody speaks after a long silence", ANSWER_HUMAN, ANSWER_BY_SHORT_PAUSE, 8360, 8360, {VOICE_(7600), QUIET_(8100), TEXT_(8400, "Hello?")}},
    {"a gatekeeper", ANSWER_HUMAN, ANSWER_BY_PERSON_WORDS, 3600, 3600, {VOICE_(500), QUIET_(3300), TEXT_(3600, "He's not available right now, can I take a message?")}},
    {"a voicemail, while it speaks", ANSWER_VOICEMAIL, ANSWER_BY_MACHINE_WORDS, 2700, 2700,
     {VOICE_(500), PARTIAL_(2700, "You've reached the voicemail of Dave"), QUIET_(6000), TEXT_(6300, "You've reached the voicemail of Dave Miller.")}},
    {"a voicemail that begins like a person", ANSWER_VOICEMAIL, ANSWER_BY_MACHINE_WORDS, 4200, 4200,
     {VOICE_(500), QUIET_(1200), TEXT_(1500, "Hi, this is Dave."), VOICE_(2100), QUIET_(3900), TEXT_(4200, "I can't come to the phone right now.")}},
    {"nothing but a name, and the beep", ANSWER_VOICEMAIL, ANSWER_BY_BEEP, 3600, 3600, {VOICE_(500), QUIET_(2400), TEXT_(2600, "Jennifer Alvarez."), TONE_(3600, TONE_BEEP)}},
    {"words of both, and the beep", ANSWER_VOICEMAIL, ANSWER_BY_BEEP, 4600, 4600, {VOICE_(500), QUIET_(3400), TEXT_(3700, "Sorry, what? I'll call you back."), TONE_(4600, TONE_BEEP)}},
    {"a long low beep, which rings elsewhere", ANSWER_VOICEMAIL, ANSWER_BY_BEEP, 3600, 3600, {VOICE_(500), QUIET_(2400), TEXT_(2600, "Jennifer Alvarez."), TONE_(3600, TONE_RINGBACK)}},
    {"it rings on", ANSWER_SILENCE, ANSWER_BY_SILENCE, 6000, 6000, {TONE_(3000, TONE_RINGBACK)}},
    {"a beep and not a word", ANSWER_VOICEMAIL, ANSWER_BY_BEEP, 3000, 3000, {TONE_(3000, TONE_BEEP)}},
    {"a beep behind a hello", ANSWER_HUMAN, ANSWER_BY_SHORT_WORDS, 1300, 1300, {VOICE_(700), QUIET_(1100), TEXT_(1300, "Hello?"), TONE_(1900, TONE_BEEP)}},
    {"a beep of a call that is recorded", ANSWER_HUMAN, ANSWER_BY_SHORT_WORDS, 1900, 1900, {TONE_(300, TONE_BEEP), VOICE_(1300), QUIET_(1700), TEXT_(1900, "Hello?")}},
    {"on and on, in words nobody knows", ANSWER_VOICEMAIL, ANSWER_BY_MONOLOGUE, 8500, 8500, {VOICE_(500)}},
    {"a full mailbox", ANSWER_VOICEMAIL_FULL, ANSWER_BY_MACHINE_WORDS, 4000, 4000, {VOICE_(500), QUIET_(3700), TEXT_(4000, "The mailbox is full and cannot accept messages at this time.")}},
    {"a menu", ANSWER_IVR, ANSWER_BY_MACHINE_WORDS, 4000, 4000, {VOICE_(500), QUIET_(3700), TEXT_(4000, "Thank you for calling Tidewater. For sales, press 1. For support, press 2.")}},
    {"a menu that offers help", ANSWER_IVR, ANSWER_BY_MACHINE_WORDS, 4000, 4000,
     {VOICE_(500), QUIET_(3700), TEXT_(4000, "I'm your virtual assistant. You can say things like billing. How can I help you?")}},
    {"a queue", ANSWER_IVR, ANSWER_BY_MACHINE_WORDS, 4000, 4000, {VOICE_(500), QUIET_(3700), TEXT_(4000, "Your call is important to us. All of our representatives are busy assisting other customers.")}},
    {"a screener", ANSWER_SCREENING, ANSWER_BY_MACHINE_WORDS, 4000, 4000, {VOICE_(500), QUIET_(3700), TEXT_(4000, "Hi, if you record your name and reason for calling, I'll see if this person is available.")}},
    {"special information tones", ANSWER_SIT, ANSWER_BY_TONES, 1400, 1400, {TONE_(1400, TONE_SIT_FINAL)}},
    {"an announcement of the network", ANSWER_SIT, ANSWER_BY_MACHINE_WORDS, 3000, 3000, {VOICE_(500), QUIET_(2700), TEXT_(3000, "The number you have dialed is not in service.")}},
    {"a fax", ANSWER_FAX, ANSWER_BY_TONES, 1200, 1200, {TONE_(1200, TONE_FAX)}},
};

static void who_answered_is_known_in_time(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof listenings / sizeof *listenings; i++) {
        const struct listening *l = &listenings[i];
        struct answer a;
        int partials;

        listen(&a, l->steps, &partials);
        if (a.verdict.who != l->who || a.verdict.rule != l->rule)
            fail_msg("%s: %s by %s", l->name, answer_who_name(a.verdict.who), answer_rule_name(a.verdict.rule));
        if (a.verdict.at_ms < l->from_ms || a.verdict.at_ms > l->to_ms)
            fail_msg("%s: after %d ms", l->name, a.verdict.at_ms);
    }
}

static void a_number_that_does_not_exist_is_told_from_a_busy_network(void **state)
{
    static const struct { struct step steps[4]; bool final; } cases[] = {
        {{TONE_(1400, TONE_SIT_FINAL)}, true},
        {{TONE_(1400, TONE_SIT_BUSY)}, false},
        {{TONE_(1400, TONE_BUSY)}, false},
        {{VOICE_(500), QUIET_(2700), TEXT_(3000, "The number you have dialed is not in service.")}, true},
        {{VOICE_(500), QUIET_(2700), TEXT_(3000, "All circuits are busy now.")}, false},
    };
    struct answer a;
    int partials;

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        listen(&a, cases[i].steps, &partials);
        assert_int_equal(a.verdict.who, ANSWER_SIT);
        assert_int_equal(a.verdict.no_such_number, cases[i].final);
    }
}

static void what_is_being_said_is_asked_for_a_few_times_and_only_while_it_matters(void **state)
{
    static const struct step monologue[] = {VOICE_(500), END_};
    static const struct step known[] = {VOICE_(500), PARTIAL_(1250, "Please leave a message after the beep"), END_};
    struct answer a;
    int partials;

    (void)state;
    listen(&a, monologue, &partials);
    assert_int_equal(partials, answer_params_default.partials_max);
    listen(&a, known, &partials);
    assert_int_equal(partials, 1);
}

static void a_conversation_under_way_is_not_revised(void **state)
{
    struct answer a;

    (void)state;
    answer_init(&a, &answer_params_default, book, us(0), RING_MS);
    (void)answer_on_voice(&a, us(500));
    (void)answer_on_quiet(&a, us(900));
    assert_int_equal(answer_on_text(&a, "Hello?", true, us(1100)), ANSWER_ACT_VERDICT);
    answer_close(&a);
    (void)answer_on_voice(&a, us(9000));
    assert_int_equal(answer_on_text(&a, "Nobody is available, they leave a message after the beep.", true, us(12000)), 0);
    assert_int_equal(a.verdict.who, ANSWER_HUMAN);
}

static void words_that_a_machine_might_say_ask_for_a_moment(void **state)
{
    struct answer a;

    (void)state;
    answer_init(&a, &answer_params_default, book, us(0), RING_MS);
    (void)answer_on_voice(&a, us(500));
    (void)answer_on_quiet(&a, us(1700));
    (void)answer_on_text(&a, "You've reached Dave Miller.", true, us(2000));
    assert_true(answer_in_doubt(&a));
    assert_int_equal(a.deadline_us, us(1700 + answer_params_default.doubt_quiet_ms));
    (void)answer_on_timer(&a, a.deadline_us);
    assert_false(answer_in_doubt(&a));
    assert_int_equal(a.verdict.who, ANSWER_UNCERTAIN);
}

static void the_evidence_says_why_and_what_was_thought_before(void **state)
{
    static const struct step steps[] = {VOICE_(500), QUIET_(1200), TEXT_(1500, "Hi, this is Dave."), VOICE_(2100), QUIET_(3900), TEXT_(4200, "Leave a message."), END_};
    struct answer a;
    json_t *j, *features;
    int partials;

    (void)state;
    listen(&a, steps, &partials);
    j = answer_json(&a);
    features = json_object_get(j, "features");
    assert_string_equal(jx_str(j, "who", ""), "voicemail");
    assert_string_equal(jx_str(j, "rule", ""), "machine_words");
    assert_string_equal(jx_str(j, "phrase", ""), "Leave a message");
    assert_int_equal(jx_int(j, "after_onset_ms", 0), 3700);
    assert_string_equal(jx_str(json_array_get(json_object_get(j, "earlier"), 0), "who", ""), "human");
    assert_int_equal(jx_int(features, "ring_ms", 0), RING_MS);
    assert_int_equal(jx_int(features, "first_speech_ms", 0), 500);
    assert_int_equal(jx_int(features, "first_segment_ms", 0), 700);
    assert_int_equal(jx_int(features, "segments", 0), 2);
    assert_int_equal(jx_int(features, "longest_gap_ms", 0), 900);
    assert_int_equal(jx_int(features, "speech_ms", 0), 2500);
    json_decref(j);
}

/* --- what is done about a machine --- */

struct doing { const char *name; enum answer_who who; bool voiced; unsigned action; int at_ms; enum answer_who who_after; struct step steps[STEPS_MAX]; };

static struct answer verdict(enum answer_who who, bool voiced, enum answer_rule rule)
{
    return (struct answer){.params = &answer_params_default, .book = book, .state = voiced ? ANSWER_HEARING : ANSWER_PAUSED, .last_voiced_us = us(0), .verdict = {.who = who, .rule = rule}};
}

/* From the verdict at 0 ms, the last word at 0 ms. The first action and its time. */
static unsigned attend(struct machine *m, const struct doing *d, int *at_ms)
{
    const struct answer a = verdict(d->who, d->voiced, ANSWER_BY_MACHINE_WORDS);
    unsigned act = machine_begin(m, &machine_params_default, &a, us(0));
    const struct step *s = d->steps;

    *at_ms = 0;
    while (act == 0 && (s->kind != END || m->deadline_us > 0)) {
        if (m->deadline_us > 0 && (s->kind == END || m->deadline_us <= us(s->at_ms))) {
            *at_ms = (int)(m->deadline_us / 1000) - ANSWERED_MS;
            act = machine_on_timer(m, m->deadline_us);
            continue;
        }
        *at_ms = s->at_ms;
        if (s->kind == VOICE)
            act = machine_on_voice(m, us(s->at_ms));
        else if (s->kind == QUIET)
            act = machine_on_quiet(m, us(s->at_ms));
        else if (s->kind == TEXT)
            act = machine_on_text(m, s->text, us(s->at_ms));
        else if (s->kind == TONE)
            act = machine_on_tone(m, &(struct tone_event){.kind = s->tone, .ms = 500}, us(s->at_ms));
        s++;
    }
    return act;
}

static const struct doing doings[] = {
    {"quiet after the greeting", ANSWER_VOICEMAIL, true, MACHINE_ACT_MESSAGE, 5000, ANSWER_VOICEMAIL, {QUIET_(3000), TEXT_(3300, "leave a message")}},
    {"a beep after the greeting", ANSWER_VOICEMAIL, true, MACHINE_ACT_MESSAGE, 4600, ANSWER_VOICEMAIL, {QUIET_(3000), TONE_(3600, TONE_BEEP)}},
    {"several beeps", ANSWER_VOICEMAIL, false, MACHINE_ACT_MESSAGE, 3400, ANSWER_VOICEMAIL, {TONE_(800, TONE_BEEP), TONE_(1600, TONE_BEEP), TONE_(2400, TONE_BEEP)}},
    {"words after a beep", ANSWER_VOICEMAIL, false, MACHINE_ACT_MESSAGE, 6000, ANSWER_VOICEMAIL, {TONE_(500, TONE_BEEP), VOICE_(900), QUIET_(4000), TEXT_(4300, "To page this person, press 5.")}},
    {"a greeting without end", ANSWER_VOICEMAIL, true, MACHINE_ACT_MESSAGE, 30000, ANSWER_VOICEMAIL, {END_}},
    {"a person picks up", ANSWER_VOICEMAIL, true, MACHINE_ACT_PERSON, 5300, ANSWER_VOICEMAIL, {QUIET_(3000), TEXT_(3300, "Leave a message."), VOICE_(4200), QUIET_(5000), TEXT_(5300, "Hello? Hello, I'm here.")}},
    {"hello of before the verdict", ANSWER_VOICEMAIL, true, MACHINE_ACT_MESSAGE, 5000, ANSWER_VOICEMAIL, {QUIET_(3000), TEXT_(3300, "Hello, hello.")}},
    {"the rest of a greeting is no person", ANSWER_VOICEMAIL, true, MACHINE_ACT_MESSAGE, 6600, ANSWER_VOICEMAIL, {QUIET_(3000), VOICE_(4000), QUIET_(4600), TEXT_(4900, "Thanks, bye.")}},
    {"a tone that was announced is waited for", ANSWER_VOICEMAIL, true, MACHINE_ACT_MESSAGE, 8200, ANSWER_VOICEMAIL,
     {QUIET_(3000), TEXT_(3300, "Please leave your message after the tone."), TONE_(7200, TONE_BEEP)}},
    {"and not for ever", ANSWER_VOICEMAIL, true, MACHINE_ACT_MESSAGE, 8000, ANSWER_VOICEMAIL, {QUIET_(3000), TEXT_(3300, "Please leave your message after the tone.")}},
    {"a beep before the greeting, and one after it", ANSWER_VOICEMAIL, false, MACHINE_ACT_MESSAGE, 4900, ANSWER_VOICEMAIL,
     {TONE_(300, TONE_BEEP), VOICE_(700), QUIET_(3000), TEXT_(3300, "Leave a message."), TONE_(3900, TONE_BEEP)}},
    {"the mailbox is full after all", ANSWER_VOICEMAIL, true, MACHINE_ACT_LEAVE, 3300, ANSWER_VOICEMAIL_FULL, {QUIET_(3000), TEXT_(3300, "The mailbox is full.")}},
    {"it was a screener", ANSWER_VOICEMAIL, true, MACHINE_ACT_STATE, 3700, ANSWER_SCREENING, {QUIET_(3000), TEXT_(3300, "Please state your name and why you are calling.")}},
    {"a screener has finished", ANSWER_SCREENING, true, MACHINE_ACT_STATE, 2700, ANSWER_SCREENING, {QUIET_(2000)}},
    {"a screener asks on", ANSWER_SCREENING, false, MACHINE_ACT_STATE, 3700, ANSWER_SCREENING, {VOICE_(300), QUIET_(3000), TEXT_(3300, "Can I ask who is calling?")}},
    {"it hung up", ANSWER_VOICEMAIL, true, MACHINE_ACT_LEAVE, 2500, ANSWER_VOICEMAIL, {QUIET_(2000), TONE_(2500, TONE_BUSY)}},
    {"a full mailbox", ANSWER_VOICEMAIL_FULL, false, MACHINE_ACT_LEAVE, 0, ANSWER_VOICEMAIL_FULL, {END_}},
    {"a menu that has finished", ANSWER_IVR, true, MACHINE_ACT_LEAVE, 4200, ANSWER_IVR, {QUIET_(3000)}},
    {"a menu without end", ANSWER_IVR, true, MACHINE_ACT_LEAVE, 8000, ANSWER_IVR, {END_}},
    {"a menu that takes a message", ANSWER_IVR, true, MACHINE_ACT_MESSAGE, 5000, ANSWER_VOICEMAIL, {QUIET_(3000), TEXT_(3300, "Or stay on the line to leave a message.")}},
    {"the network", ANSWER_SIT, false, MACHINE_ACT_LEAVE, 0, ANSWER_SIT, {END_}},
    {"a fax", ANSWER_FAX, false, MACHINE_ACT_LEAVE, 0, ANSWER_FAX, {END_}},
};

static void a_machine_gets_what_is_due_when_it_is_due(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof doings / sizeof *doings; i++) {
        struct machine m;
        int at_ms;
        unsigned act = attend(&m, &doings[i], &at_ms);

        if (act != doings[i].action || at_ms != doings[i].at_ms || m.who != doings[i].who_after)
            fail_msg("%s: action %u after %d ms, %s", doings[i].name, act, at_ms, answer_who_name(m.who));
    }
}

static void begin_message(struct machine *m)
{
    const struct answer a = verdict(ANSWER_VOICEMAIL, false, ANSWER_BY_BEEP);

    (void)machine_begin(m, &machine_params_default, &a, us(0));
    assert_int_equal(machine_on_timer(m, us(1000)), MACHINE_ACT_MESSAGE);
}

static void the_message_is_left_once(void **state)
{
    struct machine m;

    (void)state;
    begin_message(&m);
    assert_int_equal(m.deadline_us, 0);
    (void)machine_on_tone(&m, &(struct tone_event){.kind = TONE_BEEP}, us(4000));
    assert_int_equal(machine_on_timer(&m, us(60000)), 0);
    (void)machine_on_spoken(&m, us(9000));
    assert_int_equal(m.state, MACHINE_DONE);
}

static void a_person_over_the_message_gets_the_conversation_and_a_machine_does_not(void **state)
{
    struct machine m;

    (void)state;
    begin_message(&m);
    assert_int_equal(machine_on_text(&m, "", us(3000)), 0);
    assert_int_equal(machine_on_text(&m, "You.", us(3100)), 0);
    assert_int_equal(machine_on_text(&m, "To send your message, press 1.", us(4000)), 0);
    assert_int_equal(machine_on_text(&m, "Hello? Who is this?", us(5000)), MACHINE_ACT_PERSON);
    assert_int_equal(m.state, MACHINE_DONE);
}

/* As far as our sentence to a screener. */
static void state_it(struct machine *m)
{
    const struct answer a = verdict(ANSWER_SCREENING, false, ANSWER_BY_MACHINE_WORDS);

    (void)machine_begin(m, &machine_params_default, &a, us(0));
    assert_int_equal(machine_on_timer(m, m->deadline_us), MACHINE_ACT_STATE);
    (void)machine_on_spoken(m, us(4000));
    assert_int_equal(m->state, MACHINE_HOLDING);
}

static void the_words_that_gave_a_screener_away_are_not_answered_twice(void **state)
{
    const struct answer a = verdict(ANSWER_SCREENING, true, ANSWER_BY_MACHINE_WORDS);
    struct machine m;

    (void)state;
    (void)machine_begin(&m, &machine_params_default, &a, us(0));
    (void)machine_on_quiet(&m, us(500));
    assert_int_equal(machine_on_timer(&m, m.deadline_us), MACHINE_ACT_STATE);
    assert_int_equal(machine_on_text(&m, "Please record your name and reason for calling.", us(1500)), 0); /* a late final */
    (void)machine_on_spoken(&m, us(4000));
    assert_int_equal(m.state, MACHINE_HOLDING);
}

static void behind_a_screener_the_person_is_waited_for_and_greeted(void **state)
{
    static const char *const patience[] = {"Thanks.", "Please stay on the line.", "One moment please, I'll see if they are available.", ""};
    static const char *const people[] = {"Hello?", "Hi, this is Priya.", "Yeah, who is this?", "Okay, go ahead.", "What do you want?"};
    struct machine m;

    (void)state;
    for (size_t i = 0; i < sizeof people / sizeof *people; i++) {
        state_it(&m);
        for (size_t k = 0; k < sizeof patience / sizeof *patience; k++)
            assert_int_equal(machine_on_text(&m, patience[k], us(6000)), 0);
        assert_int_equal(machine_on_text(&m, people[i], us(9000)), MACHINE_ACT_PERSON);
    }
}

static void a_screener_is_answered_twice_at_most_and_not_waited_for_for_ever(void **state)
{
    struct machine m;

    (void)state;
    state_it(&m);
    assert_int_equal(machine_on_text(&m, "Please say your name and why you are calling.", us(7000)), 0);
    assert_int_equal(machine_on_timer(&m, m.deadline_us), MACHINE_ACT_STATE);
    (void)machine_on_spoken(&m, us(12000));
    (void)machine_on_text(&m, "Please say your name and why you are calling.", us(15000));
    assert_int_equal(m.state, MACHINE_HOLDING);
    assert_int_equal(m.deadline_us, us(12000 + machine_params_default.hold_ms));
    assert_int_equal(machine_on_timer(&m, m.deadline_us), MACHINE_ACT_LEAVE);
    assert_int_equal(m.who, ANSWER_SCREENING);
}

static void a_screener_that_takes_a_message_gets_it(void **state)
{
    struct machine m;

    (void)state;
    state_it(&m);
    (void)machine_on_voice(&m, us(6000));
    (void)machine_on_quiet(&m, us(9000));
    assert_int_equal(machine_on_text(&m, "They can't take your call. Please leave a message after the tone.", us(9300)), 0);
    assert_int_equal(m.who, ANSWER_VOICEMAIL);
    assert_int_equal(machine_on_timer(&m, m.deadline_us), MACHINE_ACT_MESSAGE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(who_answered_is_known_in_time),
        cmocka_unit_test(a_number_that_does_not_exist_is_told_from_a_busy_network),
        cmocka_unit_test(what_is_being_said_is_asked_for_a_few_times_and_only_while_it_matters),
        cmocka_unit_test(a_conversation_under_way_is_not_revised),
        cmocka_unit_test(words_that_a_machine_might_say_ask_for_a_moment),
        cmocka_unit_test(the_evidence_says_why_and_what_was_thought_before),
        cmocka_unit_test(a_machine_gets_what_is_due_when_it_is_due),
        cmocka_unit_test(the_message_is_left_once),
        cmocka_unit_test(a_person_over_the_message_gets_the_conversation_and_a_machine_does_not),
        cmocka_unit_test(the_words_that_gave_a_screener_away_are_not_answered_twice),
        cmocka_unit_test(behind_a_screener_the_person_is_waited_for_and_greeted),
        cmocka_unit_test(a_screener_is_answered_twice_at_most_and_not_waited_for_for_ever),
        cmocka_unit_test(a_screener_that_takes_a_message_gets_it),
    };

    return cmocka_run_group_tests(tests, load, unload);
}

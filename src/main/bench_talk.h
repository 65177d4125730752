/* bench_talk.h - what `baton bench talk` counts: labelled dialogues and utterances against the current code.
 *
 * A set is a folder with dialogues.jsonl and utterances.jsonl, or with folders dialogues/ and utterances/ of such files. A dialogue is
 * {"name","replies":{TOPIC: text or list},"expect":{"outcome","bucket","next","callback","answers":{..},"objections":[..],..},
 * "lead","handoff":"fail"}; the last reply of a list is repeated, "/silence", "/hangup", "/machine", "/9" are what cannot be said. An
 * utterance is {"text","asked","question","now","names","expect":{KIND: value}}. */
#ifndef BATON_MAIN_BENCH_TALK_H
#define BATON_MAIN_BENCH_TALK_H

#include <jansson.h>
#include <stdbool.h>

#include "main/bench_stats.h"
#include "talk/talk.h"

enum { TALK_LABELS_MAX = 128, TALK_KINDS_MAX = 32 };

struct bench_share { int right, all; };

/* Of one label: found where it is, found where it is not, missed. */
struct bench_label { char id[48]; int hit, extra, missed; };

struct bench_kind { char name[24]; struct bench_share share; };

struct bench_talk {
    struct scenario *sc;
    struct und *und;
    bool misses;                /* print what is wrong */
    int64_t now_ms;
    struct bench_share dialogues, ends, answers; /* all that was expected; outcome and bucket; single answers */
    struct bench_kind questions[TALK_KINDS_MAX]; /* answers by question */
    struct bench_kind kinds[TALK_KINDS_MAX];     /* utterances by kind */
    size_t question_count, kind_count;
    struct bench_label labels[TALK_LABELS_MAX];
    size_t label_count;
    struct bench_share opt_outs, humans, false_opt_outs, out_of_scope; /* recall; false ones of those without a wish; rejected */
    struct samples spoken_s, step_us; /* our speech in talks that were qualified; time of a step with text */
};

/* Adds a file's results. 0, or an exit code after saying why. */
int bench_talk_dialogues(struct bench_talk *b, const char *path);
int bench_talk_utterances(struct bench_talk *b, const char *path);

/* Calls fn for every line of a file of JSON objects. 0 or an exit code. */
int bench_talk_lines(struct bench_talk *b, const char *path, void (*fn)(struct bench_talk *b, const json_t *line));

/* Counts one under a name; NULL-safe tables of TALK_KINDS_MAX, further names are not counted. */
void bench_kind_count(struct bench_kind *kinds, size_t *n, const char *name, bool right);

void bench_share_count(struct bench_share *s, bool right);

/* Compares what was found with the labels of an utterance. */
void bench_labels_count(struct bench_talk *b, const json_t *want, const char *const *found, size_t n);
bool bench_label_is_wanted(const json_t *want, const char *id); /* or another name of it */
double bench_macro_f1(const struct bench_talk *b);

#endif

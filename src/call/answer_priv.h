/* answer_priv.h - between answer.c, which follows what is heard, and answer_rules.c, which decides. Pure. */
#ifndef BATON_CALL_ANSWER_PRIV_H
#define BATON_CALL_ANSWER_PRIV_H

#include "call/answer.h"

enum { ANSWER_FINAL_CAP_MS = 1500 }; /* a final is not waited for longer than this after the last word */

int answer_since_ms(int64_t from_us, int64_t to_us);
int answer_voiced_so_far(const struct answer *a, int64_t now_us);
void answer_count_segment(struct answer *a, int64_t until_us); /* the speech since piece_us, under way or just over, is counted */
bool answer_has_hint(const struct answer *a);                  /* words that a machine might say, more than a person's */
bool answer_presumed_early(const struct answer *a);            /* no pause has told yet whether anybody waits for an answer */
int answer_quiet_needed(const struct answer *a);               /* how long a pause means that an answer is awaited */

unsigned answer_by_machine_words(struct answer *a, int64_t now_us);
unsigned answer_by_first_words(struct answer *a, int64_t now_us);  /* of a partial */
unsigned answer_by_person_words(struct answer *a, int64_t now_us); /* a whole utterance is known */
unsigned answer_by_pause(struct answer *a, int64_t now_us);
unsigned answer_by_monologue(struct answer *a, int64_t now_us);
unsigned answer_by_silence(struct answer *a, int64_t now_us);
unsigned answer_by_signal(struct answer *a, const struct tone_event *ev, int64_t now_us);

#endif

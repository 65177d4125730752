/* und_case.h - an utterance as a line of JSON: what was asked, and what it should mean. `baton understand`, `baton bench talk` and the
 * tests read lines of the same form: docs/understanding.md. */
#ifndef BATON_TALK_UND_CASE_H
#define BATON_TALK_UND_CASE_H

#include "talk/understand.h"

/* The topic of this name ("money"); ASKED_NOTHING for NULL or another. */
enum und_asked und_asked_by_name(const char *name);

/* What a line asks for. Texts are borrowed from it; the time is now_local_ms where the line names none. */
void und_case_read(struct und_in *in, const json_t *line, int64_t now_local_ms);

/* und_run on what was read, and the line's own "names" where it has some. */
void und_case_run(struct understanding *out, const struct und *u, const json_t *line, const struct und_in *in);

/* Is what was expected of one kind ("money", "role", "callback" ...) what was understood? Numbers within 2 %, rounding allowed. */
bool und_case_fits(const char *kind, const json_t *want, const struct understanding *u);

/* Was an intent, objection or FAQ entry of this id found? */
bool und_case_has(const struct understanding *u, const char *id);

#endif

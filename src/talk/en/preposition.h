/* preposition.h - how what stands around a calendar thing bounds it. */
#ifndef BATON_TALK_EN_PREPOSITION_H
#define BATON_TALK_EN_PREPOSITION_H

#include "talk/und_words.h"

/* NOT_UNTIL: from the first day of it on; AFTER: from the day behind it on. */
enum preposition { PLAIN, IN, BY, AFTER, NOT_UNTIL };

/* At word i: the preposition itself, what governs the clause in which the time stands, what refers to it behind, what bounds it behind, and
 * whether the clause before it denies. Words used, where a number is returned. */
size_t date_preposition_at(const struct words *w, size_t i, enum preposition *p);
bool date_denied(const struct words *w, size_t i);
enum preposition date_governor(const struct words *w, size_t i);
size_t date_referred(const struct words *w, size_t i, enum preposition *p);
size_t date_bound_behind(const struct words *w, size_t i, enum preposition *p);

#endif

/* say_number.h - numbers as an American speaker says them. Pure. Words are appended to `out`, each after a space unless
 * `out` is empty or ends in one. */
#ifndef BATON_SPEECH_ENGINE_SAY_NUMBER_H
#define BATON_SPEECH_ENGINE_SAY_NUMBER_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"

enum { SAY_DIGITS_MAX = 15 }; /* longer numbers are read digit by digit */

void say_word(struct buf *out, const char *word);
void say_cardinal(struct buf *out, long long n);            /* 0 .. 10^15 - 1 */
void say_ordinal(struct buf *out, long long n);
void say_year(struct buf *out, long long n);                /* 1905: "nineteen O five", 2008: "two thousand eight" */
void say_digits(struct buf *out, const char *s, size_t n);  /* one by one; what is no digit is skipped */

#endif

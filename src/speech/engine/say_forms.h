/* say_forms.h - written forms that are not read letter by letter: money, times, dates, telephone numbers, addresses.
 *
 * Each function looks at one token (without the punctuation around it) and, if the token has its form, appends the
 * words to `out` and returns true; otherwise it leaves `out` alone. Pure. */
#ifndef BATON_SPEECH_ENGINE_SAY_FORMS_H
#define BATON_SPEECH_ENGINE_SAY_FORMS_H

#include <stdbool.h>

#include "base/buf.h"

bool say_phone(struct buf *out, const char *token);   /* +12025550100, 202-555-0100, (202) */
bool say_time(struct buf *out, const char *token, bool meridiem_follows); /* 9:30, 10am, 5:00PM */
bool say_date(struct buf *out, const char *token);    /* 2026-03-11 */

/* $49.99, EUR as a sign, $1.5M, $2k. `scale`, when the next token is one ("million"), goes before the currency's name. */
bool say_money(struct buf *out, const char *token, const char *scale);
bool say_address(struct buf *out, const char *token); /* ann@acme.io, www.acme.com, acme.io */
bool say_count(struct buf *out, const char *token);   /* 1,250  3.5  12%  3rd  5k  24/7  3-5  1987  007 */

#endif

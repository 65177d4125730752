/* ask.h - what the model is asked, and what of its answers is read. Everything a prospect said goes in as data between quotation marks of JSON, never as an
 * instruction; everything that comes out is checked again by who uses it. Pure. */
#ifndef BATON_LLM_ASK_H
#define BATON_LLM_ASK_H

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>

enum { ASK_QUOTE_MAX = 600, ASK_SUMMARY_MAX = 700, ASK_TRANSCRIPT_MAX = 60 * 1024 };

/* Messages and schema of one request. Owned by the caller; both NULL without memory. */
struct ask_request { json_t *messages, *schema; };
void ask_request_release(struct ask_request *r);

/* wanted: {"asked","kind","heard","pieces"}. The schema lets only one of the pieces be the quote, or "". */
struct ask_request ask_quote(const json_t *wanted);
/* False: the answer is not what was asked for, or says that there is no quote. */
bool ask_quote_read(char *quote, size_t size, const char *answer);

/* sentences: array of texts. */
struct ask_request ask_reword(const json_t *sentences);
/* {approved: other words} of the sentences that were answered; NULL when the answer is not what was asked for. Caller owns it. */
json_t *ask_reword_read(const json_t *sentences, const char *answer);

/* turns: rows of a transcript with "speaker" and "text". */
struct ask_request ask_summary(const json_t *turns);
/* Plain text in one paragraph of at most ASK_SUMMARY_MAX bytes, without a figure that nobody said. */
bool ask_summary_read(char *summary, size_t size, const char *answer, const json_t *turns);

#endif

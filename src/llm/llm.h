/* llm.h - a language model behind the chat completions interface that most servers speak. Optional; nothing in a call depends on it.
 *
 * One thread owns all transfers. Asking never blocks, and an answer, or the reason why there is none, always comes to the loop of who asked, no later than the
 * time limit of the request plus a moment. TLS is verified, redirects are not followed, the key goes nowhere but into the header. */
#ifndef BATON_LLM_LLM_H
#define BATON_LLM_LLM_H

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/loop.h"

struct llm; /* refcounted (obj.h) */

enum { LLM_AT_ONCE = 8, LLM_WAITING_MAX = 64, LLM_REQUEST_MAX = 128 * 1024, LLM_FAILURES_MAX = 5, LLM_OPEN_MS = 30000, LLM_URL_MAX = 500, LLM_TIMEOUT_MAX_MS = 60000 };

/* url: the base, such as "http://127.0.0.1:8000/v1"; "/chat/completions" is added. key: NULL or "" for none. Texts are copied. EINVAL for an address that is
 * not http(s), and for a key that would travel unencrypted to another machine; `why` gets the reason, never the key. */
struct llm_params { const char *url, *model, *key; };
int llm_open(struct llm **lp, const struct llm_params *p, char *why, size_t why_size);

/* Ends what is under way (each asker is told ECANCELED) and joins the thread. Then obj_unref. */
void llm_close(struct llm *l);

/* `text` is what the model wrote, NULL on error; valid during the callback. Errors: ETIMEDOUT, ECONNREFUSED (no connection), EPROTO (anything but a whole and
 * proper answer), EMSGSIZE, ECANCELED. */
typedef void(llm_answer_fn)(int err, const char *text, void *arg);

struct llm_request {
    json_t *messages;   /* array of {"role","content"}; borrowed */
    json_t *schema;     /* JSON schema of the answer; borrowed, may be NULL */
    int max_tokens, timeout_ms;
    struct loop *loop;  /* where fn is called */
    llm_answer_fn *fn;
    void *arg;
};

/* Any thread. 0, EAGAIN (too many wait), EHOSTDOWN (it failed so often that it is left alone for a while), EMSGSIZE, ENOMEM: then fn is not called. */
int llm_ask(struct llm *l, const struct llm_request *r);

/* Since the start: asked, answered, failed, refused without asking. */
struct llm_counts { uint64_t asked, answered, failed, refused; };
struct llm_counts llm_counts(struct llm *l);

#endif

/* fuzz_llm_reply.c - any bytes as the answer of a language model, in portions: the first byte chooses type and portions. Then whatever came out goes where answers go. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "llm/reply.h"
#include "llm/ask.h"
#include "talk/talk_help.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const char approved[] = "Plans start around a thousand dollars a month. What monthly budget did you have in mind?";

static void use(const char *text)
{
    json_t *sentences = json_pack("[s,s]", approved, "Got it."), *turns = json_pack("[{s:s,s:s}]", "speaker", "prospect", "text", "1500 a month"), *pairs;
    char quote[ASK_QUOTE_MAX], summary[ASK_SUMMARY_MAX + 1];
    const char *key;
    json_t *other;

    if (ask_quote_read(quote, sizeof quote, text) && quote[0] == '\0')
        abort();
    if (ask_summary_read(summary, sizeof summary, text, turns) && (summary[0] == '\0' || strpbrk(summary, "<>\n") != NULL))
        abort();
    pairs = ask_reword_read(sentences, text);
    json_object_foreach(pairs, key, other)
        if (talk_reword_ok(json_string_value(other), key, "en-US") && strpbrk(json_string_value(other), "0123456789$%{}\n") != NULL)
            abort();
    (void)talk_reword_ok(text, approved, "en-US");
    json_decref(pairs);
    json_decref(turns);
    json_decref(sentences);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char *const types[] = {"application/json", "text/event-stream", "text/html", NULL};
    struct reply r;
    const char *text = NULL;
    size_t portion, at = 1;

    if (size == 0)
        return 0;
    portion = (size_t)(data[0] >> 2) + 1;
    reply_init(&r, types[data[0] % 4]);
    while (at < size && reply_feed(&r, (const char *)data + at, size - at < portion ? size - at : portion) == 0)
        at += size - at < portion ? size - at : portion;
    if (reply_end(&r, &text) == 0) {
        if (data[0] % 4 > 1 || text == NULL || strlen(text) > REPLY_TEXT_MAX)
            abort();
        use(text);
    }
    reply_release(&r);
    return 0;
}

/* fuzz_understand.c - any bytes as an utterance: nothing may crash, and every quote must occur in the text.
 *
 * The first byte chooses what was asked, the second the hour and whether the question was "do you mind". */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "talk/understand.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must_occur(const char *text, const char *quote)
{
    if (strstr(text, quote) == NULL)
        abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct und *und;
    struct understanding *out = malloc(sizeof *out);
    char *text = size > 2 ? malloc(size - 1) : NULL;
    struct und_choice choice;
    json_t *line;

    if (und == NULL && und_alloc(&und, NULL, NULL) != 0)
        abort();
    if (text && out) {
        struct und_in in = { .text = text, .asked = (enum und_asked)(data[0] % (ASKED_NOTHING + 1)), .polarity_mind = data[1] & 1,
                             .now_local_ms = 1773223200000 + (int64_t)data[1] * 3600000, .business_from_min = 480, .business_to_min = 1080 };

        memcpy(text, data + 2, size - 2);
        text[size - 2] = '\0';
        und_run(out, und, &in);
        must_occur(text, out->money.evidence);
        must_occur(text, out->duration.evidence);
        must_occur(text, out->role.evidence);
        must_occur(text, out->callback.evidence);
        must_occur(text, out->email.evidence);
        for (size_t i = 0; i < out->intent_count; i++)
            must_occur(text, out->intents[i].evidence);
        und_choice(&choice, und, "need", text);
        line = und_json(out);
        json_decref(line);
    }
    free(text);
    free(out);
    return 0;
}

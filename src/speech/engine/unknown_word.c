#include "speech/engine/unknown_word.h"

#include <errno.h>
#include <jansson.h>
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "speech/engine/utf8.h"

#include "base/banned.h"

enum { LETTERS = sizeof((struct unknown_word *)0)->letter / sizeof(uint16_t) };

/* oov.json: {"in": [letters], "out": [phonemes]}; the network's numbers count from 1. */
static int load_alphabets(struct unknown_word *u, const char *dir)
{
    char path[ORT_PATH_MAX];
    json_t *root, *entry;
    size_t i;

    snprintf(path, sizeof path, "%s/oov.json", dir);
    root = json_load_file(path, 0, NULL);
    if (root == NULL)
        return EINVAL;
    json_array_foreach(json_object_get(root, "in"), i, entry)
    {
        const char *s = json_string_value(entry);
        uint32_t c = s != NULL && *s != '\0' ? utf8_next(&s, s + strlen(s)) : LETTERS;

        if (c < LETTERS && i < UINT16_MAX)
            u->letter[c] = (uint16_t)(i + 1);
    }
    json_array_foreach(json_object_get(root, "out"), i, entry)
    {
        if (i + 1 < UNKNOWN_WORD_PHONEMES && json_is_string(entry))
            text_copy(u->phoneme[i + 1], sizeof u->phoneme[0], json_string_value(entry));
    }
    json_decref(root);
    return 0;
}

int unknown_word_open(struct unknown_word *u, struct ort *o, const char *dir)
{
    int err;

    *u = (struct unknown_word){.ort = o};
    err = load_alphabets(u, dir);
    return err ? err : ort_session_open(&u->net, o, dir, "oov.onnx");
}

void unknown_word_close(struct unknown_word *u)
{
    if (u->ort != NULL)
        ort_session_close(u->ort, u->net);
}

/* The network aligns phonemes to letters: 0 and repetitions mean "no new sound". */
static int put_phonemes(struct buf *out, const struct unknown_word *u, const int64_t *id, int64_t n)
{
    int64_t before = 0;
    int err = 0;

    for (int64_t i = 0; i < n && !err; before = id[i++])
        if (id[i] != before && id[i] > 0 && id[i] < UNKNOWN_WORD_PHONEMES)
            err = buf_puts(out, u->phoneme[id[i]]);
    return err;
}

int unknown_word_say(struct buf *out, struct unknown_word *u, const char *word, size_t n)
{
    const char *end = word + n;
    int64_t letters[UNKNOWN_WORD_MAX], shape[ORT_RANK_MAX] = {1, 0};
    struct ort_value *in = NULL, *guess = NULL;
    int err;

    while (word < end && shape[1] < UNKNOWN_WORD_MAX) {
        uint32_t c = utf8_next(&word, end);

        if (c < LETTERS && u->letter[c] != 0)
            letters[shape[1]++] = u->letter[c];
    }
    if (shape[1] == 0)
        return 0;
    err = ort_wrap(&in, u->ort, letters, (size_t)shape[1] * sizeof *letters, shape, 2, ORT_INT64);
    if (!err)
        err = ort_run(u->ort, u->net,
                      &(struct ort_io){.in_names = (const char *[]){"chars"}, .in = &in, .n_in = 1,
                                       .out_names = (const char *[]){"ids"}, .out = &guess, .n_out = 1});
    if (!err && ort_shape(shape, u->ort, guess) == 2 && ort_data(u->ort, guess) != NULL)
        err = put_phonemes(out, u, ort_data(u->ort, guess), shape[1]);
    ort_drop(u->ort, &guess);
    ort_drop(u->ort, &in);
    return err;
}

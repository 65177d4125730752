#include "main/bench_words.h"

#include <ctype.h>
#include <stddef.h>
#include <stdint.h>

#include "base/banned.h"

/* Each word as a number. */
static int read_words(uint32_t *out, const char *text)
{
    int n = 0;

    while (*text != '\0' && n < BENCH_WORDS_MAX) {
        uint32_t h = 2166136261u;
        const char *from = text;

        for (; isalnum((unsigned char)*text) || *text == '\''; text++)
            h = (h ^ (uint32_t)tolower((unsigned char)*text)) * 16777619u;
        if (text > from)
            out[n++] = h;
        else
            text++;
    }
    return n;
}

int bench_words_count(const char *text)
{
    uint32_t words[BENCH_WORDS_MAX];

    return read_words(words, text);
}

static int least(int a, int b, int c)
{
    int ab = a < b ? a : b;

    return ab < c ? ab : c;
}

int bench_words_wrong(const char *said, const char *heard)
{
    uint32_t a[BENCH_WORDS_MAX], b[BENCH_WORDS_MAX];
    int row[BENCH_WORDS_MAX + 1], n = read_words(a, said), m = read_words(b, heard);

    for (int k = 0; k <= m; k++)
        row[k] = k;
    for (int i = 1; i <= n; i++) {
        int corner = row[0];

        row[0] = i;
        for (int k = 1; k <= m; k++) {
            int above = row[k];

            row[k] = least(above + 1, row[k - 1] + 1, corner + (a[i - 1] != b[k - 1]));
            corner = above;
        }
    }
    return row[m];
}

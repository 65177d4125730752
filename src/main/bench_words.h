/* bench_words.h - how many words of a text were recognised wrongly. Case and marks do not count. */
#ifndef BATON_MAIN_BENCH_WORDS_H
#define BATON_MAIN_BENCH_WORDS_H

int bench_words_count(const char *text);

/* Words of `said` that were substituted or left out, and words added, in `heard`: the least number of them (Levenshtein). Texts beyond BENCH_WORDS_MAX words are cut. */
int bench_words_wrong(const char *said, const char *heard);

enum { BENCH_WORDS_MAX = 1000 };

#endif

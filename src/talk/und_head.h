/* und_head.h - a small classifier: softmax regression over a sentence's vector and its words, trained at load, and the gate that says
 * whether a vector belongs to a label at all (half cosine to the centroid, half to the nearest example).
 *
 * The vector knows what a sentence is about, the words know what turns it: "not", "stop", "until". */
#ifndef BATON_TALK_UND_HEAD_H
#define BATON_TALK_UND_HEAD_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "talk/und_vectors.h"

enum { HEAD_LABELS_MAX = 288 };

/* `v` and `lex` are needed while it is taught, `kept` for good: the head keeps the pointer. */
struct head_example { const float *v; const struct lex *lex; const struct small_vector *kept; int label; };

struct head;

/* Trains on `n` examples: unit vectors of MINILM_DIM numbers, and words. Labels 0..labels-1; rare ones weigh more. Without `dense` only the
 * words count and the vectors serve the gate. What stays is in arena `a`, `scratch` may go afterwards. 0, EINVAL or ENOMEM. Deterministic;
 * 1,500 examples and 30 labels take about a tenth of a second with vectors, a hundredth without. */
int head_train(struct head **hp, struct arena *a, struct arena *scratch, const struct head_example *ex, size_t n, size_t labels, bool dense);

/* Probability of each label. */
void head_score(const struct head *h, const float *v, const struct lex *lex, float *p);

/* Cosine to the nearest example of a label; 0 where there is none. */
float head_near(const struct head *h, const float *v, int label);

/* 0..1: how near v is to the examples of a label. */
float head_gate(const struct head *h, const float *v, int label);

#endif

/* und_head.h - a small classifier over vectors: softmax regression on centred vectors, trained at load, and the gate that says
 * whether a vector belongs to a label at all (half cosine to the centroid, half to the nearest example). */
#ifndef BATON_TALK_UND_HEAD_H
#define BATON_TALK_UND_HEAD_H

#include <stddef.h>

#include "base/arena.h"

enum { HEAD_LABELS_MAX = 96 };

struct head_example { const float *v; int label; };

struct head;

/* Trains on `n` unit vectors of `dim` numbers; labels 0..labels-1. Memory and examples belong to the arena (the vectors must live
 * as long). 0, EINVAL or ENOMEM. Deterministic. */
int head_train(struct head **hp, struct arena *a, const struct head_example *ex, size_t n, size_t labels, size_t dim);

/* Probability of each label. */
void head_score(const struct head *h, const float *v, float *p);

/* 0..1: how near v is to the examples of a label. */
float head_gate(const struct head *h, const float *v, int label);

#endif

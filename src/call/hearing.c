#include "call/hearing.h"

#include <stddef.h>

#include "talk/talk_text.h"

#include "base/banned.h"

/* Measured with both recognisers; between the points it is a straight line. */
static const struct { double log_probability, confidence; } points[] = {
    {-1.00, 0.01}, {-0.75, 0.02}, {-0.65, 0.04}, {-0.55, 0.06}, {-0.45, 0.16}, {-0.35, 0.37}, {-0.25, 0.53}, {-0.15, 0.79}, {-0.05, 0.95}, {0.00, 0.97}};
enum { POINTS = sizeof points / sizeof *points };

void hearing_add(struct hearing_sum *h, const char *text, float log_probability)
{
    int words = (int)talk_text_words(text);

    h->words += words;
    h->sum += words * (double)log_probability;
}

float hearing_confidence(const struct hearing_sum *h)
{
    double at = h->words > 0 ? h->sum / h->words : 0;
    size_t i = 1;

    if (h->words == 0)
        return 0;
    if (at <= points[0].log_probability)
        return (float)points[0].confidence;
    while (i + 1 < POINTS && at > points[i].log_probability)
        i++;
    if (at >= points[i].log_probability)
        return (float)points[i].confidence;
    return (float)(points[i - 1].confidence + (points[i].confidence - points[i - 1].confidence) * (at - points[i - 1].log_probability) /
                                                  (points[i].log_probability - points[i - 1].log_probability));
}

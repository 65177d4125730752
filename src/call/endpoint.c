#include "call/endpoint.h"

#include "base/banned.h"

enum { PAUSE_COUNTS_MAX = 2000, CUTOFF_COSTS_MS = 150, PATIENCE_MAX_MS = 450, PATIENCE_FALLS_MS = 50, AVERAGE_OVER = 3 };

/*                                   yes/no short  open digits think */
const struct endpoint_params endpoint_params_default = {
    .wait_ms = {[TEXT_WHOLE]     = { 420,  400,  420,  580,  600},
                [TEXT_ENDED]     = { 480,  520,  680,  760, 1200},
                [TEXT_PLAIN]     = { 660,  660,  760,  900, 2500},
                [TEXT_OPEN]      = { 900,  900,  950, 1200, 2500},
                [TEXT_SPELLING]  = {1000, 1000, 1000, 1200, 2500},
                [TEXT_THINKING]  = {2500, 2500, 2500, 2500, 2500}},
    .usual_pause_ms = 350,
    .slower_max_ms = 300,
    .faster_max_ms = 60,
};

void endpoint_on_pause(struct endpoint_caller *c, int pause_ms)
{
    if (pause_ms > PAUSE_COUNTS_MAX)
        pause_ms = PAUSE_COUNTS_MAX;
    c->pause_ms = c->pause_ms == 0 ? pause_ms : c->pause_ms + (pause_ms - c->pause_ms) / AVERAGE_OVER;
}

void endpoint_on_cutoff(struct endpoint_caller *c)
{
    c->patience_ms += CUTOFF_COSTS_MS;
    if (c->patience_ms > PATIENCE_MAX_MS)
        c->patience_ms = PATIENCE_MAX_MS;
}

void endpoint_on_turn(struct endpoint_caller *c)
{
    c->patience_ms = c->patience_ms > PATIENCE_FALLS_MS ? c->patience_ms - PATIENCE_FALLS_MS : 0;
}

/* How much slower or faster this caller is than usual. */
static int habit_ms(const struct endpoint_params *p, const struct endpoint_caller *c)
{
    int ms = c->pause_ms == 0 ? 0 : (c->pause_ms - p->usual_pause_ms) / 2;

    if (ms > p->slower_max_ms)
        return p->slower_max_ms;
    return ms < -p->faster_max_ms ? -p->faster_max_ms : ms;
}

int endpoint_wait_ms(const struct endpoint_params *p, const struct endpoint_caller *c, enum talk_expects asked, const char *text)
{
    enum text_end end = text != NULL ? turn_text_end(text, asked) : TEXT_PLAIN;
    int ms = p->wait_ms[end][asked];

    switch (end) {
    case TEXT_ENDED:
    case TEXT_PLAIN:
        return ms + habit_ms(p, c) + c->patience_ms;
    case TEXT_WHOLE:
    case TEXT_OPEN:
        return ms + c->patience_ms;
    case TEXT_SPELLING:
    case TEXT_THINKING:
    case TEXT_ENDS:
        break;
    }
    return ms;
}

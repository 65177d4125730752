/* chat.h - `baton chat`: one talk in the terminal, and what its two faces share. */
#ifndef BATON_MAIN_CHAT_H
#define BATON_MAIN_CHAT_H

#include <jansson.h>
#include <stdbool.h>
#include <stdint.h>

#include "talk/talk.h"

struct chat {
    struct scenario *sc;
    struct und *und;
    struct talk *talk;
    json_t *lead_json;          /* the lead's strings live here */
    struct talk_lead lead;
    char *known_answers;
    int64_t now_ms;             /* the talk's own clock: moves with what is said */
    bool jsonl, color, handoff_fails;
};

/* One input; prints the effects. True while the talk goes on. */
bool chat_step(struct chat *c, const struct talk_input *in);
void chat_print_result(const struct chat *c);

/* A line of --jsonl as an input. 0 or EINVAL. The strings live in `*line`, which the caller owns. */
int chat_parse_line(struct talk_input *in, json_t **line, const char *text);

int chat_bench(struct chat *c);

#endif

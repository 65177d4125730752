/* mport_command.h - what the control loop asks of a port on its media thread.
 *
 * A command is a closure that holds a reference to its port and is posted to the port's thread; commands of one port arrive
 * in the order they were given, so everything before mport_close is done before it. */
#ifndef BATON_LINE_MPORT_COMMAND_H
#define BATON_LINE_MPORT_COMMAND_H

#include "line/media_priv.h"

struct mport_command {
    struct mport *port; /* set by mport_post */
    void (*run)(struct mport *p, struct mport_command *c);
    union {
        struct mport_remote remote;
        struct {
            struct media_web *web;
            int lost_ms;
        } secure;
        struct mport_tap tap;
        struct {
            struct clip *clip;
            uint32_t seq;
            unsigned flags;
        } play;
        struct media_pipe *pipe;
        struct clip *music;
        struct recorder *recorder;
        char digits[DTMF_QUEUE_MAX + 1];
        bool on;
        int back_ms;
        int stall_ms;
        struct media_spoil spoil;
        struct {
            int loss_percent, jitter_ms;
        } impair;
    };
};

/* Copies the command. Control loop. */
void mport_post(struct mport *p, const struct mport_command *value);

/* Takes the tap off, which is told; media thread. */
void mport_end_tap(struct mport *p);

#endif

/* worker.h - the inside of a `baton-speech` process: one engine, one job at a time, frames (frame.h) on one socket.
 *
 * The supervisor sends the next job only after the answer to the last one. What may arrive meanwhile is CANCEL, which a partial run
 * looks out for between tokens. The worker ends when its socket does. */
#ifndef BATON_SPEECH_ENGINE_WORKER_H
#define BATON_SPEECH_ENGINE_WORKER_H

enum worker_kind { WORKER_EARS, WORKER_VOICE };

struct worker_options {
    enum worker_kind kind;
    const char *models_dir;
    const char *recogniser; /* "base" or "tiny" */
    int fd;                 /* connected stream socket */
};

/* Loads, says READY, serves until the socket closes (0) or breaks (errno). Load failures are told on standard error. */
int worker_run(const struct worker_options *opt);

/* Times both engines on fixed sentences and prints real-time factors. 0 or errno. */
int worker_bench(const struct worker_options *opt);

#endif

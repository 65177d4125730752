/* phone.h - the simulated carrier: answers INVITEs as the personas say, and calls back. Shares nothing with `baton serve` but the wire. */
#ifndef BATON_PRACTICE_PHONE_H
#define BATON_PRACTICE_PHONE_H

#include <jansson.h>
#include <stdint.h>

#include "base/loop.h"
#include "line/line.h"
#include "line/recorder.h"
#include "practice/persona.h"
#include "speech/speech.h"
#include "speech/vad.h"

struct phone; /* refcounted */

enum { PHONE_CALLS_MAX = 1000 };

struct phone_params {
    const char *bind_ip;
    uint16_t port;
    const char *target;           /* "sip:127.0.0.1:5060": whom people call back; NULL = nobody */
    struct people *people;        /* reference taken */
    struct media *media;
    struct speech *speech;
    struct vad_model *vad;
    const struct bad_line *line;  /* of everybody; NULL: each person's own */
    struct loop *control;
    struct recorder_pool *recorders; /* NULL: calls are not recorded */
    const char *record_dir;       /* recordings of what each person heard (left) and said (right): DIR/NUMBER-CALL.wav */
    /* Tells what happens: {"event":"ringing|answered|heard|said|pressed|stopped|ended","number","name","call", "text"?, "ms"?, "at_ms"}; control loop; borrowed. */
    void (*tell)(const json_t *event, void *arg);
    void *arg;
};

int phone_alloc(struct phone **pp, const struct phone_params *p);
uint16_t phone_port(const struct phone *p);
/* A person calls the target now. */
int phone_call(struct phone *p, const struct persona *who);
void phone_close(struct phone *p, loop_fn *fn, void *arg);

#endif

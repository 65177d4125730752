/* amd_listen.h - who answered, on recorded or rendered audio as fast as the machine can: the voice activity, the tones, the recogniser and the
 * detector of a live call, under a clock that counts samples.
 *
 * A text comes when it would in a call: the recogniser's own time after it was asked. Control loop only; blocks. */
#ifndef BATON_MAIN_AMD_LISTEN_H
#define BATON_MAIN_AMD_LISTEN_H

#include "base/clip.h"
#include "base/loop.h"
#include "call/answer.h"
#include "call/machine.h"
#include "speech/speech.h"
#include "speech/vad.h"

struct amd_ears; /* free with amd_ears_free */

/* work_ms: what a recognition is taken to cost; 0: as measured. */
int amd_ears_alloc(struct amd_ears **ep, struct loop *loop, struct speech *speech, const struct vad_model *vad, const struct greeting_book *book, int work_ms);
void amd_ears_free(struct amd_ears *e);

struct amd_heard {
    struct answer answer;
    struct machine machine;
    enum answer_who who;    /* in the end: the verdict, what the machine turned out to be, or a person who picked up */
    bool over;
};

/* Listens to the end, or until a machine has got what is due to it. 0, or the recogniser's errno. */
int amd_listen(struct amd_heard *out, struct amd_ears *e, const struct clip *c);

#endif

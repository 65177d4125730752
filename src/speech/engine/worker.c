#include "speech/engine/worker.h"

#include <errno.h>
#include <poll.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/clock.h"
#include "speech/engine/moonshine.h"
#include "speech/engine/ort.h"
#include "speech/engine/voice_engine.h"
#include "speech/frame.h"

#include "base/banned.h"

enum { HEAR_MAX = SPEECH_UTTERANCE_MAX_S * 8000, READ_SIZE = 65536 };

struct worker {
    struct ort ort;
    struct moonshine *moonshine; /* ears */
    struct voices voices;        /* voice */
    bool speaks;
    int fd;
    struct buf in, out;
    float heard[HEAR_MAX];
};

static int worker_open(struct worker *w, const struct worker_options *opt)
{
    int err;

    w->fd = opt->fd;
    w->speaks = opt->kind == WORKER_VOICE;
    buf_init(&w->in, FRAME_QUEUE_MAX);
    buf_init(&w->out, FRAME_QUEUE_MAX);
    err = ort_open(&w->ort, opt->models_dir);
    if (err)
        return err;
    return w->speaks ? voices_open(&w->voices, &w->ort, opt->models_dir)
                     : moonshine_open(&w->moonshine, &w->ort, opt->models_dir, opt->recogniser);
}

static void worker_close(struct worker *w)
{
    if (w->speaks)
        voices_close(&w->voices);
    moonshine_close(w->moonshine);
    if (w->ort.calls != NULL)
        ort_close(&w->ort);
    buf_release(&w->in);
    buf_release(&w->out);
    free(w);
}

static int send_all(struct worker *w)
{
    size_t sent = 0;

    while (sent < w->out.len) {
        ssize_t n = write(w->fd, w->out.data + sent, w->out.len - sent);

        if (n < 0 && errno != EINTR)
            return errno;
        sent += n > 0 ? (size_t)n : 0;
    }
    buf_clear(&w->out);
    return 0;
}

/* More bytes into the buffer; ENOTCONN at the end of the stream. */
static int receive(struct worker *w)
{
    char bytes[READ_SIZE];
    ssize_t n;

    do {
        n = read(w->fd, bytes, sizeof bytes);
    } while (n < 0 && errno == EINTR);
    if (n <= 0)
        return n < 0 ? errno : ENOTCONN;
    return buf_add(&w->in, bytes, (size_t)n);
}

/* While a partial runs only CANCEL can arrive, or the end of the stream: both mean stop. */
static bool stop_wanted(void *arg)
{
    const struct worker *w = arg;
    struct pollfd p = {.fd = w->fd, .events = POLLIN};

    return w->in.len > 0 || poll(&p, 1, 0) > 0;
}

static int hear(struct worker *w, const struct frame *f)
{
    struct moonshine_text text;
    struct frame_hear job;
    int64_t began = clock_mono_us();
    int err = w->moonshine == NULL ? ENOTSUP : frame_hear_parse(&job, f);

    if (!err && job.n > HEAR_MAX)
        err = E2BIG;
    if (!err) {
        for (size_t i = 0; i < job.n; i++)
            w->heard[i] = (int16_t)(job.samples[2 * i] | job.samples[2 * i + 1] << 8) / 32768.0f;
        err = moonshine_hear(&text, w->moonshine, w->heard, job.n, job.final ? NULL : stop_wanted, w);
    }
    if (err)
        return frame_failed_put(&w->out, f->number, err);
    return frame_text_put(&w->out, f->number, text.confidence, (uint32_t)((clock_mono_us() - began) / 1000), text.text);
}

static int say(struct worker *w, const struct frame *f)
{
    struct frame_say job;
    int16_t *pcm = NULL;
    size_t n = 0;
    int err = !w->speaks ? ENOTSUP : frame_say_parse(&job, f);

    if (!err)
        err = voices_render(&pcm, &n, &w->voices, job.voice, job.text);
    err = err ? frame_failed_put(&w->out, f->number, err)
              : frame_put(&w->out, FRAME_PCM, f->number, pcm, n * sizeof *pcm, NULL, 0);
    free(pcm);
    return err == EMSGSIZE ? frame_failed_put(&w->out, f->number, EMSGSIZE) : err;
}

/* Does what one frame asks for. A frame that no job of this worker can be is answered, not died of. The frame is copied out of the
 * buffer's way first: `in` must be empty while a partial runs. */
static int handle(struct worker *w, const struct frame *f)
{
    switch (f->type) {
    case FRAME_HEAR: return hear(w, f);
    case FRAME_SAY: return say(w, f);
    case FRAME_CANCEL: return 0; /* too late: answered already */
    case FRAME_READY:
    case FRAME_TEXT:
    case FRAME_PCM:
    case FRAME_FAILED: return frame_failed_put(&w->out, f->number, EPROTO);
    }
    return EPROTO;
}

static int serve_frame(struct worker *w)
{
    struct frame f;
    uint8_t *body;
    size_t size;
    int err = frame_peek(&f, &size, &w->in);

    if (err == EAGAIN)
        return receive(w);
    if (err)
        return err;
    body = malloc(f.n + 1);
    if (body == NULL)
        return ENOMEM;
    memcpy(body, f.body, f.n);
    f.body = body;
    buf_consume(&w->in, size);
    err = handle(w, &f);
    free(body);
    return err ? err : send_all(w);
}

static void tell(const struct worker *w, const char *what, int err)
{
    fprintf(stderr, "baton-speech: %s: %s%s%s\n", what, strerror(err), w->ort.why[0] != '\0' ? ": " : "", w->ort.why);
}

int worker_run(const struct worker_options *opt)
{
    struct worker *w = calloc(1, sizeof *w);
    int err;

    if (w == NULL)
        return ENOMEM;
    err = worker_open(w, opt);
    if (err)
        tell(w, "cannot load the models", err);
    if (!err)
        err = frame_put(&w->out, FRAME_READY, 0, opt->recogniser, strlen(opt->recogniser), NULL, 0);
    if (!err)
        err = send_all(w);
    while (!err)
        err = serve_frame(w);
    worker_close(w);
    return err == ENOTCONN || err == ECONNRESET || err == EPIPE ? 0 : err;
}

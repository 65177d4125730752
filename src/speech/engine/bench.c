/* bench.c - how fast ears and voice are here: each sentence is rendered, then recognised. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "speech/engine/moonshine.h"
#include "speech/engine/voice_engine.h"
#include "speech/engine/worker.h"

#include "base/banned.h"

static const char *const sentences[] = {
    "What made you look at this now?",
    "We are losing deals because we answer too slowly.",
    "Plans start around a thousand dollars a month. What monthly budget did you have in mind?",
    "You can call us back on +12025550100 after 9:30 tomorrow.",
    "I recommend and my boss decides.",
};

/* Processor time of this process: engines run on one thread, so other load does not count. */
static double cpu_s(void)
{
    struct timespec t;

    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

struct tally {
    double audio_s, voice_s, ears_s;
};

static int bench_sentence(struct tally *t, struct moonshine *m, struct voices *v, const char *text)
{
    struct moonshine_text heard;
    int16_t *pcm = NULL;
    float *x = NULL;
    size_t n = 0;
    double began = cpu_s(), voice, ears;
    int err = voices_render(&pcm, &n, v, "default", text);

    voice = cpu_s() - began;
    if (!err && (x = malloc(n * sizeof *x)) == NULL)
        err = ENOMEM;
    for (size_t i = 0; !err && i < n; i++)
        x[i] = pcm[i] / 32768.0f;
    began = cpu_s();
    if (!err)
        err = moonshine_hear(&heard, m, x, n, NULL, NULL);
    ears = cpu_s() - began;
    if (!err) {
        printf("%5.2f s  voice %4.0f ms  ears %4.0f ms  %s\n", (double)n / 8000, 1e3 * voice, 1e3 * ears, heard.text);
        t->audio_s += (double)n / 8000;
        t->voice_s += voice;
        t->ears_s += ears;
    }
    free(pcm);
    free(x);
    return err;
}

int worker_bench(const struct worker_options *opt)
{
    struct moonshine *m = NULL;
    struct voices v = {0};
    struct tally t = {0};
    struct ort ort;
    int err = ort_open(&ort, opt->models_dir);

    if (err)
        return err;
    err = voices_open(&v, &ort, opt->models_dir);
    if (!err)
        err = moonshine_open(&m, &ort, opt->models_dir, opt->recogniser);
    for (size_t i = 0; i < sizeof sentences / sizeof *sentences && !err; i++)
        err = bench_sentence(&t, m, &v, sentences[i]);
    if (!err)
        printf("real-time factor: voice %.3f, ears (%s) %.3f, one thread\n", t.voice_s / t.audio_s, opt->recogniser,
               t.ears_s / t.audio_s);
    else
        fprintf(stderr, "baton-speech: %s\n", ort.why);
    moonshine_close(m);
    voices_close(&v);
    ort_close(&ort);
    return err;
}

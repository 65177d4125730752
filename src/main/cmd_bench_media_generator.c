/* cmd_bench_media_generator.c - the other end of the lines: sends speech-like frames to the server every 20 ms from each end
 * point and judges what comes back. One thread, one schedule; the end points are spread over the 20 ms. */
#include <errno.h>
#include <math.h>
#include <netinet/in.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "base/clock.h"
#include "line/rtp.h"
#include "main/cmd_bench_media.h"

#include <rem_g711.h> /* needs stdint.h */

#include "base/banned.h"

enum {
    FRAME = 160,
    FRAME_US = 20000,
    SLOTS = 20,
    SLOT_US = FRAME_US / SLOTS,
    SPEECH_FRAMES = 400, /* 8 s: two of speech, then silence */
    BATCH = 8,
};

struct end_point {
    int fd;
    struct sockaddr_in server;
    uint16_t seq;
    struct rtp_source source;
    uint32_t first_ts;
    int64_t earliest_us; /* smallest arrival minus place in the stream */
    bool heard_any;
};

struct generator {
    int n;
    struct end_point *ends;
    uint8_t speech[SPEECH_FRAMES][FRAME];
    bool measuring;
    struct bench_heard heard;
};

enum { FORMANTS = 3, VOWELS = 5 };

struct resonance {
    double last, before_last;
};

/* One two-pole resonance at hz, with unit gain at 0 Hz. */
static double resonate(struct resonance *r, double in, double hz, double bandwidth_hz)
{
    double radius = exp(-3.14159 * bandwidth_hz / 8000), turn = 2 * radius * cos(2 * 3.14159 * hz / 8000);
    double out = (1 - turn + radius * radius) * in + turn * r->last - radius * radius * r->before_last;

    r->before_last = r->last;
    r->last = out;
    return out;
}

/* What a voice detector takes for speech: pulses at a gliding pitch through the formants of vowels that melt into each other,
 * four and a half syllables a second, for two of eight seconds. Formants as measured by Peterson and Barney (1952). */
static void make_speech(uint8_t speech[SPEECH_FRAMES][FRAME])
{
    static const double vowels[VOWELS][FORMANTS] = {
        {730, 1090, 2440}, {270, 2290, 3010}, {530, 1840, 2480}, {570, 840, 2410}, {300, 870, 2240}};
    static const double bandwidth[FORMANTS] = {80, 100, 150};
    struct resonance r[FORMANTS] = {0};
    double phase = 0;

    for (int i = 0; i < SPEECH_FRAMES * FRAME; i++) {
        double t = i / 8000.0, syllable = t * 4.5, within = syllable - floor(syllable), out;
        const double *from = vowels[(int)syllable % VOWELS], *to = vowels[((int)syllable + 1) % VOWELS];
        double glide = within > 0.6 ? (within - 0.6) / 0.4 : 0;

        phase += (125 - 15 * t + 20 * sin(5.6 * t)) / 8000;
        out = phase >= 1 ? 60000 : 0;
        phase -= phase >= 1 ? 1 : 0;
        for (int k = 0; k < FORMANTS; k++)
            out = resonate(&r[k], out, from[k] + glide * (to[k] - from[k]), bandwidth[k]);
        out *= t < 2 ? sqrt(sin(3.14159 * within)) : 0;
        speech[i / FRAME][i % FRAME] = g711_pcm2ulaw((int16_t)(out > 32000 ? 32000 : out < -32000 ? -32000 : out));
    }
}

static int open_end(struct end_point *e, uint16_t *port)
{
    struct sockaddr_in a = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t n = sizeof a;
    int on = 1;

    e->fd = socket(AF_INET, SOCK_DGRAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (e->fd < 0 || bind(e->fd, (struct sockaddr *)&a, sizeof a) < 0 || getsockname(e->fd, (struct sockaddr *)&a, &n) < 0)
        return errno;
    (void)setsockopt(e->fd, SOL_SOCKET, SO_TIMESTAMPNS, &on, sizeof on);
    *port = ntohs(a.sin_port);
    return 0;
}

static int exchange_ports(struct generator *g)
{
    uint16_t *ports = calloc((size_t)g->n, sizeof *ports);
    int err = ports == NULL ? ENOMEM : 0;

    for (int i = 0; !err && i < g->n; i++)
        err = open_end(&g->ends[i], &ports[i]);
    if (!err)
        err = bench_send(BENCH_GENERATOR_FD, ports, (size_t)g->n * sizeof *ports);
    if (!err)
        err = bench_receive(BENCH_GENERATOR_FD, ports, (size_t)g->n * sizeof *ports);
    for (int i = 0; !err && i < g->n; i++)
        g->ends[i].server = (struct sockaddr_in){
            .sin_family = AF_INET, .sin_port = htons(ports[i]), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    free(ports);
    return err;
}

static void send_frame(struct generator *g, int i, int64_t frame)
{
    struct end_point *e = &g->ends[i];
    uint8_t data[RTP_HEADER + FRAME];

    rtp_write_header(data, &(struct rtp_packet){.seq = e->seq, .ts = (uint32_t)frame * FRAME, .ssrc = (uint32_t)i + 1});
    memcpy(data + RTP_HEADER, g->speech[(frame + i * 37) % SPEECH_FRAMES], FRAME);
    e->seq++;
    if (sendto(e->fd, data, sizeof data, 0, (struct sockaddr *)&e->server, sizeof e->server) > 0 && g->measuring)
        g->heard.sent++;
}

static int64_t arrival_us(struct msghdr *m)
{
    for (struct cmsghdr *c = CMSG_FIRSTHDR(m); c != NULL; c = CMSG_NXTHDR(m, c))
        if (c->cmsg_type == SCM_TIMESTAMPNS) {
            struct timespec t;

            memcpy(&t, CMSG_DATA(c), sizeof t);
            return (int64_t)t.tv_sec * 1000000 + t.tv_nsec / 1000;
        }
    return 0;
}

static void judge(struct generator *g, struct end_point *e, const uint8_t *data, size_t n, int64_t us)
{
    uint64_t lost = rtp_source_lost(&e->source);
    struct rtp_packet p;
    int64_t offset;

    if (rtp_parse(&p, data, n) != 0 || rtp_source_update(&e->source, &p, us) == RTP_REFUSE)
        return;
    if (!e->heard_any)
        e->first_ts = p.ts;
    offset = us - (int64_t)(int32_t)(p.ts - e->first_ts) * FRAME_US / FRAME;
    if (!e->heard_any || offset < e->earliest_us)
        e->earliest_us = offset;
    e->heard_any = true;
    if (!g->measuring)
        return;
    g->heard.received++;
    g->heard.lost += rtp_source_lost(&e->source) - lost; /* a reordered packet takes its loss back */
    g->heard.late += offset - e->earliest_us > FRAME_US;
}

static void receive(struct generator *g, struct end_point *e)
{
    union {
        struct cmsghdr align;
        uint8_t bytes[64];
    } control[BATCH];
    uint8_t data[BATCH][256];
    struct mmsghdr msg[BATCH] = {0};
    struct iovec iov[BATCH];
    int n;

    for (int i = 0; i < BATCH; i++) {
        iov[i] = (struct iovec){data[i], sizeof data[i]};
        msg[i].msg_hdr = (struct msghdr){.msg_iov = &iov[i], .msg_iovlen = 1, .msg_control = &control[i], .msg_controllen = 64};
    }
    n = recvmmsg(e->fd, msg, BATCH, MSG_DONTWAIT, NULL);
    for (int i = 0; i < n; i++)
        judge(g, e, data[i], msg[i].msg_len, arrival_us(&msg[i].msg_hdr));
}

static void sleep_until(int64_t us)
{
    struct timespec t = {.tv_sec = us / 1000000, .tv_nsec = us % 1000000 * 1000};

    while (clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &t, NULL) == EINTR)
        ;
}

static void run(struct generator *g, int seconds)
{
    int64_t begin = clock_mono_us(), slots = (int64_t)(seconds + BENCH_WARM_S) * 1000000 / SLOT_US;
    double cpu_before = 0;

    for (int64_t k = 0; k < slots; k++) {
        int64_t due = begin + k * SLOT_US;

        sleep_until(due);
        if (k == BENCH_WARM_S * 1000000 / SLOT_US) {
            g->measuring = true;
            cpu_before = bench_cpu_s();
        }
        for (int i = (int)(k % SLOTS); i < g->n; i += SLOTS) {
            send_frame(g, i, k / SLOTS);
            receive(g, &g->ends[i]);
            g->heard.own_late += g->measuring && clock_mono_us() - due > FRAME_US;
        }
    }
    g->heard.cpu_s = bench_cpu_s() - cpu_before;
}

int bench_generate(int end_points, int seconds)
{
    struct generator *g = calloc(1, sizeof *g);
    int err = ENOMEM;

    if (g != NULL && (g->ends = calloc((size_t)end_points, sizeof *g->ends)) != NULL) {
        g->n = end_points;
        make_speech(g->speech);
        err = exchange_ports(g);
    }
    if (!err) {
        run(g, seconds);
        err = bench_send(BENCH_GENERATOR_FD, &g->heard, sizeof g->heard);
    }
    if (g != NULL)
        free(g->ends);
    free(g);
    return err ? 1 : 0;
}

#include "main/bench_sink.h"

#include <errno.h>
#include <netinet/in.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/text.h"

#include "base/banned.h"

enum { PACKET_MAX = 8192, SOCKET_BYTES = 4 << 20, POLL_MS = 100 };

static const char areas[][4] = {"512", "312", "415", "206", "617", "720", "305", "646", "404", "213", "503", "602", "832", "919", "469", "248", "408", "713", "702", "615",
                                "202", "212", "303", "310", "317", "321", "336", "346", "385", "410", "412", "424", "480", "510", "513", "520", "559", "571", "608", "612"};

_Static_assert(sizeof areas / sizeof areas[0] * 100 == BENCH_NUMBERS, "a hundred numbers an area");

struct bench_sink {
    int fd, port, count;
    atomic_bool stop;
    atomic_int called;
    pthread_t thread;
    _Atomic int64_t seen[BENCH_NUMBERS];
};

void bench_number(char out[BENCH_NUMBER_MAX], int i)
{
    snprintf(out, BENCH_NUMBER_MAX, "+1%s55501%02d", areas[i / 100 % (BENCH_NUMBERS / 100)], i % 100);
}

static int index_of(const char *digits)
{
    long long last;
    char two[3] = {digits[8], digits[9], '\0'};

    if (strncmp(digits + 3, "55501", 5) != 0 || text_int(&last, two, 0, 99) != 0)
        return -1;
    for (int i = 0; i < BENCH_NUMBERS / 100; i++)
        if (strncmp(areas[i], digits, 3) == 0)
            return i * 100 + (int)last;
    return -1;
}

/* "INVITE sip:+15125550100@127.0.0.1..." */
static int called_number(const char *packet)
{
    const char *plus = strstr(packet, "+1");

    return plus != NULL && plus - packet < 40 && strlen(plus) > 12 ? index_of(plus + 2) : -1;
}

/* Copies the header lines that an answer repeats; To gets a tag. */
static void add_headers(char *out, size_t size, const char *packet)
{
    static const char *const names[] = {"Via:", "From:", "To:", "Call-ID:", "CSeq:"};
    size_t n = strlen(out);

    for (const char *line = strstr(packet, "\r\n"); line != NULL && strncmp(line, "\r\n\r\n", 4) != 0; line = strstr(line + 2, "\r\n")) {
        const char *end = strstr(line + 2, "\r\n");

        for (size_t k = 0; end != NULL && k < sizeof names / sizeof names[0]; k++)
            if (strncmp(line + 2, names[k], strlen(names[k])) == 0 && n < size)
                n += (size_t)snprintf(out + n, size - n, "%.*s%s\r\n", (int)(end - line - 2), line + 2, k == 2 ? ";tag=sink" : "");
    }
    if (n < size)
        snprintf(out + n, size - n, "Content-Length: 0\r\n\r\n");
}

static void answer(const struct bench_sink *s, const char *packet, const struct sockaddr_in *from)
{
    char reply[PACKET_MAX] = "SIP/2.0 486 Busy Here\r\n";

    add_headers(reply, sizeof reply, packet);
    (void)sendto(s->fd, reply, strlen(reply), 0, (const struct sockaddr *)from, sizeof *from);
}

static void on_packet(struct bench_sink *s, const char *packet, const struct sockaddr_in *from)
{
    int64_t now = clock_mono_us(), none = 0;
    int i;

    if (!text_starts(packet, "INVITE "))
        return;
    i = called_number(packet);
    if (i >= 0 && i < s->count && atomic_compare_exchange_strong(&s->seen[i], &none, now))
        atomic_fetch_add(&s->called, 1);
    answer(s, packet, from);
}

static void *sink_main(void *arg)
{
    struct bench_sink *s = arg;
    char packet[PACKET_MAX];

    while (!atomic_load(&s->stop)) {
        struct sockaddr_in from;
        socklen_t len = sizeof from;
        ssize_t n = recvfrom(s->fd, packet, sizeof packet - 1, 0, (struct sockaddr *)&from, &len);

        if (n <= 0)
            continue; /* the receive timeout lets us look at `stop` */
        packet[n] = '\0';
        on_packet(s, packet, &from);
    }
    return NULL;
}

int bench_sink_start(struct bench_sink **sp, int count)
{
    struct bench_sink *s = count <= BENCH_NUMBERS ? calloc(1, sizeof *s) : NULL;
    struct sockaddr_in a = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t len = sizeof a;
    int err = 0;

    if (s == NULL)
        return ENOMEM;
    s->count = count;
    s->fd = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    (void)setsockopt(s->fd, SOL_SOCKET, SO_RCVBUF, &(int){SOCKET_BYTES}, sizeof(int));
    (void)setsockopt(s->fd, SOL_SOCKET, SO_RCVTIMEO, &(struct timeval){.tv_usec = POLL_MS * 1000}, sizeof(struct timeval));
    if (s->fd < 0 || bind(s->fd, (struct sockaddr *)&a, sizeof a) != 0 || getsockname(s->fd, (struct sockaddr *)&a, &len) != 0)
        err = errno;
    s->port = ntohs(a.sin_port);
    if (!err)
        err = pthread_create(&s->thread, NULL, sink_main, s);
    if (err) {
        if (s->fd >= 0)
            close(s->fd);
        free(s);
        return err;
    }
    *sp = s;
    return 0;
}

int bench_sink_port(const struct bench_sink *s)
{
    return s->port;
}

int64_t bench_sink_seen_us(const struct bench_sink *s, int i)
{
    return atomic_load(&s->seen[i]);
}

int bench_sink_count(const struct bench_sink *s)
{
    return atomic_load(&s->called);
}

void bench_sink_stop(struct bench_sink *s)
{
    atomic_store(&s->stop, true);
    pthread_join(s->thread, NULL);
    close(s->fd);
    free(s);
}

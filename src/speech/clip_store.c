#include "speech/clip_store.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/text.h"

#include "base/banned.h"

enum { PATH_SIZE = 1024, WAV_HEAD = 44 };

struct clip_store {
    char dir[PATH_SIZE - 64];
    uint64_t bytes, max_bytes;
};

struct stored {
    char name[40];
    uint64_t bytes;
    struct timespec used;
};

struct listing {
    struct stored *file;
    size_t n, room;
};

static int list_add(struct listing *l, const char *name, const struct stat *st)
{
    if (l->n == l->room) {
        size_t room = l->room > 0 ? 2 * l->room : 256;
        struct stored *file = realloc(l->file, room * sizeof *file);

        if (file == NULL)
            return ENOMEM;
        l->file = file;
        l->room = room;
    }
    l->file[l->n] = (struct stored){.bytes = (uint64_t)st->st_size, .used = st->st_mtim};
    text_copy(l->file[l->n++].name, sizeof l->file->name, name);
    return 0;
}

static int by_use(const void *a, const void *b)
{
    const struct timespec *x = &((const struct stored *)a)->used, *y = &((const struct stored *)b)->used;

    if (x->tv_sec != y->tv_sec)
        return x->tv_sec < y->tv_sec ? -1 : 1;
    return x->tv_nsec < y->tv_nsec ? -1 : x->tv_nsec > y->tv_nsec;
}

/* Lists finished clips; what an interrupted write left behind goes at once. */
static int list_clips(struct listing *l, DIR *dir, uint64_t *total)
{
    struct dirent *e;
    struct stat st;
    int err = 0;

    while (!err && (e = readdir(dir)) != NULL) {
        if (text_ends(e->d_name, ".new"))
            (void)unlinkat(dirfd(dir), e->d_name, 0);
        else if (text_ends(e->d_name, ".wav") && fstatat(dirfd(dir), e->d_name, &st, 0) == 0) {
            *total += (uint64_t)st.st_size;
            err = list_add(l, e->d_name, &st);
        }
    }
    return err;
}

static int prune(struct clip_store *s)
{
    DIR *dir = opendir(s->dir);
    struct listing l = {0};
    int err;

    if (dir == NULL)
        return errno;
    err = list_clips(&l, dir, &s->bytes);
    if (!err && s->bytes > s->max_bytes - s->max_bytes / 10) {
        qsort(l.file, l.n, sizeof *l.file, by_use);
        for (size_t i = 0; i < l.n && s->bytes > s->max_bytes - s->max_bytes / 10; i++)
            if (unlinkat(dirfd(dir), l.file[i].name, 0) == 0)
                s->bytes -= l.file[i].bytes;
    }
    closedir(dir);
    free(l.file);
    return err;
}

int clip_store_open(struct clip_store **sp, const char *dir, uint64_t max_bytes)
{
    struct clip_store *s = calloc(1, sizeof *s);
    int err;

    if (s == NULL)
        return ENOMEM;
    s->max_bytes = max_bytes;
    err = !text_copy(s->dir, sizeof s->dir, dir) ? ENAMETOOLONG : mkdir(dir, 0700) != 0 && errno != EEXIST ? errno : 0;
    if (!err)
        err = prune(s);
    if (err)
        clip_store_close(s);
    else
        *sp = s;
    return err;
}

void clip_store_close(struct clip_store *s)
{
    free(s);
}

static void path_of(char out[PATH_SIZE], const struct clip_store *s, const char *key, const char *suffix)
{
    snprintf(out, PATH_SIZE, "%s/%s%s", s->dir, key, suffix);
}

int clip_store_read(struct clip **cp, struct clip_store *s, const char *key)
{
    char path[PATH_SIZE];
    int err;

    path_of(path, s, key, ".wav");
    err = clip_read_wav(cp, path);
    if (!err)
        (void)utimensat(AT_FDCWD, path, NULL, 0); /* now: the date of its last use */
    return err;
}

static void put32(uint8_t *p, uint32_t v)
{
    for (int i = 0; i < 4; i++)
        p[i] = (uint8_t)(v >> (8 * i));
}

static int write_wav(const char *path, const struct clip *c)
{
    uint8_t head[WAV_HEAD] = "RIFF....WAVEfmt ....\1\0\1\0....\0\0\0\0\2\0\20\0data";
    uint32_t bytes = (uint32_t)(c->n * sizeof *c->pcm);
    FILE *f = fopen(path, "wbe");
    bool whole;

    if (f == NULL)
        return errno;
    put32(head + 4, WAV_HEAD - 8 + bytes);
    put32(head + 16, 16);
    put32(head + 24, CLIP_RATE);
    put32(head + 28, CLIP_RATE * 2);
    put32(head + 40, bytes);
    whole = fwrite(head, 1, sizeof head, f) == sizeof head && fwrite(c->pcm, 1, bytes, f) == bytes;
    whole = fclose(f) == 0 && whole;
    return whole ? 0 : EIO;
}

int clip_store_write(struct clip_store *s, const char *key, const struct clip *clip)
{
    char path[PATH_SIZE], aside[PATH_SIZE];
    uint64_t bytes = WAV_HEAD + clip->n * sizeof *clip->pcm;
    int err;

    if (s->bytes + bytes > s->max_bytes)
        return ENOSPC;
    path_of(path, s, key, ".wav");
    path_of(aside, s, key, ".new");
    err = write_wav(aside, clip);
    if (!err && rename(aside, path) != 0)
        err = errno;
    if (err)
        (void)unlink(aside);
    else
        s->bytes += bytes;
    return err;
}

#include "speech/engine/lexicon.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/banned.h"

int lexicon_open(struct lexicon *l, const char *path)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    struct stat st;
    void *map = MAP_FAILED;
    int err;

    *l = (struct lexicon){0};
    if (fd < 0)
        return errno;
    err = fstat(fd, &st) != 0 ? errno : st.st_size == 0 ? EINVAL : 0;
    if (!err) {
        map = mmap(NULL, (size_t)st.st_size, PROT_READ, MAP_PRIVATE, fd, 0);
        err = map == MAP_FAILED ? errno : 0;
    }
    close(fd);
    if (err)
        return err;
    *l = (struct lexicon){.data = map, .size = (size_t)st.st_size};
    if (l->data[l->size - 1] != '\n') { /* every search below relies on it */
        lexicon_close(l);
        return EINVAL;
    }
    return 0;
}

void lexicon_close(struct lexicon *l)
{
    if (l->data != NULL)
        munmap((void *)(size_t)l->data, l->size);
    *l = (struct lexicon){0};
}

/* Compares a word with the key of a line. */
static int compare(const char *word, size_t n, const char *line, size_t line_n)
{
    const char *tab = memchr(line, '\t', line_n);
    size_t key_n = tab != NULL ? (size_t)(tab - line) : line_n;
    int c = memcmp(word, line, n < key_n ? n : key_n);

    return c != 0 ? c : n < key_n ? -1 : n > key_n;
}

static void read_entry(struct lexicon_entry *e, const char *line, size_t n)
{
    const char *phonemes = memchr(line, '\t', n);
    const char *end = line + n, *tab;

    phonemes = phonemes != NULL ? phonemes + 1 : end;
    tab = memchr(phonemes, '\t', (size_t)(end - phonemes));
    *e = (struct lexicon_entry){
        .phonemes = phonemes, .n = (size_t)((tab != NULL ? tab : end) - phonemes), .spell = tab != NULL};
}

bool lexicon_find(struct lexicon_entry *e, const struct lexicon *l, const char *word, size_t n)
{
    size_t low = 0, high = l->size; /* both at the start of a line, or at the end */

    while (low < high) {
        size_t at = low + (high - low) / 2;
        const char *end;
        int c;

        while (at > low && l->data[at - 1] != '\n')
            at--;
        end = memchr(l->data + at, '\n', l->size - at);
        c = compare(word, n, l->data + at, (size_t)(end - l->data) - at);
        if (c == 0) {
            read_entry(e, l->data + at, (size_t)(end - l->data) - at);
            return true;
        }
        if (c < 0)
            high = at;
        else
            low = (size_t)(end - l->data) + 1;
    }
    return false;
}

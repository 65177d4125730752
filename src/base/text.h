/* text.h - small helpers over C strings. */
#ifndef BATON_BASE_TEXT_H
#define BATON_BASE_TEXT_H

#include <stdbool.h>
#include <stddef.h>

/* Copies at most size-1 bytes, never splitting a UTF-8 character, always NUL-terminated. False when cut. */
bool text_copy(char *out, size_t size, const char *s);

bool text_starts(const char *s, const char *prefix);
bool text_ends(const char *s, const char *suffix);

/* Compares secrets in constant time for equal lengths. */
bool text_equal_secret(const char *a, const char *b);

/* Reads a whole regular file of at most `max` bytes; free() the result, which is NUL-terminated. 0 or errno. */
int text_read_file(char **out, size_t *n, const char *path, size_t max);

/* Writes a whole file beside `path` and renames it there, so that a reader sees all of it or the old one. 0 or errno. Does not wait for the disk. */
int text_write_file(const char *path, const void *bytes, size_t n);

/* Whole-string integer within [min, max]; EINVAL otherwise. */
int text_int(long long *out, const char *s, long long min, long long max);

#endif

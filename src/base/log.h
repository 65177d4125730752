/* log.h - log lines on standard error: time, level, room, call id, message.
 *
 * Only call/, desk/, http/ and main/ log above debug. Never log a secret; a phone number goes through
 * log_phone and words of a prospect through log_words, which keep nothing that identifies. Thread-safe: a line
 * is written with one write(2). Lines are cut at LOG_LINE_MAX. */
#ifndef BATON_BASE_LOG_H
#define BATON_BASE_LOG_H

#include <stddef.h>

enum log_level { LOG_DEBUG, LOG_INFO, LOG_WARN, LOG_ERROR, LOG_OFF };
enum { LOG_LINE_MAX = 2048, LOG_MASK_MAX = 32 };

void log_set_level(enum log_level level);
enum log_level log_get_level(void);
int log_level_parse(enum log_level *level, const char *name);

/* `id` is a call's or a lead's id or "" or NULL. */
void log_write(enum log_level level, const char *room, const char *id, const char *fmt, ...)
    __attribute__((format(printf, 4, 5)));

#define log_debug(room, id, ...) log_write(LOG_DEBUG, room, id, __VA_ARGS__)
#define log_info(room, id, ...) log_write(LOG_INFO, room, id, __VA_ARGS__)
#define log_warn(room, id, ...) log_write(LOG_WARN, room, id, __VA_ARGS__)
#define log_error(room, id, ...) log_write(LOG_ERROR, room, id, __VA_ARGS__)

/* "+1415*****23": country and last two digits stay. Returns out. */
const char *log_phone(char out[LOG_MASK_MAX], const char *e164);

/* "<7 words>" for any text. Returns out. */
const char *log_words(char out[LOG_MASK_MAX], const char *text);

#endif

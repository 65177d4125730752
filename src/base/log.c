#include "base/log.h"

#include <ctype.h>
#include <errno.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

#include "base/clock.h"

#include "base/banned.h"

static atomic_int log_threshold = LOG_INFO; /* the one global of the house */

static const char *const level_names[] = {"debug", "info", "warn", "error", "off"};

void log_set_level(enum log_level level)
{
    atomic_store(&log_threshold, (int)level);
}

enum log_level log_get_level(void)
{
    return (enum log_level)atomic_load(&log_threshold);
}

int log_level_parse(enum log_level *level, const char *name)
{
    for (int i = LOG_DEBUG; i <= LOG_OFF; i++) {
        if (strcasecmp(name, level_names[i]) == 0) {
            *level = (enum log_level)i;
            return 0;
        }
    }
    return EINVAL;
}

void log_write(enum log_level level, const char *room, const char *id, const char *fmt, ...)
{
    char line[LOG_LINE_MAX], when[CLOCK_RFC3339_MAX];
    size_t max = sizeof line - 1;
    va_list ap;
    int n, m;

    if ((int)level < atomic_load_explicit(&log_threshold, memory_order_relaxed))
        return;
    n = snprintf(line, max, "%s %-5s %-6s %s%s", clock_rfc3339(when, clock_now_ms()), level_names[level], room,
                 id != NULL ? id : "", id != NULL && id[0] != '\0' ? " " : "");
    if (n < 0 || (size_t)n >= max)
        return;
    va_start(ap, fmt);
    m = vsnprintf(line + n, max - (size_t)n, fmt, ap);
    va_end(ap);
    n = m < 0 ? n : (size_t)(n + m) >= max ? (int)max - 1 : n + m;
    line[n++] = '\n';
    if (write(STDERR_FILENO, line, (size_t)n) < 0)
        return; /* nowhere left to complain */
}

const char *log_phone(char out[LOG_MASK_MAX], const char *e164)
{
    size_t n = e164 != NULL ? strlen(e164) : 0;

    if (n < 8 || n >= LOG_MASK_MAX) {
        snprintf(out, LOG_MASK_MAX, "%s", n == 0 ? "-" : "****");
        return out;
    }
    for (size_t i = 0; i < n; i++)
        out[i] = i < 5 || i + 2 >= n ? e164[i] : '*';
    out[n] = '\0';
    return out;
}

const char *log_words(char out[LOG_MASK_MAX], const char *text)
{
    unsigned words = 0;

    for (const char *p = text; p != NULL && *p != '\0'; p++)
        words += !isspace((unsigned char)*p) && (p[1] == '\0' || isspace((unsigned char)p[1]));
    snprintf(out, LOG_MASK_MAX, "<%u words>", words);
    return out;
}

/* csv_write.c - leads as rows of a CSV file. */
#include <csv.h>
#include <errno.h>
#include <string.h>
#include <time.h>

#include "base/clock.h"
#include "base/json.h"
#include "lead/csv.h"

#include "base/banned.h"

static const char *const columns[] = {"phone", "first_name", "last_name", "company", "title", "email", "source", "product", "region", "segment", "partner", "message",
                                      "external_id", "state", "score", "bucket", "summary", "created_at", NULL};

int csv_write_header(FILE *f)
{
    for (int i = 0; columns[i] != NULL; i++)
        if (fprintf(f, "%s%s", i > 0 ? "," : "", columns[i]) < 0)
            return EIO;
    return fputs("\r\n", f) < 0 ? EIO : 0;
}

/* "=1+1" in a name is a formula to a spreadsheet, and its author is anybody who fills in a form. */
static int write_text(FILE *f, const char *text, bool number)
{
    char guarded[4200];

    if (!number && text[0] != '\0' && strchr("=+-@\t\r", text[0]) != NULL) {
        (void)snprintf(guarded, sizeof guarded, "'%s", text);
        text = guarded;
    }
    return csv_fwrite(f, text, strlen(text)) == 0 ? 0 : EIO;
}

static int write_cell(FILE *f, const json_t *lead, const char *name)
{
    const json_t *v = json_object_get(lead, name);
    char time[CLOCK_RFC3339_MAX];

    if (strcmp(name, "created_at") == 0)
        return write_text(f, clock_rfc3339(time, json_integer_value(v)), true);
    if (json_is_integer(v))
        return fprintf(f, "%lld", (long long)json_integer_value(v)) < 0 ? EIO : 0;
    return write_text(f, json_is_string(v) ? json_string_value(v) : "", strcmp(name, "phone") == 0);
}

int csv_write_lead(FILE *f, const json_t *lead)
{
    int err = 0;

    for (int i = 0; columns[i] != NULL && !err; i++) {
        if (i > 0 && fputc(',', f) == EOF)
            return EIO;
        err = write_cell(f, lead, columns[i]);
    }
    return err ? err : fputs("\r\n", f) < 0 ? EIO : 0;
}

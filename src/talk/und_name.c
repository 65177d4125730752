/* und_name.c - finding competitors' names: joined words are compared, so "hub spot" is HubSpot; long names allow one slip. */
#include "talk/und_name.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "talk/lang.h"

#include "base/banned.h"

enum { NAME_MAX_BYTES = 48, WORDS_JOINED_MAX = 4 };

static size_t squeeze(char *out, size_t size, const char *s)
{
    size_t n = 0;

    for (; *s && n + 1 < size; s++)
        if (isalnum((unsigned char)*s) || (unsigned char)*s >= 0x80)
            out[n++] = (char)tolower((unsigned char)*s);
    out[n] = '\0';
    return n;
}

/* At most one letter replaced, added, dropped or swapped with its neighbour. */
static bool one_slip(const char *a, size_t n, const char *b, size_t m)
{
    size_t i = 0;

    if (n > m + 1 || m > n + 1)
        return false;
    while (i < n && i < m && a[i] == b[i])
        i++;
    if (n == m) {
        if (strcmp(a + i + (i < n), b + i + (i < n)) == 0)
            return true;
        return i + 1 < n && a[i] == b[i + 1] && a[i + 1] == b[i] && strcmp(a + i + 2, b + i + 2) == 0;
    }
    return n > m ? strcmp(a + i + 1, b + i) == 0 : strcmp(a + i, b + i + 1) == 0;
}

static bool sounds_like(const struct lang *l, const char *a, const char *b)
{
    char x[NAME_MAX_BYTES * 2], y[NAME_MAX_BYTES * 2];
    size_t n, m;

    l->sound(x, sizeof x, a);
    l->sound(y, sizeof y, b);
    n = strlen(x);
    m = strlen(y);
    return strcmp(x, y) == 0 || (n >= 7 && m >= 7 && x[0] == y[0] && one_slip(x, n, y, m));
}

/* Words used when `form` begins at word i, else 0. */
static size_t form_at(const struct words *w, size_t i, const char *form, size_t form_n)
{
    char joined[NAME_MAX_BYTES * 2] = "";
    size_t n = 0;

    for (size_t k = 0; k < WORDS_JOINED_MAX && i + k < w->n; k++) {
        size_t add = strlen(w->at[i + k].s);

        if (n + add >= sizeof joined)
            return 0;
        memcpy(joined + n, w->at[i + k].s, add + 1);
        n += add;
        if (n > form_n + 2)
            return 0;
        if (n == form_n && memcmp(joined, form, n) == 0)
            return k + 1;
        if (form_n >= 6 && n + 1 >= form_n && joined[0] == form[0] && one_slip(joined, n, form, form_n))
            return k + 1;
        if (form_n >= 4 && n >= 4 && n + 1 >= form_n && n <= form_n + 2 && sounds_like(w->lang, joined, form))
            return k + 1;
        if (n + 1 == form_n + 2 && n > 5 && joined[n - 1] == 's' && memcmp(joined, form, form_n) == 0)
            return k + 1;
    }
    return 0;
}

static size_t name_at(const struct words *w, size_t i, const struct sc_competitor *c)
{
    char form[NAME_MAX_BYTES];
    size_t n = squeeze(form, sizeof form, c->name), used = n ? form_at(w, i, form, n) : 0;

    for (size_t f = 0; f < c->forms.n && used == 0; f++) {
        n = squeeze(form, sizeof form, c->forms.text[f]);
        used = n ? form_at(w, i, form, n) : 0;
    }
    return used && !w->lang->common_use(w, i, used) ? used : 0;
}

static void add_name(struct understanding *out, const char *name)
{
    for (size_t i = 0; i < out->competitor_count; i++)
        if (strcmp(out->competitors[i], name) == 0)
            return;
    if (out->competitor_count < UND_NAMES_MAX)
        snprintf(out->competitors[out->competitor_count++], sizeof out->competitors[0], "%s", name);
}

void und_read_names(struct understanding *out, const struct reading *r, const struct sc_competitor *names, size_t n)
{
    for (size_t i = 0; i < r->w.n; i++)
        for (size_t k = 0; k < n; k++)
            if (name_at(&r->w, i, &names[k]))
                add_name(out, names[k].name);
}

#include "speech/frame.h"

#include <errno.h>
#include <string.h>

#include "speech/speech.h"

#include "base/banned.h"

static void put32(uint8_t *p, uint32_t v)
{
    for (int i = 0; i < 4; i++)
        p[i] = (uint8_t)(v >> (8 * i));
}

static uint32_t get32(const uint8_t *p)
{
    return (uint32_t)p[0] | (uint32_t)p[1] << 8 | (uint32_t)p[2] << 16 | (uint32_t)p[3] << 24;
}

int frame_put(struct buf *out, enum frame_type type, uint32_t number, const void *a, size_t na, const void *b, size_t nb)
{
    uint8_t head[FRAME_HEAD];

    if (na + nb > FRAME_BODY_MAX || out->len + FRAME_HEAD + na + nb > out->max)
        return EMSGSIZE;
    put32(head, (uint32_t)(FRAME_HEAD - 4 + na + nb));
    head[4] = (uint8_t)type;
    put32(head + 5, number);
    if (buf_add(out, head, sizeof head) || (na > 0 && buf_add(out, a, na)) || (nb > 0 && buf_add(out, b, nb)))
        return ENOMEM;
    return 0;
}

int frame_peek(struct frame *f, size_t *size, const struct buf *in)
{
    const uint8_t *p = (const uint8_t *)in->data;
    uint32_t n;

    if (in->len < FRAME_HEAD)
        return EAGAIN;
    n = get32(p);
    if (n < FRAME_HEAD - 4 || n > FRAME_HEAD - 4 + FRAME_BODY_MAX || p[4] < FRAME_READY || p[4] > FRAME_CANCEL)
        return EPROTO;
    if (in->len < 4 + (size_t)n)
        return EAGAIN;
    *f = (struct frame){
        .type = p[4], .number = get32(p + 5), .body = p + FRAME_HEAD, .n = n - (FRAME_HEAD - 4)};
    *size = 4 + (size_t)n;
    return 0;
}

int frame_hear_parse(struct frame_hear *out, const struct frame *f)
{
    if (f->n < 1 || (f->n - 1) % 2 != 0 || f->body[0] > 1)
        return EPROTO;
    *out = (struct frame_hear){.final = f->body[0] == 1, .samples = f->body + 1, .n = (f->n - 1) / 2};
    return 0;
}

int frame_text_parse(struct frame_text *out, const struct frame *f)
{
    uint32_t bits;

    if (f->n < 8 || f->n - 8 >= SPEECH_TEXT_MAX || memchr(f->body + 8, '\0', f->n - 8) != NULL)
        return EPROTO;
    bits = get32(f->body);
    memcpy(&out->confidence, &bits, sizeof bits);
    out->work_ms = get32(f->body + 4);
    out->text = (const char *)f->body + 8;
    out->n = f->n - 8;
    return 0;
}

int frame_say_parse(struct frame_say *out, const struct frame *f)
{
    const char *body = (const char *)f->body;
    const char *end = f->n > 0 ? memchr(body, '\0', f->n) : NULL;

    if (end == NULL || body[f->n - 1] != '\0' || memchr(end + 1, '\0', f->n - (size_t)(end + 1 - body)) != body + f->n - 1)
        return EPROTO;
    *out = (struct frame_say){.voice = body, .text = end + 1};
    return 0;
}

int frame_failed_parse(int *err, const struct frame *f)
{
    uint32_t v;

    if (f->n != 4 || (v = get32(f->body)) == 0 || v > 4095)
        return EPROTO;
    *err = (int)v;
    return 0;
}

int frame_text_put(struct buf *out, uint32_t number, float confidence, uint32_t work_ms, const char *text)
{
    uint8_t head[8];
    uint32_t bits;

    memcpy(&bits, &confidence, sizeof bits);
    put32(head, bits);
    put32(head + 4, work_ms);
    return frame_put(out, FRAME_TEXT, number, head, sizeof head, text, strlen(text));
}

int frame_failed_put(struct buf *out, uint32_t number, int err)
{
    uint8_t body[4];

    put32(body, (uint32_t)err);
    return frame_put(out, FRAME_FAILED, number, body, sizeof body, NULL, 0);
}

#include "base/obj.h"

#include <stdalign.h>
#include <stdatomic.h>
#include <stdlib.h>

#include "base/banned.h"

struct obj_head {
    alignas(max_align_t) atomic_uint refs;
    obj_destroy_fn *destroy;
};

static struct obj_head *head_of(void *obj)
{
    return (struct obj_head *)obj - 1;
}

void *obj_alloc(size_t size, obj_destroy_fn *destroy)
{
    struct obj_head *h = calloc(1, sizeof *h + size);

    if (h == NULL)
        return NULL;
    atomic_init(&h->refs, 1);
    h->destroy = destroy;
    return h + 1;
}

void *obj_ref(void *obj)
{
    if (obj != NULL)
        atomic_fetch_add_explicit(&head_of(obj)->refs, 1, memory_order_relaxed);
    return obj;
}

void *obj_unref(void *obj)
{
    struct obj_head *h;

    if (obj == NULL)
        return NULL;
    h = head_of(obj);
    if (atomic_fetch_sub_explicit(&h->refs, 1, memory_order_acq_rel) == 1) {
        if (h->destroy != NULL)
            h->destroy(obj);
        free(h);
    }
    return NULL;
}

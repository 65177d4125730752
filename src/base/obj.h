/* obj.h - reference-counted objects, safe to share between threads.
 *
 * An object starts with one reference that belongs to whoever called obj_alloc. The last obj_unref runs
 * the destructor on the calling thread and frees the memory. */
#ifndef BATON_BASE_OBJ_H
#define BATON_BASE_OBJ_H

#include <stddef.h>

typedef void(obj_destroy_fn)(void *obj);

/* Zeroed memory of `size` bytes with one reference, or NULL. `destroy` may be NULL. */
void *obj_alloc(size_t size, obj_destroy_fn *destroy);

/* Takes one more reference; NULL is allowed. Returns its argument. */
void *obj_ref(void *obj);

/* Gives a reference back; NULL is allowed. Returns NULL, so `p = obj_unref(p)` forgets the pointer. */
void *obj_unref(void *obj);

#endif

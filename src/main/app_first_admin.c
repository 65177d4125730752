/* app_first_admin.c - the first administrator. His password's hash is slow on purpose (argon2id), so it is made on a thread of its own while the
 * rooms open. */
#include <sodium.h>

#include "main/app_priv.h"

#include "base/banned.h"

static void *make(void *arg)
{
    struct app *a = arg;

    a->admin_err = http_first_admin(a->store, &a->first_run, a->admin_password, sizeof a->admin_password);
    return NULL;
}

void app_first_admin_begin(struct app *a)
{
    a->making_admin = sodium_init() >= 0 && pthread_create(&a->admin_thread, NULL, make, a) == 0;
    if (!a->making_admin)
        (void)make(a);
}

int app_first_admin_end(struct app *a)
{
    if (a->making_admin)
        (void)pthread_join(a->admin_thread, NULL);
    a->making_admin = false;
    return a->admin_err;
}

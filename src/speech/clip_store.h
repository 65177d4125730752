/* clip_store.h - rendered prompts on disk, as WAV files named by their key: rendered once, kept across restarts. One thread.
 *
 * The folder is limited: when it is opened, files used longest ago are deleted until CLIP_STORE_MAX_BYTES is kept with a tenth to
 * spare; while it is open nothing is written beyond the limit. Files appear whole (written aside, then renamed). */
#ifndef BATON_SPEECH_CLIP_STORE_H
#define BATON_SPEECH_CLIP_STORE_H

#include <stdint.h>

#include "base/clip.h"

#define CLIP_STORE_MAX_BYTES ((uint64_t)1 << 30)

struct clip_store;

int clip_store_open(struct clip_store **sp, const char *dir, uint64_t max_bytes); /* creates dir, not its parents */
void clip_store_close(struct clip_store *s);

int clip_store_read(struct clip **cp, struct clip_store *s, const char *key); /* ENOENT; EINVAL for a damaged file */
int clip_store_write(struct clip_store *s, const char *key, const struct clip *clip); /* ENOSPC at the limit */

#endif

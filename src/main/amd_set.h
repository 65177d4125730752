/* amd_set.h - labelled greetings: written ones, spoken by the synthetic voices through mu-law, or recordings in a folder. */
#ifndef BATON_MAIN_AMD_SET_H
#define BATON_MAIN_AMD_SET_H

#include "base/clip.h"
#include "base/loop.h"
#include "call/answer.h"
#include "line/media.h"
#include "speech/speech.h"

enum { AMD_CASES_MAX = 2000 };

struct amd_case { enum answer_who who; char *says, *voice, *path; struct media_spoil line; }; /* written: says, voice and a bad line; recorded: path */

struct amd_set { size_t n; struct amd_case at[AMD_CASES_MAX]; };

/* Lines {"who","says","voice","line"}; `says` as in practice/announcement.h, `line` as in practice/bad_line.h (noise and level count). Adds to the set. On failure *why names the line. */
int amd_set_read(struct amd_set *s, const char *path, char *why, size_t size);

/* DIR/WHO-anything.wav, 8 or 16 kHz, the left channel. Other files are left out. */
int amd_set_folder(struct amd_set *s, const char *dir, char *why, size_t size);
void amd_set_release(struct amd_set *s);

/* The audio of a case as it comes over a line, with what a caller who says nothing hears after it. Blocks on the loop. */
int amd_case_audio(struct clip **cp, const struct amd_case *c, struct speech *speech, struct loop *loop);

#endif

/* line_scene.h - one side of a call at the speed of the processor: a person's voice over a line as bad as wished, through the jitter buffer into the tap and the
 * turn machine of a live call, whose decisions pause, resume and stop a real player. Only the clock is played, and a recognition is taken to cost SCENE_WORK_MS, so
 * that a busy machine changes nothing. */
#ifndef BATON_MAIN_LINE_SCENE_H
#define BATON_MAIN_LINE_SCENE_H

#include "base/buf.h"
#include "main/bench_stats.h"
#include "main/studio.h"
#include "practice/bad_line.h"
#include "talk/talk.h"

enum { SCENE_WORK_MS = 150, SCENE_ANSWER_MS = 25 /* from the end of a turn to our first sample */ };

/* What happens: we ask and they answer; we talk on and they say words, a listener's signal, or nothing. */
enum scene_kind { SCENE_ASK, SCENE_BARGE, SCENE_SIGNAL, SCENE_NOTHING };

struct scene_act {
    enum scene_kind kind;
    enum talk_expects expects;
    const struct clip *ours, *theirs; /* borrowed; theirs NULL with NOTHING */
    const char *words;                /* that they say */
};

struct scene_score {
    int words, wrong;                /* of all they said; by our call */
    int wrong_alone;                 /* of the same, by the recogniser that is given the same sound with its right ends */
    int turns, cut, unheard;         /* answers; taken before they were over; of which we noticed nothing */
    int barges, missed;              /* interruptions with words; that did not stop us */
    int signals, gave_way;           /* listener's signals; that stopped us for good */
    int speeches, paused_us, stopped_us; /* sentences of ours while nobody spoke; and how often they paused or stopped us all the same, in all */
    struct samples turn_ms;          /* last voiced sample of theirs, as it left them, to our answer */
    struct samples stop_ms;          /* first sample of an interruption, as it left them, to our silence */
    struct samples overlap_ms;       /* by our doing, of each time they spoke */
    unsigned late, concealed;        /* packets and frames of 20 ms */
    int depth_max_ms;                /* of the jitter buffer */
};

/* Plays the acts in order over one line. detail: a line for each is printed. 0 or errno. */
int line_scene_run(struct scene_score *out, struct studio *s, const struct bad_line *line, const struct scene_act *acts, size_t n, bool detail);
void scene_score_release(struct scene_score *s);

#endif

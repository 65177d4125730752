/* desk_browser.h - a browser on the wire (line_browser.h) for tests that know JSON: libre's and jansson's headers do not go together. */
#ifndef BATON_TESTS_DESK_BROWSER_H
#define BATON_TESTS_DESK_BROWSER_H

#include <stdbool.h>

struct browser;

struct browser *desk_browser_open(void);
const char *desk_browser_offer(const struct browser *b);
void desk_browser_connect(struct browser *b, const char *answer);
bool desk_browser_up(const struct browser *b);
int desk_browser_loud(const struct browser *b); /* frames in which it heard somebody */
void desk_browser_press(struct browser *b, int key);
void desk_browser_mute(struct browser *b);    /* sends nothing any more, as when its network is gone */
void desk_browser_goodbye(struct browser *b); /* as when the page is left */
bool desk_browser_dismissed(const struct browser *b); /* we said goodbye */
void desk_browser_close(struct browser *b);

#endif

#include "desk_browser.h"

#include "line_browser.h"

struct browser *desk_browser_open(void)
{
    return browser_open(true);
}

const char *desk_browser_offer(const struct browser *b)
{
    return b->offer;
}

void desk_browser_connect(struct browser *b, const char *answer)
{
    browser_connect(b, answer);
}

bool desk_browser_up(const struct browser *b)
{
    return b->up;
}

int desk_browser_loud(const struct browser *b)
{
    return b->loud;
}

void desk_browser_press(struct browser *b, int key)
{
    const uint8_t event[] = {(uint8_t)key, 0x80 | 10, 0x06, 0x40};

    browser_send_rtp(b, 126, event, sizeof event);
}

void desk_browser_mute(struct browser *b)
{
    b->muted = true;
}

void desk_browser_goodbye(struct browser *b)
{
    b->muted = true;
    browser_goodbye(b);
}

bool desk_browser_dismissed(const struct browser *b)
{
    return b->told_goodbye;
}

void desk_browser_close(struct browser *b)
{
    browser_close(b);
}

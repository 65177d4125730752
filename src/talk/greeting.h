/* greeting.h - what the first words of whoever was called tell about who it is: a person, a voicemail, a menu, a screener, the network. Pure.
 *
 * Phrases are data of a language (en/greetings.c). A plain phrase (what nobody else says) gives three points, a strong one two, a hint one; GREETING_SURE points of a
 * kind are enough on their own. Reading a text takes some tens of microseconds. */
#ifndef BATON_TALK_GREETING_H
#define BATON_TALK_GREETING_H

#include <stdbool.h>
#include <stddef.h>

enum greeting_kind {
    GREETING_FULL,          /* a mailbox that takes no message */
    GREETING_SCREENING,     /* asks for name and reason before it connects */
    GREETING_VOICEMAIL,
    GREETING_NO_SERVICE,    /* the network: there is no such number */
    GREETING_NO_CIRCUIT,    /* the network: not now */
    GREETING_MENU,          /* press one, please hold: a telephone system */
    GREETING_PERSON,        /* asks who it is, offers help, is surprised */
    GREETING_PICK_UP,       /* "hello? I'm here": somebody comes to the telephone */
    GREETING_WAIT,          /* "please stay on the line" */
    GREETING_OFFER,         /* ends by offering help or asking who it is: our opening is the answer */
    GREETING_SHIELD,        /* "would you like to leave a message": a person speaks of machines */
    GREETING_OPENING,       /* first words with which only people begin: "yeah", "who", "good morning". Tells only while nothing else is known */
    GREETING_TONE,          /* announces a tone: "after the beep" */
    GREETING_KINDS
};

enum { GREETING_SURE = 2, GREETING_PLAIN = 3, GREETING_PHRASE_MAX = 64 };

struct greeting {
    size_t words;
    int points[GREETING_KINDS];
    bool plain[GREETING_KINDS];                       /* a plain phrase is among them */
    char phrase[GREETING_KINDS][GREETING_PHRASE_MAX]; /* the words of the strongest hit, as they were written */
};

struct greeting_book; /* read-only after alloc, refcounted (obj.h), any thread */

int greeting_book_alloc(struct greeting_book **bp, const char *language); /* English when the language has none. ENOMEM */

void greeting_read(struct greeting *g, const struct greeting_book *b, const char *text);

/* The first machine kind (down to GREETING_MENU; a menu before a voicemail when it has more points) with at least `points`, and more than the person has ("how can I help you" is said by both), or
 * with a plain phrase of a machine and none of a person ("Hello? Hello? Haha, leave a message"); else GREETING_KINDS. */
enum greeting_kind greeting_machine(const struct greeting *g, int points);

#endif

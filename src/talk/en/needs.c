/* needs.c - statements of need, graded by what is at stake and not by their subject.
 *
 * strong: loss, cost, strain or a date that presses. moderate: a wish without pressure. weak: curiosity. none: no need. */
#include "talk/en/en.h"

#include "base/banned.h"

#define S "strong"
#define M "moderate"
#define W "weak"
#define N "none"

const struct lang_phrase en_needs[] = {
    { S, "patients hang up because nobody answers" }, { S, "we missed forty calls last week" }, { S, "half of our leads go cold before anyone calls" },
    { S, "it's costing us deals every single month" }, { S, "we lose about ten thousand a month to slow follow up" },
    { S, "two of my reps quit and the rest can't keep up" }, { S, "our system is being shut down in june" }, { S, "the contract ends in six weeks and we have no replacement" },
    { S, "customers are complaining loudly" }, { S, "people go to the competition because we're too slow" }, { S, "i spend four hours every day returning calls" },
    { S, "we are drowning in inquiries" }, { S, "our receptionist walked out and phones just ring" }, { S, "we had three cancellations because of it" },
    { S, "my boss wants this fixed before the end of the quarter" }, { S, "we can't handle the volume any more" },
    { S, "leads fall through the cracks all the time" }, { S, "it's a mess everything is on sticky notes and we forget people" },
    { S, "by the time we call back they've bought somewhere else" }, { S, "our response time is two days and it's killing us" },
    { S, "the whole team works weekends to catch up" }, { S, "we were fined for missing the callbacks" }, { S, "we're opening three new locations next month and can't staff the phones" },
    { S, "we are bleeding customers" }, { S, "nobody follows up and the money just walks out of the door" }, { S, "our vendor raised the price by double and we have to switch" },
    { S, "the tool crashes daily and orders get lost" }, { S, "honestly we're desperate" }, { S, "we double book people constantly and they leave" },
    { S, "our no show rate is thirty percent and that hurts" }, { S, "sales dropped twenty percent since we fell behind on calls" },
    { S, "we burn through leads we paid good money for" }, { S, "i'm paying for ads and nobody calls the leads" }, { S, "bad reviews because no one picks up the phone" },
    { S, "we turn business away because we can't answer" }, { S, "the board expects a solution by march" }, { S, "we've outgrown our spreadsheets and things break every week" },
    { S, "it takes us three days to reply and most have signed with someone else" }, { S, "our biggest client threatened to leave" },
    { S, "we're short staffed and people wait an hour" }, { S, "we need it working before the season starts or we lose the summer" },
    { S, "new leads sit for a week untouched" }, { S, "my team is burned out from chasing people" }, { S, "we lost a big account yesterday over a missed call" },
    { S, "every unanswered call is about two hundred dollars gone" }, { S, "the phones never stop and we only have one person" },
    { S, "we're understaffed so voicemails pile up" }, { S, "we pay overtime every night just to get through the list" },
    { S, "the audit found that we don't answer on time" }, { S, "too many enquiries and not enough hands" },

    { M, "it would be nice to answer a bit faster" }, { M, "we'd like to get better organized" }, { M, "we could be more efficient with follow ups" },
    { M, "thinking about improving our process" }, { M, "i'd like some more visibility into what happens with leads" }, { M, "we want to modernize the way we work" },
    { M, "there's room for improvement in how we handle calls" }, { M, "we'd love to automate a few things" }, { M, "it's okay today but it could be smoother" },
    { M, "we'd like to save the team some time" }, { M, "hoping to make it easier for the staff" }, { M, "we plan to grow so something more scalable would help" },
    { M, "it'd be good to have everything in one place" }, { M, "we want to professionalize our sales a little" }, { M, "it's a bit manual at the moment" },
    { M, "better reports would be useful" }, { M, "our follow up could be more consistent" }, { M, "i want to see if we can tidy up our pipeline" },
    { M, "it's a nice to have for us" }, { M, "we want to step up our customer service" }, { M, "we're looking to upgrade at some point" },
    { M, "we'd prefer something more modern" }, { M, "i wouldn't mind having fewer spreadsheets" }, { M, "looking to improve our response times" },
    { M, "we'd like to call people back quicker" }, { M, "it would help to have reminders" }, { M, "the goal is to be somewhat more efficient" },
    { M, "trying to streamline how we take inquiries" }, { M, "no big pain but we want to do better" }, { M, "we should probably automate that someday" },
    { M, "we are considering a tool for follow ups" }, { M, "i think it could make our work easier" }, { M, "we want a better overview of our leads" },
    { M, "it's manageable but not ideal" }, { M, "we want to improve conversion a bit" }, { M, "a little help with scheduling would be great" },

    { M, "we want to grow next year and be prepared for it" }, { M, "we are growing and would like to be ready" }, { M, "we'd like more leads and better follow up" },
    { M, "we hope to sell a bit more" }, { M, "things are okay but we want to be ready for more" }, { M, "we want to be faster with new leads" },

    { W, "just comparing some tools" }, { W, "i was curious what you offer" }, { W, "a friend mentioned you so i took a look" }, { W, "i saw your ad and clicked" },
    { W, "just exploring what's out there" }, { W, "my boss asked me to look around" }, { W, "we're doing some early research" }, { W, "i wanted to see how it works" },
    { W, "only checking prices" }, { W, "i'm putting together a list of vendors" }, { W, "read about you in a newsletter" }, { W, "just having a look around" },
    { W, "i like to keep up with new tools" }, { W, "someone at a conference told me about it" }, { W, "i'm just gathering some information" },
    { W, "curious about this ai stuff" }, { W, "wanted to see the demo that's all" }, { W, "kicking the tires" }, { W, "window shopping mostly" },
    { W, "i want to learn what's possible" }, { W, "we look at the market once a year" }, { W, "just interested in how others do it" },
    { W, "benchmarking what we have against others" }, { W, "a colleague sent me the link" }, { W, "i'm keeping my options open" },
    { W, "i heard about it on a podcast" }, { W, "nothing concrete i'm just looking" }, { W, "seeing what's new" },

    { N, "no reason" }, { N, "i hit the button by mistake" }, { N, "nothing really everything works fine" }, { N, "we don't have a problem" },
    { N, "it's for a paper at university" }, { N, "i only wanted the free ebook" }, { N, "we're happy with what we have" }, { N, "i don't need anything" },
    { N, "my kid was playing with my phone" }, { N, "i don't remember signing up" }, { N, "we already solved that last year" }, { N, "no problem to fix here" },
    { N, "nothing in particular" }, { N, "i was testing the form" }, { N, "i'm a journalist writing an article" }, { N, "we just bought another system so we're set" },
    { N, "honestly we have no use for it" }, { N, "it was an accident" }, { N, "not looking to change anything" }, { N, "we're all good here" },
    { N, "i'm a student" }, { N, "i have no idea why i filled that in" }, { N, "we closed the business" }, { N, "i'm retired now" },
    { N, "no need at all" }, { N, "i wanted to sell you something actually" }, { N, "our current process is perfect" }, { N, "none" },
    { NULL, NULL },
};

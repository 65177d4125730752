/* themes.c - English examples of objections and questions that most scenarios have; used when a scenario names one so. */
#include "talk/en/en.h"

#include "base/banned.h"

#define BROWSE "just_browsing"
#define MAIL "send_email"
#define DEAR "too_expensive"
#define VENDOR "competitor"
#define TRUST "trust"
#define PRICE "price"
#define WHAT "what_is_it"
#define LINKS "integrations"

const struct lang_phrase en_themes[] = {
    { BROWSE, "i'm just looking around for now" }, { BROWSE, "i'm only looking" }, { BROWSE, "just checking things out" },
    { BROWSE, "i was merely having a look at your page" }, { BROWSE, "we're only exploring right now" }, { BROWSE, "i'm not shopping seriously yet" },
    { BROWSE, "just curious to see what you have" }, { BROWSE, "i'm just shopping around" }, { BROWSE, "only gathering some ideas" },
    { BROWSE, "just doing my research" }, { BROWSE, "just looking" }, { BROWSE, "i'm just browsing your website" },
    { BROWSE, "we're just having a look around" }, { BROWSE, "i'm not buying anything yet just looking" },
    { BROWSE, "only looked at the site out of interest" }, { BROWSE, "nothing serious i'm browsing" },
    { BROWSE, "i was just clicking through the page" }, { BROWSE, "it's only a first look" }, { BROWSE, "we're not at the buying stage" },
    { BROWSE, "i'm merely exploring" }, { BROWSE, "oh i was only having a nosey" }, { BROWSE, "i'm just curious that's all" },
    { BROWSE, "just having a nosey round" }, { BROWSE, "i only wanted to look" }, { BROWSE, "no plans to buy i was just looking" },
    { BROWSE, "i'm only comparing at this stage" }, { BROWSE, "we're just window shopping" },

    { MAIL, "send me an email about it" }, { MAIL, "put it in an email for me" }, { MAIL, "could you mail me a brochure" },
    { MAIL, "send me something i can read" }, { MAIL, "i'd rather have that in writing" }, { MAIL, "drop me a line with the details" },
    { MAIL, "email me a link" }, { MAIL, "can you send some material over" }, { MAIL, "forward the information to my inbox" },
    { MAIL, "just send the info" }, { MAIL, "send me an email" }, { MAIL, "could you email it to me" }, { MAIL, "can i have that in an email" },
    { MAIL, "mail me the details please" }, { MAIL, "just send me the information" }, { MAIL, "put it in writing" }, { MAIL, "drop me an email" },
    { MAIL, "send over a brochure" }, { MAIL, "email me and i'll have a look" }, { MAIL, "can't you just send me some material" },
    { MAIL, "text it to me" }, { MAIL, "send me a link" }, { MAIL, "i'd rather read it send it over" },
    { MAIL, "do you have something to read you can send" }, { MAIL, "send it to my inbox" }, { MAIL, "fire it over by email" },
    { MAIL, "pop me an email" }, { MAIL, "text me the link" }, { MAIL, "whatsapp me the info" }, { MAIL, "can you send that in writing" },
    { MAIL, "send the stuff to my mail" }, { MAIL, "an email would be better" }, { MAIL, "i'd prefer something written" },

    { DEAR, "it's too expensive for us" }, { DEAR, "that costs a lot" }, { DEAR, "it's over what we can spend" }, { DEAR, "out of our price range" },
    { DEAR, "that is steep" }, { DEAR, "wow that's pricey" }, { DEAR, "we don't have that kind of money" },
    { DEAR, "that's more than we wanted to pay" }, { DEAR, "too much money for a small company" }, { DEAR, "it's beyond our budget" },
    { DEAR, "your competitors charge less" }, { DEAR, "that's too expensive" }, { DEAR, "that's a lot" }, { DEAR, "way too much money" },
    { DEAR, "we can't afford that" }, { DEAR, "that's out of our league" }, { DEAR, "ouch that's pricey" }, { DEAR, "wow that much" },
    { DEAR, "i didn't think it was that dear" }, { DEAR, "we don't have a thousand dollars lying around" }, { DEAR, "that's more than our rent" },
    { DEAR, "it's over budget" }, { DEAR, "that's quite expensive for what it is" }, { DEAR, "others do it for half the price" },
    { DEAR, "a thousand dollars are you serious" }, { DEAR, "that's a bit rich" }, { DEAR, "too steep for a small shop" }, { DEAR, "bit pricey" },
    { DEAR, "that's daylight robbery" }, { DEAR, "we could never pay that" }, { DEAR, "i can't justify spending that" },
    { DEAR, "you guys are expensive" }, { DEAR, "nobody has that kind of money here" }, { DEAR, "we can't pay that" },
    { DEAR, "we're a small charity we can't pay so much" },

    { VENDOR, "we use salesforce today" }, { VENDOR, "we have another vendor for this" }, { VENDOR, "we already work with someone" },
    { VENDOR, "somebody else does that for us" }, { VENDOR, "there's already a tool in place" }, { VENDOR, "we use pipedrive for it" },
    { VENDOR, "we have our own system for this" }, { VENDOR, "we're under contract with another company" },
    { VENDOR, "we already signed with someone else" }, { VENDOR, "we just went with another provider" }, { VENDOR, "we're on salesforce" },
    { VENDOR, "our current provider does this" }, { VENDOR, "we already have software for that" }, { VENDOR, "we already use another provider" },
    { VENDOR, "we have hubspot for that" }, { VENDOR, "we're on pipedrive" }, { VENDOR, "we work with a call center already" },
    { VENDOR, "we've got someone for that" }, { VENDOR, "we're happy with our current vendor" }, { VENDOR, "we already have something in place" },
    { VENDOR, "our crm already does that" }, { VENDOR, "we've been with salesforce for years" }, { VENDOR, "an agency takes care of it" },
    { VENDOR, "we use zoho at the moment" }, { VENDOR, "we're locked in with another supplier" },
    { VENDOR, "another company calls our leads for us" }, { VENDOR, "we built our own tool" }, { VENDOR, "we already have a vendor" },
    { VENDOR, "we have a system that does that" }, { VENDOR, "we're fine with our answering service" },
    { VENDOR, "i've got a virtual assistant for that" }, { VENDOR, "salesforce does that for us" },
    { VENDOR, "we went with another provider last month" }, { VENDOR, "we just signed with someone else" },
    { VENDOR, "we've just gone with a different vendor" },

    { TRUST, "who gave you this number" }, { TRUST, "are you for real" }, { TRUST, "how can i know you're legit" },
    { TRUST, "this sounds like a scam" }, { TRUST, "where did you find my contact details" }, { TRUST, "is this company legitimate" },
    { TRUST, "why are you calling me" }, { TRUST, "i didn't sign up for anything" }, { TRUST, "how come you have my number" },
    { TRUST, "is this a scam" }, { TRUST, "are you a legit company" }, { TRUST, "i don't trust this" }, { TRUST, "is your company real" },
    { TRUST, "how can i verify who you are" }, { TRUST, "never heard of you is that even a company" }, { TRUST, "this sounds dodgy" },
    { TRUST, "are you trying to rip me off" }, { TRUST, "can you prove you're from northwind" }, { TRUST, "i'm a bit suspicious of this call" },
    { TRUST, "this seems like a con to me" }, { TRUST, "is it safe to talk to you" }, { TRUST, "i get a lot of fraud calls how is this different" },
    { TRUST, "you sound like one of those scammers" }, { TRUST, "is this for real" }, { TRUST, "how do i know you're genuine" },
    { TRUST, "are you a real business" }, { TRUST, "sounds fishy" }, { TRUST, "that sounds suspicious" },
    { TRUST, "this isn't some kind of scam is it" }, { TRUST, "you're not scamming me are you" },

    { PRICE, "how much does it cost" }, { PRICE, "what are your prices" }, { PRICE, "how much would i pay" },
    { PRICE, "how much do you charge for it" }, { PRICE, "what would it run us" }, { PRICE, "can you tell me the cost" },
    { PRICE, "what's your pricing" }, { PRICE, "how expensive is it" }, { PRICE, "give me the price first" }, { PRICE, "how much is it" },
    { PRICE, "what's the price" }, { PRICE, "what does it cost us" }, { PRICE, "how much would that be a month" },
    { PRICE, "what are we talking about in terms of price" }, { PRICE, "what do you guys charge" }, { PRICE, "can you give me a price" },
    { PRICE, "what's the damage" }, { PRICE, "is there a setup fee" }, { PRICE, "how's the pricing work" }, { PRICE, "so what would i be paying" },
    { PRICE, "what's the monthly fee" }, { PRICE, "tell me the cost first" }, { PRICE, "and the price" },
    { PRICE, "do you charge per call or per month" }, { PRICE, "how much are we talking" }, { PRICE, "what will this set me back" },
    { PRICE, "what's it going to cost" }, { PRICE, "costs how much" }, { PRICE, "any idea of the cost" }, { PRICE, "can i get a quote" },
    { PRICE, "how much does a seat cost" }, { PRICE, "is it expensive" }, { PRICE, "is that expensive" }, { PRICE, "would that be costly" },

    { WHAT, "what exactly do you do" }, { WHAT, "what is it that you offer" }, { WHAT, "what kind of company are you" },
    { WHAT, "tell me what your product does" }, { WHAT, "how does this thing work" }, { WHAT, "explain what this is for" },
    { WHAT, "why are you calling what is it about" }, { WHAT, "what's your service" }, { WHAT, "what do you people sell" }, { WHAT, "what is this" },
    { WHAT, "what's this call about" }, { WHAT, "what do you do" }, { WHAT, "what is it you sell" }, { WHAT, "can you explain what you offer" },
    { WHAT, "what exactly is the service" }, { WHAT, "how does it work" }, { WHAT, "tell me what it does" }, { WHAT, "what's your company about" },
    { WHAT, "remind me what this was" }, { WHAT, "what was it that i signed up for" }, { WHAT, "i forgot what you do" }, { WHAT, "what do i get" },
    { WHAT, "in plain words what is it" }, { WHAT, "why are you calling" }, { WHAT, "what's this regarding" }, { WHAT, "what does your company do" },
    { WHAT, "what are you selling" }, { WHAT, "sorry what is it you do again" }, { WHAT, "what's it all about" },
    { WHAT, "can you tell me a bit more about it" }, { WHAT, "i don't know what your product is" }, { WHAT, "remind me what your company does" },
    { WHAT, "what is it that acme does again" },

    { LINKS, "does it integrate with our calendar" }, { LINKS, "is it compatible with our software" }, { LINKS, "can we connect it with outlook" },
    { LINKS, "do you integrate with salesforce" }, { LINKS, "will it talk to our phone system" }, { LINKS, "does that plug into hubspot" },
    { LINKS, "can it sync with our calendar" }, { LINKS, "do you have an api" }, { LINKS, "what does it integrate with" },
    { LINKS, "does it work with our crm" }, { LINKS, "does it connect to outlook" }, { LINKS, "can it sync with google calendar" },
    { LINKS, "do you integrate with hubspot" }, { LINKS, "will it work with what we have" }, { LINKS, "can you plug into our phone system" },
    { LINKS, "is it compatible with salesforce" }, { LINKS, "what systems do you connect to" }, { LINKS, "can it write into our crm" },
    { LINKS, "does it talk to our scheduling software" }, { LINKS, "we're on zoho would that work" },
    { LINKS, "how does it fit with our existing tools" }, { LINKS, "does it pull from our database" },
    { LINKS, "can it put the appointments in our calendar" }, { LINKS, "does it feed into our system" },
    { LINKS, "would it work alongside pipedrive" }, { LINKS, "can it book straight into outlook" }, { LINKS, "do you hook up to zoho" },
    { LINKS, "does it link with our software" }, { LINKS, "is there an interface to our system" }, { LINKS, "will it talk to our booking system" },
    { LINKS, "does this work together with our calendar" }, { LINKS, "is there an api" },
    { NULL, NULL },
};

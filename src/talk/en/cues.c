/* cues.c - English cues of the built-in intents. Patterns: und_phrase.h. */
#include "talk/en/en.h"

#include "base/banned.h"

/* Written over opened contractions: "don't" is "do not", "i'm" is "i am". */
const struct lang_cue en_intent_cues[] = {
    { CUE_OPT_OUT,
      "do not ever? call|contact|phone|ring|text|bother|dial|message|email|disturb|harass me|us|here|this|my|again|anymore|back;"
      "do not you? ever call|contact|phone|ring|bother;"
      "never call|contact|phone|ring|text|bother|dial me|us|here|this|my|again;"
      "do not want any|more|further more|of? of? these|your|the|this? calls|calling;do not want any|more|further|these|your|you|more? calls|calling;do not want to get|receive|have any|more|another|these|your * calls|call;do not want to be called|contacted|phoned again|anymore|any;"
      "do not want you calling|ringing|contacting|to call|to contact;do not want you to ever? call|contact|phone|ring;"
      "do not want|need to hear from you|your;"
      "never|not * get|receive|have|hear|want another|more|any|further * call|calls|calling|message|messages from you|your|this;want|like|get|let|need me? out of your|this database|system|list|records|file|files;do not consent|agree to|with * called|calls|calling|contact|contacted|phoned;no consent to|for * calls|calling|called;"
      "do not bother * calling|call|ringing|phoning|contacting again|me|us|back|anymore;if|appreciate|rather|wish|prefer * you stopped|quit calling|phoning|ringing|contacting|bothering;enough of|with these|your|the|all * calls|calling;do not have any|my|our? permission|consent|authorization;cut it|that out;scratch|knock|cross|strike me|us|my off;want|like you to? forget|lose|delete|erase this|my|our;"
      "stop calling|phoning|ringing|contacting|bugging|pestering|hassling|annoying|bothering|texting|harassing|dialing|messaging|emailing|spamming;"
      "stop with * calls;stop these|the|your|all calls|this;stop|quit with? the? calls;quit calling|phoning|bothering|bugging|pestering|hassling|harassing|annoying|texting|ringing|contacting;"
      "take|get|strike|pull|cross me|us|my|our|this * off;take|get|remove|delete|drop|strike|scratch|erase|cut * from|off|of your|the|any|all|this * list|lists|system|database|records|file|files|books;"
      "remove|delete|erase|drop|unsubscribe me|us|my|our|this number|name|info|information|data|details|contact;"
      "remove|unsubscribe me|us;unsubscribe;remove my|our|this|the number|name|details|information|data|contact;"
      "delete|erase|wipe|destroy my|our|all|this|the number|name|details|information|data|contact|info;"
      "lose|forget|block|blacklist my|our|this number;do not call list|registry;no call list;on your|the do not;"
      "opt out;opt me out;opt us out;opting out;"
      "no more calls|contact|calling|phone|messages;leave me|us alone;knock it off;keep|keeps calling * stop;i|already said|told you? stop >;leave me the hell alone;please|just|okay|no stop >;< stop >;< stop it|this|now|that >;< stop stop;< then|so|well|okay|ok|alright|yes|yeah|no|right stop >;< stop please;"
      "cease and desist;cease all|any|further;do not have my permission|consent;withdraw|revoke my consent;"
      "i revoke|withdraw;not to be called|contacted|phoned again|anymore|ever;asked|told you|guys|people|them * to stop|quit;asked|told you|guys|people|them * not to call|contact|phone|ring;"
      "asked|told you|your * stop calling|not call;put|add me|us|this|my * on|to * do not call|contact;"
      "stay away from my|this|me;"
      "this * last time you|anyone * call|calls|contact;scrub my|me|us|our;"
      "would|do rather|prefer|appreciate you|if did|would not call|contact|stop;"
      "not call|contact|phone|ring|bother me|us|here|this|my again|anymore|ever|number|any;"
      "i want|wish to be removed|deleted|taken off|unsubscribed;be removed|taken|deleted|erased from|off|of * list|lists|database|system|records|file|files|books;< i|we would|want|wish|need|do like? to? be removed|unsubscribed|deleted|taken;"
      "you can|may take me|us off;consider me|us off;"
      "do not keep calling|ringing|phoning;"
      "want|like|need|prefer off|out this|your|the list;off your|this|the call|calling|contact|phone|marketing list;"
      "do not reach out to? me|us|again;stop reaching out;"
      "take|remove|delete|erase|wipe|scrub|pull|strike my|our|this number|name|details|data|info|phone * off|out|from;get my|our|this number|name|details|data|info * off|out;my|our|this number|name|details|data|info|phone * deleted|removed|erased|wiped|gone|off|out;"
      "not|never ever? call|ring|phone|dial|contact|text|bother it|me|us|here|this|that|my|him|her|anyone * again|anymore|more|ever;not you dare|ever * call|ring|phone|contact;"
      "not|never want|need|wish|like * calling|ringing|phoning|contacting * here|me|us|this|again|anymore|more|my;no more of these|those|your|this|that calls|call|phone|ringing;"
      "tell|told|telling|ask|asked|asking|begged you|people|guys|them|y'all * not to call|ring|phone|contact|bother;want|like|get off of? whatever|any|your|this|the|that * list|lists;"
      "asked|asking|want|wanted|wish|like|need to be|get taken|removed|deleted|struck|erased|unsubscribed|off;not want|wish|like|need to be on any|your|a|the|that|this * list|lists|database;"
      "< please stop it;< stop it;stop it please|now|right|at|immediately;please stop it|this|that|now >;< quit it;just quit it;last time|call you|i|okay|ok|alright|please|or;be|make|is this|it|that the|your|our last call|time * call|from|okay|alright|right|>;"
      "if you|y'all|anyone|somebody ever|do? call|ring|phone|contact * again|once|more;i will|would|am * report|reporting you|this|it;not|never be called|contacted|phoned|rung * again|anymore|more|ever;"
      "block|blocking you|your number;not call|ring|phone anymore|no;unsubscribe;do not ring|phone|dial * more|again|anymore|ever;"
      "not ever? try me|us|this|here * again|anymore;not ever? get|receive|want|need another one;not get|receive|want any? more? of these|those;better|should|must|will|would be|have been the? last call|time;"
      "delete|remove|erase|wipe my|our|this record|records|entry|file|contact|profile;no calls ever|please|to|at|whatsoever;call|calls this|today|from|already|you * enough >;enough already;enough is enough;note|put|write|mark * no calls;not allowed|permitted|authorized|supposed to call|contact|ring|phone me|us|here|this;mark|note|list me|us|this|it * do not|no call|calls|contact" },
    { CUE_HUMAN,
      "talk|speak|speaking|talking|chat to|with a|an|some|any|your|the|one|another|actual * human|person|people|someone|somebody|agent|representative|rep|operator|supervisor|manager|salesperson|specialist|individual|colleague|colleagues|closer|associate|staff;"
      "talk|speak|speaking|talking to|with someone|somebody|people|humans|anyone;want|need|like|give|get a|an|your|some|another * live|real|human|actual agent|person|operator|rep|representative|being|one;"
      "to|with * real|live|actual|human|flesh human|person|someone|agent|being|people|rep|body;"
      "put|get|give|connect|transfer|pass|patch|bring|hand|switch|send me|us|this|it * human|person|someone|somebody|agent|representative|rep|operator|supervisor|manager|salesperson|specialist|people|colleague|sales|team;"
      "put|transfer|patch|pass|hand|connect me|us through|over|on|across|to|with;"
      "transfer me|us >;get|put someone|somebody on|real|else;get|bring|put a|an|some|your * human|person|agent|representative|rep|manager|supervisor|specialist on|in|here|please|now|over|>;"
      "is|are there a|an|any|some|someone|somebody * human|person|people|someone|i|to * talk|speak|available|can|there;"
      "is there someone|somebody|anyone|anybody * i|to|who|else|talk|speak|real|human;"
      "can|could|may|let i|me|us|we|you * human|operator|representative|supervisor|agent;"
      "have|get|let a|an|some|someone|somebody|one|your * human|person|someone|rep|real|actual|colleague|colleagues|people|specialist * call|phone|ring|contact|talk|speak|take;"
      "have someone|somebody|people call|ring|phone|talk|contact|speak;"
      "i want|need|prefer|demand|like|would|only|will|just * human|operator|representative;a human please;human please;< human >;< agent >;< operator >;< representative >;< representative please;< agent please;< operator please;"
      "< human being|human|please;< real|live|actual person|human|agent|someone;< a|an real|live|human|actual person|human|agent|being;"
      "real|live|actual|human person|human|being|agent|someone|rep|operator please|now|instead|>;"
      "rather|prefer|want|like|need|wants|insist * person|human|someone|people|somebody real|live|actual|human|being|instead|not|rather|who;"
      "rather|prefer|want|need|like to? * a|an|some|another|with|to|actual|real|live human|person|someone|somebody|people;"
      "not * talk|speak|talking|speaking|chat|deal|dealing|converse|discuss to|with * robot|robots|bot|bots|machine|machines|computer|computers|ai|recording|software|program;refuse to * robot|bot|machine|computer|ai;"
      "hate|dislike|done|tired|sick with|of|talking|speaking|dealing * with|to|of|talking|these|a|an * robot|robots|bot|bots|machine|machines|computer|computers|ai;"
      "speak|talk to|with your|the|a * boss|supervisor|manager|team|sales|department|people|expert|advisor|consultant|employee;"
      "one|any|some of your people|colleagues|humans|reps|salespeople|team|sales|guys|agents|specialists;"
      "someone|somebody with a pulse|heartbeat;someone|somebody|anyone|anybody|person|people i can talk|speak;"
      "someone|somebody|anybody|anyone real|human|alive|live|actual;can|could|may|would a|an|some|somebody|someone human|person|people|else? call|ring|phone|contact|help me|us;talk|speak to|with one|some|any of your|the;customer service;press|hit zero;human being;"
      "someone|somebody|anybody|anyone who is|actually * human|real|person|alive|robot|machine|bot;"
      "human|person|someone|somebody to|can|could|should|call|on * call|talk|speak|phone|line;"
      "let me * talk|speak * human|person|someone|somebody|agent;human|person|someone|actual instead of;"
      "take over from|for you;your human|humans|people|boss;"
      "not * do|doing|having|have|discuss|answer|answering|deal|dealing * with|to a|an|this|some|any computer|machine|robot|bot|ai|software;specialist|someone|somebody|person|human|colleague|expert take over;"
      "who|someone|somebody|anyone|anybody can|could|may|might i|we * speak|talk * not a|an robot|bot|machine|computer|ai;get|give|fetch|bring|find me|us a|an|some|one|your|the * colleague|coworker|human|person|rep|manager|specialist|somebody|someone;"
      "hand|pass|switch|transfer|patch me|us|it|this|the over|through|along|call;no robots|robot|bots|machines >;rather|prefer * over a robot|bot|machine" },
    { CUE_ROBOT,
      "sounds|sound|smells like a|an? robot|ai|bot|machine|recording|computer;who or what;"
      "are|is|r|was|am|were you|this|that|i|it * robot|bot|ai|machine|computer|human|automated|software|program|artificial|chatbot|android|robocall|siri|alexa|chatgpt|prerecorded|pre|synthetic;"
      "are you|we * real|human|alive|person|actually human|person|real|>;is this|it|that a|an|actually * real|live|human person|human|call|voice|>;are you real;are you an actual|a real|a live;"
      "are you a|an * person|human;am i|we talking|speaking|chatting to|with a|an|some * person|human|robot|bot|machine|computer|ai|someone|software|real;"
      "this|it|that|voice sound|sounds|sounded|seems|feels|is like? * robot|robotic|bot|machine|computer|ai|automated|prerecorded|fake|artificial|synthetic|tape|generated;chat gpt|g;gpt;"
      "you sound|seem|talk|look|act * robot|robotic|bot|machine|computer|ai|automated|recording|siri|alexa|human|fake|artificial|synthetic|scripted;"
      "you are|is * robot|bot|ai|machine|computer|chatbot|automated|recording >;you are a|an|just|not|some|one * robot|bot|ai|machine|computer|human|chatbot|software|automated|recording|real|person;"
      "this is a|an|some|one|just|obviously|clearly * robot|bot|machine|computer|robocall|ai|recording;is|was this|that|it a|an|some|just * recording|tape|robo;"
      "is it|that a|an|some * voice|robot|recording|bot|machine;robot or|is|right|>;bot or human|person|real;human or|right machine|robot|ai|bot|computer|not|a|an;"
      "person or|right a|machine|robot|ai|bot|computer|an * robot|machine|computer|bot|ai|recording;real person or;real human or;"
      "is there|anyone|anybody a * person|human behind|there|on this|on the|voice;did an|a|some * ai|robot|bot|machine|computer call|dial|ring;"
      "is|are you|that your real|actual|human voice|name;is|are this|that|you computer|machine|ai|auto generated;"
      "talking|speaking to|with a|an|some * robot|bot|machine|computer|ai >;human on the|this other? end|line;"
      "are|is you|this one of those|these ai|robot|automated|bots|robots|machine|ais;one of those|these ai|robot|automated|bots|robots * things|calls|voices|bots|>;"
      "not|is a real|actual|live person|human|voice are|right|is|>" },
    { CUE_RECORDING,
      "is|are|was someone|anyone|anybody|somebody|others else? listening;did|do you|i say|said|hear|mention * recorded|recording;"
      "is|are|was this|the|it|that|our|my|you|they|we * recorded|recording|taped|taping;are|do|did|will you|they * record|recording|taping|tape;"
      "being|getting recorded|taped;why|how long * record|recording|recordings;do|did not|never * record|recorded|recording|agree|consent|consented to? * recorded|recording|record;"
      "stop|turn|switch|pause|disable|delete the|that|this|off|recording|my * recording|recorder;"
      "what|where * happens|happen|do|does|goes|kept|keep|stored|store|use * recording|recordings|recorded;who|whom * listen|listens|hear|hears|access|gets * recording|recordings|this|call;"
      "not|never * to be recorded|taped;record|recording this call|conversation;keep|store|save this|the|these|my recording|recordings|conversation;"
      "is recording|this|it * legal|allowed;recorded without;< recorded >" },
    { CUE_SOURCE,
      "how|where|when * you|they|u|guys|company * get|got|find|found|obtain|obtained|have|come|pull|pulled|dig * number|name|contact|details|info|information|data|me|phone|from;"
      "how|where is|was|did it that? you|they|guys * have|got|get|know my|this;"
      "what|which form|request|inquiry|enquiry|signup|application * you|i|that|did|>;who|whom gave|give|sold|told|passed|shared you|my|them|to * number|name|contact|details|info|information|data|call|me;"
      "why|how do|did|come|would you|they|guys * have|got|know|had my|this|our * number|name|details|info|information|phone|contact|data;"
      "never|not|no * gave|give|given|shared|provided|handed|leave|left you|my|our|anyone|out|this * number|details|info|contact|information|permission|phone|name;"
      "i|we never|did|have|do not? * sign|signed|registered|register|subscribed|fill|filled|submitted|requested|request|asked|ask|entered|enter * up|for|in|anything|form|call|information|demo|out;"
      "not|no * remember|recall * signing|filling|asking|requesting|giving|submitting|doing|leaving|form|request;did i * fill|sign|request|ask|submit * form|up|out|something|call|anything|for;"
      "what|which list|source|website|database * get|got|find|from|me|am;what makes you think i|we;where|how my|our * number|details|information|data|name * come|came|get|from;"
      "where is|are you * number|data|information|details from;is this|it|that a? * scam|scammer|spam|legit|legitimate|fraud|phishing;are you * scam|scammer|legit|legitimate|spammer|scammers;"
      "why are you calling me;why did you call me|us;how do i know * real|legit|legitimate|scam|not|is;scam;scams;scammer;scammers;con artist;sounds|smells|looks like a? * scam|spam|fraud" },
    { CUE_NOT_INTERESTED,
      "< nah|no|nope i|we am|are good|fine|okay|ok|set|covered;< i|we am|are good|set thanks|thank;not really? something|anything|anyone we|i|that * need|want|use|looking|after;we|i are|am * set for|thanks|thank;not really? interested|interesting;not at all interested;not remotely|particularly|the|that|even|very|actually|just|least interested;no interest;not * interest|interested in|at|right|for|>;lost interest;no longer interested;uninterested;"
      "not * looking|going|planning|trying to|for * buy|purchase|anything|sign;not for me|us;no thanks|thank >;< no thanks|thank;thanks but no thanks;i will|would|am going to|gonna * pass >;< pass >;hard pass;"
      "we|i are|am|is * all set|good|fine >;we are all set;i am all set;"
      "we are good thanks|thank|>;i am good thanks|thank;will|would|gonna|just pass thanks|thank|on|>;is|are|was not for us|me;not something|anything for us|me;have no use for;do not need it|this|that|any|your|anything|one;not something we|i * want|need|looking|after|interested;not my|our thing|cup|style|bag|area|kind;"
      "not in the market;not buying;do not waste|want to waste * time;does not * appeal|interest to? me|us;can not be bothered;count me|us out;going to decline;i decline" },
    { CUE_WRONG_NUMBER,
      "wrong number|person|guy|house|phone|extension|company|business|department|place|man|woman|lady|party|one|address;misdialed;misdialled;dialed|dialled|called|got|have|reached wrong|the|an wrong|incorrect;"
      "reached|called|dialed|dialled a|my|the? private|residential|family house|home|residence|number|line|household;no * at|on|under this|the number|address|phone|line;"
      "no|not nobody|one|body * by|of|with|called|named * name|that|here;nobody|none here|by|called|named|with * name|that|here;there is no * here|by|called|named|number|name|such|one;no such person|name|company|one;no one here|by|called|named;"
      "that is not me >;< that is not me;just|only|recently|newly got|have|bought this|the number|phone;i am not him|her|them|that;is|was|are not his|her|their number|phone|line;i|we do|does|did not know|have * any|anyone|anybody|a|that|who|person|someone * by|of|called|named|person|name;never heard of him|her|them|that|this * person|guy|name|man|woman|him|her|them|>;"
      "that|this|he|she|they is not me|my|his|her|their name|number|me|>;i am|you are|is not * that|the|him|her|who|person|one * person|guy|name|woman|man|you|want|looking|after|trying;i am not him|her|them;"
      "not * who|person|one you|that * looking|want|think|trying|after|need|calling;"
      "he|she|they|that|person|who * not|no|does|do * live|lives|work|works|here|with * here|anymore|longer|us|at|there;he|she|they|person has|have|had|did|already * left|quit|moved|retired|gone * company|here|ago|firm|job|on|away|years|months;"
      "he|she|they left|quit|retired|moved * company|ago|out|firm|job|last|years|months|away;no longer work|works|working|with|here|lives|at * here|us|company|at|there|>;not|no longer with the company|us|firm;"
      "this|my number|phone|line does|is|has|belong|belongs|was|used * belong|belongs|not|someone|another|new|else|changed|private;this|it is a|my|our * private|residential|personal|home house|home|residence|number|line|phone;"
      "mixed up;mix up;mistaken identity;mistaken me;wrong|different * jones|smith;called|have|got|reached * wrong|mistake|private|residence|someone else;not my name;number mixed|wrong" },
    { CUE_LANGUAGE,
      "no|not|little|bad|only|barely * speak|talk|understand|know|good|well * english;no english;no|not habla|hablo|entiendo;english * not|no|bad|poor|little|limited * good|well|great|very|>;my english is|not|bad|poor|so;"
      "do|can|does|could|is you|there|anyone|anybody|someone|somebody * speak|speaks|talk|know|have * spanish|french|german|portuguese|chinese|mandarin|italian|russian|arabic|korean|vietnamese|polish|hindi|tagalog|japanese|cantonese|turkish|espanol|deutsch|ukrainian;"
      "speak|talk|talking|in|only spanish|french|german|portuguese|chinese|mandarin|italian|russian|arabic|korean|vietnamese|polish|hindi|tagalog|japanese|cantonese|turkish|ukrainian please|only|>;i speak spanish|french|german|portuguese|chinese|mandarin|italian|russian|arabic|korean|vietnamese|polish|hindi|japanese|turkish;"
      "habla|hablas|hablan|hablo|entiendo|espanol|español;no entiendo|comprendo;je ne|parle|suis|comprends;parlez|parlez-vous|francais|français;sprechen|spreche|verstehe|deutsch;ich verstehe|spreche|bin|kann|habe;falo|portugues|português;não|nao falo|entendo|falo|compreendo;non parlo|capisco;"
      "in spanish|french|german|portuguese|chinese|mandarin|italian|russian|arabic|korean|vietnamese|polish|hindi|japanese please|>;quien|quién|que|qué habla|es|quiere|esta|está;como|cómo dice|esta|está|puedo;buenos|buenas dias|tardes|noches|días;lo siento no;me no understand|speak" },
    { CUE_GATEKEEPER,
      "mister|mr|mrs|miss|ms|doctor|dr|professor * is * out|away|in|with|not|on|busy|seeing|unavailable|at|off|traveling|operating|teaching;the|my boss|manager|owner|director|doctor|chief|lady is * out|away|not|in a|with|seeing|traveling|off;he|she|they is|are|was|will * not|out|in|on|away|at|unavailable|traveling|busy|off * available|here|today|meeting|office|desk|line|call|vacation|holiday|lunch|town|moment|leave|present|right;he|she|they is|are|was|will * surgery|session|court|class|conference|consultation|theatre|procedure|meetings;let|tell him|her|them know|you|that;direct your call;he|she|they is|are|will * unavailable|traveling|travelling|out|busy|off|away;he|she|they is|are|was|will be? with a|an|another|his|her|the? patient|patients|client|customer|customers|clients|someone|visitor|student;is office how|can|this|good|speaking|she|he|they|may|>;< doctor|dr|mister|miss|the|attorney * office;office of doctor|dr|mister|the|attorney;doctor|dr * office speaking|how|can|may|this|>;"
      "is|are not * available|in|here|at the|at|right|today|>;who is calling;who|whom shall|should|may|can i say;may|can|could i|we ask|know|tell|say who|whom|what;may|can|shall|could i take|leave|give|pass * message|note|number|him|her;take a message;leave a message * him|her|them|with;"
      "what is|may this|it|your|the * regarding|concerning|in reference|call about|regards|pertaining;what company|firm are you|is|>;with|in reference|regards to what;"
      "i am|this is|you|speaking|only|just * assistant|receptionist|secretary|reception|front|answering|switchboard;her|his|their|executive|personal assistant|secretary|office;reception|receptionist|switchboard|front here|speaking|desk|of;from|at reception|the? reception;"
      "i will|can|let|could|would me? * put|connect|transfer|patch you through|to;let me * see|check|find|transfer|get if|whether|him|her|you * available|free|in|him|her|there|he|she|is;hold on * get|see|find|transfer|check him|her|if|you;"
      "he|she|they|does|do|not * take|accept|takes cold|unsolicited|sales|these|such calls|solicitations;do not accept|take|put * cold|unsolicited|sales|solicitation|solicitations|through calls|>;is he|she expecting|aware your|you|of;do you have an appointment with;"
      "you|let can|could|would|have * speak|talk|want|reach|call to|with|him|her|back * her|him|boss|husband|wife * back|later|home|in|>;my husband|wife|boss|mom|dad|mother|father|son|daughter|roommate is|are|was * out|not|at|away|sleeping|asleep|in;"
      "this|it is his|her|their|not|my * phone|wife|husband|assistant|son|daughter|office|secretary|line|boss;his|her wife|husband|son|daughter|mother|father|partner|colleague|coworker;he|she stepped|went|will be out|away|back|in|home" },
    { CUE_BUSY,
      "not|bad|really|terrible|awful * a|the|good|great|best|convenient|right|ideal time|moment * now|for|to|>;not a|the good|great|best|right|convenient|ideal time|moment;bad|wrong|terrible time|timing|moment * >;caught|catching|got|calling me|us|in at|on|in * bad|middle|way|car|meeting|wrong|run;"
      "i am really|kind|kinda|pretty|so|super|quite|a|bit|little * busy|swamped|slammed|tied up|driving|rushed;i am|was|about * in|into|on|at|to|heading|walking|stepping|running|between|late * meeting|call|class|car|meetings|appointment|store|interview|road|gym|doctor|airport|plane|train|lunch|dinner;"
      "i am * driving|busy|eating|swamped|slammed|cooking;i am at work|dinner|lunch;in|into the middle of|a something|meeting|dinner|lunch|things;in a meeting;can|could not talk|speak|chat;can not * talk|speak|chat * now|moment|long|>;can not do this * now;no time * now|for|today|right|>;do not have|got * time|minute|moment|second|long;"
      "call|ring|phone|try|catch|reach me|us|back|again|later|this * later|back|tomorrow|another|again|next|in|after|this|on|monday|tuesday|wednesday|thursday|friday|evening|afternoon|morning|some;call back later|tomorrow|another|in|next|at|on|after|when|some;call|ring|phone|try|reach me|us * tonight|tomorrow|later|monday|tuesday|wednesday|thursday|friday|saturday|sunday|noon|morning|afternoon|evening|week;"
      "another time|day;some other time;later on? today|please|would;we|can|could|let|you * talk|speak|do|chat|connect|pick this? * later|tomorrow|another|next|some other;got|have to go|run|jump|leave|hop|dash >;got|have to go|run|jump|hop|dash|leave into|to|out|now|sorry|bye|soon|in|off|pick|catch|thanks|thank;only have|got a * minute|second|moment;"
      "i am on the? another|other|different line|call|phone;swamped|slammed|buried|busy right|now|today|at;i am|was just about to;"
      "i|we am|are with a|an|my|some? client|clients|customer|customers|patient|patients|someone|people;< not now;< not right|just now;i am in the? * shower|bathroom|hospital|funeral;on another call|line;my hands are full|tied;got|have my hands full;i am|was about to step|board|head|hop|walk|jump|go|leave" },
    { CUE_REPEAT,
      "repeat|repeating that|it|this|yourself|please;can|could|would|will|please you|mind|ya * repeat|repeating|say that|it again|once|that;say|repeat that|it|again|this|the again|question|please|one|once|last;< repeat;what did|was|were you|that|the|your * say|said|ask|question|again|saying;< pardon;pardon me >;< come again;< say again;< sorry >;< sorry what|pardon|come|say|who|i|could|can did|was|again|is|you|>;< what >;< huh >;who is this|that|speaking|calling;what|which company * you|this|is|did|again|>;who are|is you|this|that calling|with|from|for;who do|are you * work|calling|represent|with;where are you calling;calling for|from who|whom|where|what;who am i speaking|talking with|to;who are you;< excuse me >;"
      "i did|do|could|can not * hear|catch|understand|follow|make|get you|that|what|it|out|quite|last|question;did not catch|hear|get that|you|it|what;can not hear|understand you|a|anything;missed|lost that|what|you|the|it|your;you|it|line|call|voice|connection * breaking|cutting|cut|broke|choppy|muffled|bad|garbled|terrible|static|dropping|dropped|up|out * up|out|line|connection|>;line|connection|signal|reception is|was|really|has * bad|terrible|poor|awful|breaking|choppy|static|horrible;bad|poor|terrible line|connection|signal|reception;"
      "speak|talk|a|slow|little * up|slower|louder|slowly|down|clearly please|>;speak up;slow down;one|once more time;< what was|is that;< sorry what;hello * hear|there|anyone;< hello hello;hello are you;are you|still you * there|still >;what do you mean;not sure what|i you|understand * asking|mean|question|want|said;i do not understand|follow|get that|it|you|what|the|>" },
    { CUE_MINOR,
      "i am|only|just|turned * # years old;i am only|just # >;i am|only # >;my|me mom|mum|dad|mommy|daddy|mother|father|parents|parent|grandma * not|home|out|work|shower|busy|sleeping|here|phone;i am|just a|in|still|only * kid|child|minor|boy|girl|teenager|grade|school|student >;let me|i * get|ask|call my mom|mum|dad|mommy|daddy|mother|father|parents;am|i in * grade|kindergarten|elementary;"
      "want|need|should to talk|speak to my mom|mum|dad|mommy|daddy|parents;mommy|daddy;my|this mom|dad|mum is|phone|his|her phone" },
    { CUE_ABUSIVE,
      "fuck;fucking;fuckers;fucker;asshole;assholes;bitch;bastard|bastards;piss off;bullshit;motherfucker;dickhead;shove it|this|your;go to hell;screw you|yourself|off;you|u * idiot|idiots|moron|morons|stupid|scumbag|scum|jerk|dumb|parasite|parasites;shut up;drop dead;go die;damn you;kiss my" },
    { CUE_VOICEMAIL,
      "leave|record a|your|me|us * message|name|number * after|at|and|beep|tone|>;leave|record a|your|me * message;after|at the tone|beep|signal;you have|you've reached;you have reached;have reached the|a|voicemail * voicemail|voice|mailbox|office|desk|of;can|is not|unable * come|get|available|take * to|the|your phone|call|message;"
      "voice|voicemail mailbox|box|mail|of;mailbox|voicemail|inbox is|has * full|not|been|belongs;not|unable * available to take|answer * call|phone;to leave|send a|an * message|page|callback|number;i will|we get|call|return|be|you * back|call|touch * soon|possible|shortly|earliest;sorry|unfortunately i|we|you * missed your|call|our;please leave|record|try;your call has been|is forwarded|important|answered;when you|are have|finished * recording|done|hang;press|dial one|# for|to|when|if;"
      "the|this person|party|subscriber|number|wireless|google * trying|called|dialed|not|customer|subscriber * available|unavailable|service|reach|reached|in|answer|is" },
    { CUE_SCREENING,
      "state|say|record|tell|give your|name|the * name|and|reason|purpose * and|reason|for|calling|why;call assist|screen|screening|assistant|filter;record your name|and;before i|we|connect|try * connect|you|name;name and|then reason|why|purpose|company;is using|this * call screening|screening|google|assistant|call;google|apple|samsung|this is|the * recording|screening|assistant|virtual|automated * service|call|calls|assistant|your|from;stay on the|line please;hold|wait while i|we * connect|find|try|see|get|check;screening|screened|screen service|this|calls|your|call;person you * calling|trying is|to|using * screening|service|screen" },
    { CUE_SALES,
      "is|are|was this|it|that|these * sales|telemarketing|marketing|cold|promotional|commercial call|calls|pitch|thing;is|are this|it|that|you * telemarketing|telemarketer|telemarketers|salesman|salesperson|saleswoman|solicitor|soliciting|solicitation;"
      "are|r you * selling|sell something|anything|stuff|me|us;you|this trying|going|about|want|calling|here to sell;you are|just * selling something|me;is|are this|it|that|you * an|a ad|advert|advertisement|promotion|sales|pitch;"
      "is|are this|it|that * about selling|sales;this is|sounds like? * sales|cold call|pitch;< sales|cold call;< a sales|cold call;so you want to sell;a|another sales|cold|telemarketing call >" },
    { CUE_CALLED_BEFORE,
      "you|people|guys|lot|company|somebody|someone * called|rang|phoned|ringing|calling|call * # times|time;you|people|guys|lot|company|somebody|someone|colleague|colleagues * called|rang|phoned|call me|us|here|this|today|yesterday * already|before|yesterday|again|times|week|morning;"
      "you|people|guys|lot keep|keeps|kept on? calling|ringing|phoning;you have been calling|ringing|phoning;how many times are|do|will|have|did you;keep calling|ringing|phoning me|us|here;you again;you people|guys|lot again;another call from you;"
      "second|third|fourth|fifth|sixth|tenth|hundredth|umpteenth time|call you|someone|today|this|from|i * called|call|calls|calling|rang|today|week|day|got;second|third|fourth|fifth|sixth|tenth call|time today|already|now|this|from;two|three|four|five|six|ten|several|many|2|3|4|5 calls|times today|already|this|from|you * you|week|day|month|already;every * day|week|hour you call|ring|are;"
      "you|people call|ring|phone * every|all day|time|week|the|hour|single" },
    { CUE_SHIELD,
      "do not call it|that|this a|an|our|the|him|her|them;who|people|customers|they|leads|prospects * opt out;not|never * said|saying|asking * stop;"
      "our|their|the|my|to|these|those|when|because|if customers|clients|leads|prospects|people|patients|callers|they|buyers|tenants|guests * talk|speak|human|person|rep|agent|calls|calling|stop|unsubscribe|opt;"
      "sign|signed|went|go|gone|going|work|working|stay|staying|stuck|bought|contracted|contract|deal|agreed|committed|set|chose with|for|from someone|somebody|another else|company|vendor|provider|one;"
      "do not call|ring|phone|dial|try me|us|back|here? before|after|until|till|during|right|now|today|tonight|sir|mister|yet;not call|ring|phone|text|email him|her|them;out of|from * contract|deal|agreement|lease|subscription|arrangement;"
      "leave me|us|him|her|them your|a|some|that|it;let me * pen|paper|write|note|check|think|get|ask;< stop let|i|wait|hold|hang|one|there|that is;stop|wait * say|said|question|what;"
      "stop calling back|them|customers|leads|people|him|our|her|everyone|prospects;stop losing|missing;we stop|stopped|need|want to? * losing|missing|calls" },
    { CUE_LOOKS_BACK,
      "earlier i said|told|mentioned|gave;i said|told|mentioned|gave * earlier|before|first;before i said|told;i said * but|that was|it is|actually|meant|wrong;that was for|wrong|about the other|last|another;i was wrong|mistaken|off;"
      "what i said|told|gave * wrong|before|earlier|not;going|go|come|coming back to the|my|our|what;forget what i said|told;i got|had that|it|the wrong;correct|change|revise|update my|the|that answer|number|figure|date|budget|timeline|earlier" },
    { CUE_BACK_MONEY,
      "about|regarding|concerning|on the|that|our|my budget|money|price|amount|figure|spend i|again|earlier|is|was|actually;as for the|our budget|money;back to the|our budget|money;the|that|our|my budget|money|amount|figure|number|price i|we said|told|gave|mentioned;change|correct|revise the|my|our budget|amount|figure" },
    { CUE_BACK_DATE,
      "about|regarding|concerning|on the|that|our|my date|timeline|timing|timeframe|start|deadline i|again|earlier|is|was|actually;as for the|our date|timeline|timing;back to the|our date|timeline|timing;the|that|our|my date|timeline|timing|deadline i|we said|told|gave|mentioned;change|correct|revise the|my|our date|timeline" },
    { CUE_PASSES_ON,
      "put|putting|get|getting|fetch|grab|transfer|transferring|connect|connecting|pass|passing|hand|handing him|her|them|you|the|priya * on|through|over|phone|now|>;i will|am * get|getting|fetch|grab|find him|her|them|the;"
      "i will|can|let me * see|check|find|look if|whether|out * she|he|they|him|her;let me get|fetch|grab|find|transfer|connect|put him|her|them|you;one|just|hang|hold on|moment|second|minute|sec * him|her|she|he|them|transfer|connect|put;here she|he is|comes;she|he is right here|there|coming|next;hold|stay on the? line|i" },
    { CUE_DEAR,
      "too|way|very|rather|pretty|quite|bit|so|that|is|far too? expensive|pricey|steep|costly|dear|rich|high;expensive >;can|could not|never * afford that|it|this|so|you;can|could not|never * pay|spend that|so|this|a;"
      "out|outside of? our|my|the * league|range|reach|budget;over|beyond|above|exceeds our|my|the|what * budget|spend|range|pay|afford|means;that much;too much >;too much for us|me|a|our;too much money;a lot of money;lot|lots of money;is|costs a lot;is|are|sounds|that crazy|insane|ridiculous|outrageous|madness|nuts|absurd;cheaper;highway|daylight robbery;rip off;more than * expected|thought|planned|wanted|rent|have;no way we|i" },
    { CUE_SOMETIME,
      "some point|day|time|stage;someday;sometime;one day;eventually;down the road|line|track;later >;< later;whenever;in the * future;sooner or later;let us see;we will|shall see;we'll see;wait and see;see how it goes|things;"
      "depends;depend;depending;before too long;not too far;a while;in due;when we get to|around;when the time;maybe later|next;it varies" },
    { CUE_SET_ASIDE,
      "budget|budgeted;set|put|putting|setting aside;allocated;earmarked;can|could|would|might afford;can|could|would|might|will|willing|prepared|happy|able|ready|want|like to? spend|pay|go|do|manage|stretch;up to #;have|got|had|there is * # * for|on this|it|that|the;approved;spend up|about|around|maybe;to spend" },
    { CUE_BRIEF, "quick;quickly;fast;slow;slowly;short;brief;briefly;snappy;loud;louder;keep it;make it;talk|speak up;bear with;be patient" },
    { CUE_OTHERS,
      "customers;clients;customer;client;people;patients;leads;prospects;callers;they;them;buyers;tenants;guests;visitors;folks;members;users;families;parents of;our team|staff|reps|agents|guys|people|receptionist|desk|sales" },
    { CUE_COUNT, NULL },
};

/* quantity_cues.c - English cues beside numbers: hedges, bounds, comparisons. A pattern ends right before the number, or begins right behind
 * it and its unit. */
#include "talk/en/en.h"

#include "base/banned.h"

const struct lang_cue en_quantity_cues[] = {
    { CUE_ABOUT,
      "about;around;roughly;roughly speaking;approximately;approx;maybe;perhaps;circa;nearly;almost;ballpark;close to;near;somewhere around|near|about;"
      "something like|around;in|on the region|neighborhood|neighbourhood|ballpark|vicinity|area|order|range of;the neighborhood|ballpark|vicinity of;give or take;"
      "more or less;thereabouts;in or around;or thereabouts" },
    { CUE_ABOUT_AFTER,
      "or so;ish;give or take;roughly;roughly speaking;thereabouts;or thereabouts;ballpark;more or less;approximately;approx;maybe;around|about|near there|that;"
      "or something;or something like that;or around|about|near|somewhere around? there|that;something like|around that;somewhere around|near|in there|that;mark;or whatever;kind of thing" },
    { CUE_CAP,
      "max|maximum|limit|cap|ceiling on|for * is|be|at;up to;up to and including;as much|many|high|long|far as;all the way up? to;at most;at the? very|absolute? most|outside|latest;at a stretch;maximum;max;tops;no later than;"
      "max|maximum|limit|cap|ceiling|top|most of|is|at|would|being|spend|we|i|like be?;maximum|max|upper budget|limit|amount|spend of|is;hard cap|limit|ceiling|max|maximum of|is|at;"
      "capped|capping|cap|cap it|things|us|me at;max|maxed|maxing|top|tops|topping|tapped out|off at|around;tops out at;not to exceed;stretch|stretching up? to;stop|stops at;"
      "the most we|i|they can|could|would|will do|spend|pay|go|manage|afford? is;most we|i can|could do|spend|pay is;could|can|might stretch to;spending|budget limit is|of;"
      "anything|something|anywhere|whatever up to|under|below;limit|cap|limited|max|ceiling to|at;high|higher|upper|top end|side of?|is|would?;going|go all? the? way? up to" },
    { CUE_CAP_AFTER,
      "tops;max;maximum;is|would out|impossible;at most;at the? very|absolute? most|outside|max|maximum|limit;or less|under|below|fewer|lower|sooner;or so max|tops;or|and|but no|not|nothing a? more|higher|further|over|above|beyond|longer|penny|dollar|dime|cent;at|on the high|upper|top end|side;high|upper|top end;"
      "no more|higher;and not * more|over|penny|cent;is|as|would|that|will be|is|a|an|the|our|my * max|maximum|limit|ceiling|cap|most|top|tops;is as high|far|much as we|i|they;as high|far|much as we|i|they can|could|will|would go|pay|do|spend;at a push|stretch;if that;and|that is * pushing it;"
      "and that is it;is|be|that is * tops;would be pushing it;is where we|i * stop|cap|draw;is the? most;limit >;cap >;and under|below|less;at the latest" },
    { CUE_FLOOR,
      "at least;at the very? least;at a bare? minimum of?;at minimum;minimum;minimum of;min;min of;a bare? minimum of;a floor of;minimum|least|lowest is|would|being be?;starting|starts|start|starting out? at|from|around;as little|low as;"
      "anything from;not|nothing under;upward|upwards of;floor|minimum|min|bottom is|at|being;low|lower|bottom end|side of?|is|would?;at a? minimum of?" },
    { CUE_FLOOR_AFTER,
      "plus;or|and more|up|upward|upwards|above|over|higher|better|beyond|onwards|longer;at the? very? least;minimum;min;at a? bare? minimum;as a? minimum;and then some;and counting;is|as|be|would be|the|a|our * minimum|floor|least;easy >;at the earliest;at|on the low|lower|bottom end|side;low|lower|bottom end" },
    { CUE_MORE_THAN,
      "over;above;past;beyond;exceed;exceeds;exceeding;north of;in excess of;more|greater|higher|larger|bigger|longer|further|better than;upward|upwards of;"
      "bit|little|touch|just|slightly|well|way|far over|above|past|beyond;bit|little|touch|just|slightly|well|way|far more|higher|north than|of" },
    { CUE_LESS_THAN,
      "under;below;beneath;underneath;south of;less|fewer|lower|smaller|cheaper|shorter|sooner|earlier than;shy of;short of;inside;inside of;within;"
      "bit|little|touch|just|slightly|well|way under|below|shy|inside of?;bit|little|touch|just|slightly|well|way less|lower|fewer than" },
    { CUE_ELSEWHERE,
      "lose|loses|losing|lost|lose;worth;revenue|revenues|turnover|income|profit|payroll|rent|salary|wages;gross|grosses|grossing|net;turn|turning|turns over;turned over;earn|earns|earning;bring|brings|brought|bringing in;brings|brings us|me;"
      "burn|burns|burning|burned|blow|blows;average|typical|single deal|order|job|ticket|case|sale|customer|client|patient|invoice;"
      "deal|deals|order|job|ticket|case|sale|patient|customer|client|lead|lease is|are|runs|averages|brings|pays|spends;we|i|they|you make about|around|roughly|over|nearly|maybe;makes;making;made us|me|about|over;"
      "waste|wasted|wasting|wastes;missed|missing|miss;fine|fined;each|every * call|lead|job|customer|client * cost|costs|is|brings|means;sold|sell|sells|selling;our|my|we|i customers|clients|patients|tenants|guests|charge|bill|invoice;"
      "save|saves|saving|saved;raised;cost|costs|costing * lost|missed|business|work;owe|owed|owes;gone;"
      "brother|sister|law|friend|buddy|cousin|neighbor|neighbour|uncle|competitor|competitors * pay|pays|paid|spend|spends|spent;other guy|guys|place|shop|company * pay|pays|paid|spend|spends|spent" },
    { CUE_ELSEWHERE_AFTER,
      "in|of lost|missed|sales|revenue|revenues|turnover|profit|orders|wages|business|work|jobs|deals|damage|damages|bookings|losses;of lost|missed;gone;lost;wasted;down the drain|toilet|tube;short >;evaporates|evaporate|vanishes|vanish|disappears|disappear|walks|slips;"
      "on ads|advertising|adwords|marketing|rent|payroll|wages|salaries|google|facebook|billboards|seo|leads;worth of;for marketing|advertising|ads|rent|payroll|staff|wages|salaries;is|are|gets|get|was lost|gone|wasted|missed;out the door|window;in the hole|red" },
    { CUE_OVERRULE,
      "realistically;more realistically|likely|probably|honestly|accurately;but i|we|it|really|probably|more|honestly|actually|in|now|that|let|make|then|maybe|for|the * think|say|will|is|be|likely|like|reality|honest|would|could|can|probably|guess|mean;"
      "but probably|really|actually|honestly|realistically|make|let|now;well maybe|probably|more|really|actually|honestly;or rather;in reality;now it|that|we|i;however;instead;turns out;although" },
    { CUE_NOT_KNOWN, /* stronger than talk of prices: the prospect has no figure */
      "foggiest;faintest;not the one|person who|that knows|has;above|beyond my;not knowing|know * budget|figure|figures|number|amount|numbers|money;handles|does|keeps|knows the? numbers|money|books|finances|figures;ask|check with finance|accounting|my|our|the;finance|accounting|manager|boss has not|knows|would know" },
    { CUE_GRANT,
      "go ahead|on|right|for;be my guest;feel free;please do|go;by all means;shoot;fire away;sure;of course|fine|absolutely|okay;fine;absolutely;okay;ok;no problem;knock yourself;that is fine|okay|ok|alright|good;"
      "it is fine|okay|ok|alright;happy|glad|love to;not a problem;please;alright;all right;you can|may;i am good|okay|fine with" },
    { CUE_GRANT_NOT,
      "rather|prefer you did|do|not;rather not;not a? * good|great|right time|moment;bad time|moment;can not|never talk|right|now|do;busy;do not want|like|have;no time;not now|today|interested;please do not;it is not okay|fine" },
    { CUE_COUNT, NULL },
};

"""What is done, or has happened: an ordered list of readings, the most telling first."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from proviso.asking._people import ASKING, ASKING_SELF, WHAT_NOW


@dataclass(frozen=True, slots=True)
class Said:
    """A question in two forms, and what kind of sentence it is."""

    text: str
    tagged: str
    asks: bool
    asks_self: bool
    what_now: bool
    third: bool

    def has(self, pattern: re.Pattern[str]) -> bool:
        return bool(pattern.search(self.tagged) or pattern.search(self.text))


def said(text: str, tagged: str, *, third: bool) -> Said:
    """Put a question in both its forms, with its kind."""
    return Said(
        text, tagged, bool(ASKING.search(text)), bool(ASKING_SELF.search(text)), bool(WHAT_NOW.search(text)), third
    )


def _p(*words: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w'])(?:{'|'.join(words)})(?![\w'])")


PICTURE = r"(?:photo\w*|picture\w*|image\w*|video\w*|film(?:s|ing|ed)?|clip\w*|footage|selfie\w*|snap(?:s|ping|shots?)?|recording\w*|reel\w*|pick|shots?|group shot|tiktoks?)"
PUBLISH = r"(?:post\w*|put(?:s|ting)?|shar(?:e|es|ed|ing)|upload\w*|publish\w*|stick(?:ing)?|whack(?:ing)?|tweet\w*|write|writing|wrote|blog(?:s|ging|ged)?|say(?:s|ing)?|announc\w+|comment\w*|vent(?:ing)?|rant(?:ing)?|moan\w*|complain\w*|slag\w*|slat(?:e|ing)|nam(?:e|ing)|tag(?:ging)?|reveal\w*|mention\w*|air(?:ing)?|broadcast\w*|leak\w*|stream\w*|expos(?:e|ing)|circulat\w+|spread\w*|link(?:ing)? to|repost\w*|retweet\w*|discuss\w*|review\w*|call(?:ing)? out|mock\w*|insult\w*|joke|joking|bad ?mouth\w*|criticis\w*|go(?:ing)? up|goes up|stat(?:e|ing)|tell(?:ing)?|accus\w*|updat\w*)"
ONLINE = r"(?:PLAT|OWNPAGE|OFFICIAL|online|internet|blog\w*|page|wall|story|stories|status|forum|website|web ?site|STAFFGROUP|GAME|AGREED|newsfeed|social|public(?:ly)?|post|profile)"

_POSE = _p(r"(?:pretend\w*|pos(?:e|es|ed|ing)|passing (?:my|him|her)self off|acting|making out|claim\w*|lying about|sign\w* up|register\w*|join\w*|log\w* (?:on|in)|go(?:ing)? on|say\w*|catfish\w*|masquerad\w*)(?: (?:\w+|,)){0,6} (?:as (?:a |an )?(?:PUPIL|younger|young person|schoolchild|kid|1[0-7])|to be (?:a |an )?(?:PUPIL|kid|younger|child|young|1[0-7]|twelve|thirteen|under|school)|(?:that )?(?:i am|he is|she is|im|we are) (?:a |an |only )?(?:PUPIL|kid|1[0-7]|child|younger|twelve|thirteen|fourteen)|(?:a |an )?(?:fake|false) (?:PUPIL|child|kid|age))", r"fake (?:child|teen\w*|kid|PUPIL)(?:'s)? (?:account|profile)", r"(?:false|wrong|fake) age", r"as (?:a |if i (?:was|were) (?:a |an )?)(?:1[0-7]|twelve|thirteen|fourteen|fifteen)[- ]year[- ]old", r"pretend\w* (?:\w+ ){0,5}PUPIL")
_WIKI = _p("WIKI", r"\w*wiki\w*")
_VET = _p(r"(?:look\w*|check\w*|search\w*|googl\w*|vet(?:s|ting|ted)?|stalk\w*|nos(?:e|y|ing)|go(?:ing)? through|trawl\w*|screen\w*|find\w* out|research\w*|scroll\w*|see|read\w*|investigat\w*|view\w*|run|peek|use|using)(?: (?:\w+|,|PLAT)){0,8} APPLICANT", r"APPLICANT(?:(?: '?s)? (?:\w+|,)){0,8} (?:PLAT|OWNPAGE|online|social|profiles?|internet|accounts?|google|posts?)", r"(?:background|online|social media) (?:check|search|vetting)(?:s|es)?", r"before (?:the )?interviews?", r"shortlist\w*", r"(?:interviewing|recruit\w*|hiring|appoint\w*).{0,40}(?:PLAT|online|profile)")
_LOGIN = _p(r"(?:giv\w*|tell\w*|shar\w*|let(?:ting)?|lend\w*|us(?:e|es|ing)|pass\w*|hand\w*|know|have|borrow\w*|writ\w*|swap\w*|log(?:ging)? (?:in|on)|put\w*|send\w*|disclos\w*|keep\w*)(?: (?:\w+|,)){0,8} (?:password\w*|passcode|log[- ]?ins?|log[- ]?ons?|credentials|pin|sign[- ]in)", r"(?:password|log[- ]?in|log[- ]?on|passcode|credential)s?(?: (?:\w+|,)){0,6} (?:to|with|on|for|out|mine|can (?:she|he|they|i))", r"(?:log(?:s|ged|ging)? (?:in|on)|logon) (?:as|with|under|using) (?:me|mine|my)", r"(?:use|borrow) (?:mine|my log)")
_LOGIN_WORD = _p(r"password\w*", r"passcodes?", r"log[- ]?ins?", r"log[- ]?ons?", r"credentials", r"sign[- ]in details")
_DELETE = _p(r"(?:delet\w*|deet\w*|get(?:ting)? rid|wip(?:e|ing)|bin(?:ning)?|clear\w*|remov\w*|eras\w*|trash\w*|scrub\w*)(?: (?:\w+|,)){0,9} (?:message\w*|text\w*|e-?mail\w*|post\w*|comment\w*|abuse|evidence|screenshot\w*|them|it|conversation|thread|chat|everything|dm|dms|voicemail\w*|stuff|PLAT)")
_MATERIAL = _p(r"\bporn\w*", r"adult (?:film|content|material|image|site|website|video|picture|magazine|stuff|movie|joke)\w*", r"indecent\w*", r"(?:sexual|nude|naked|explicit|illegal|abuse|unsuitable|inappropriate|improper|extremist|violent|dodgy|nasty|horrible|weird|disturbing|rude|graphic|dirty|bad|racist|terrorist|offensive|questionable|gory|pornographic|smutty|suspicious|mucky|gruesome|blue|x[- ]rated|adult|awful|grim)(?: and \w+)?(?: \w+)? (?:image|photo|picture|material|video|content|stuff|site|website|web ?site|link|film|thing|search|magazine|book|page|advert|ad|pop[- ]?up|clip|file|folder|history|tab|message|post|drawing|forum|game|movie|magazine)\w*", r"nudes?", r"child (?:abuse|porn\w*)", r"(?:something|stuff|anything|things?)(?: really| very| quite| a bit)? (?:nasty|horrible|dodgy|inappropriate|unsuitable|indecent|weird|disturbing|rude|illegal|bad|awful|pornographic|worrying|explicit|sexual|grim|extreme|extremist|that should ?n[o']?t)", r"extremist (?:material|content|videos?)", r"(?:self[- ]harm|gambling|suicide|violent) (?:site|content|video|material|image|forum)s?")
_FOUND = _p(r"(?:found|find(?:s|ing)?|come (?:across|upon)|came (?:across|upon)|coming across|discover\w*|stumbl\w*|spott?(?:ed)?|notic\w*|saw|seen|turn(?:ed|s) up|pop(?:s|ped|ping)? up|got through|came up|comes up|appear\w*|left (?:open|on)|was on|there (?:is|are|was|were)|been (?:found|left|shown)|uncover\w*|has (?:got )?|let through|left)")
_HAVE = _p(r"(?:have|has|had|having|bring\w*|brought|keep\w*|kept|watch\w*|view\w*|look\w*|access\w*|open\w*|download\w*|sav(?:e|ed|ing)|stor(?:e|ed|ing)|own(?:s|ing)?|possess\w*|link\w*|visit\w*|go(?:ing)? on|click\w*|hold\w*|show\w*|search\w*|stream\w*|with|us(?:e|ing)|read\w*|get(?:ting)?|carry\w*)")
_EXPOSE = _p(r"(?:PUPIL|they|them|class|kids)(?: (?:\w+|,)){0,8} (?:see|saw|seen|seeing|watch\w*|expos\w*|view\w*|come across|came across|look\w* at|find|found|shown|access|click\w*|stumbl\w*)(?: (?:\w+|,)){0,8}", r"(?:show\w*|let(?:ting)?|expos\w*|play\w*|screen\w*|leav\w*|put(?:ting)?|display\w*|us(?:e|ing)|watch\w*|send\w*)(?: (?:\w+|,)){0,10} (?:PUPIL|class|on the (?:board|whiteboard|screen)|in front of (?:them|the class|PUPIL))", r"in front of PUPIL", r"where (?:the )?PUPIL (?:can|could|might|may) see")
_ABUSE = r"(?:bull(?:y|ies|ied|ying)|cyber ?bull\w*|abus(?:e|ed|ing|ive)|threat\w*|harass\w*|troll\w*|slag\w* (?:\w+ )?off|slagging|slat(?:e|ed|ing)|slandered|slander\w*|attack\w*|insult\w*|nasty|horrible|vile|rude|mean|cruel|vicious|foul|spiteful|sick|hateful|hurtful|disgusting|unkind|unpleasant|malicious|having a (?:\w+ )*go|have (?:been )?having a|call(?:s|ing|ed)? (?:\w+ ){1,3}(?:names|useless|a liar|liar|a|an|all sorts|stupid|fat|ugly|thick|every)|fake (?:account|profile|page)|imperson\w*|tak(?:e|ing|es) the (?:mick\w*|mickey|piss)|pil(?:ed|ing) in|hat(?:e|ing)|rumou?rs?|lies|hounded|hounding|stalk\w*|hassl\w*|pick(?:ing|ed)? on|laugh(?:ing|ed)? at|mock\w*|humiliat\w*|making fun|made fun|bad[- ]?mouth\w*|rant\w*|libel\w*|accus\w*|defam\w*|false (?:claim|allegation)s?|campaign|ganging up|bitch\w*|moan\w* about|complain\w* about|kick\w* off|tearing into|ripping into|tak(?:e|ing) screenshots|winding|revenge|doxx?\w*|shared my|posted (?:a |my )?(?:photo|picture|video)(?: of me)?|photoshopp\w*|deepfake|memes? (?:of|about)|misus\w*)"
_TO_ME = _p(rf"{_ABUSE}(?: (?:\w+|,|PLAT)){{0,12}} (?:me|about me|at me|us|my (?:name|face|photo|picture|family|teaching|lesson\w*))", rf"(?:me|about me|to me|at me|my (?:photo|picture|name|face))(?: (?:\w+|,|PLAT)){{0,10}} {_ABUSE}", r"(?:i|we) (?:am|are|was|were|have been|keep|kept)(?: (?:being|getting|receiving|constantly|now|having|repeatedly|regularly|really|getting really))* (?:\w+ )?(?:" + _ABUSE[3:] + r"", rf"(?:i|we) (?:get|got|receive\w*|have had|had|have got|keep getting|am getting|been getting|been sent|am receiving)(?: (?:\w+|,)){{0,6}} {_ABUSE}", rf"{_ABUSE}(?: \w+){{0,3}} (?:messages?|texts?|posts?|comments?|e-?mails?|dms?|voicemails?)(?: (?:\w+|,)){{0,4}} (?:to me|i am|we are|i get|i have|sent to me|on my)", r"against me", r"threats? (?:to|towards|on) me")
_ABUSE_P = _p(_ABUSE)
HARM = _p(_ABUSE, r"groom\w*", r"flirt\w*", r"has put", r"have put", r"sending", r"chat\w*", r"messag\w*", r"ask(?:s|ing|ed)")
_OF_OTHERS = _p(r"groom\w*", r"flirt\w*", r"secret (?:chat|messages?|account|group)", r"(?:chat|talk|messag|contact|text|speak|snap)\w*(?: (?:\w+|,|PLAT|COLLEAGUE)){0,6} (?:to|with)? ?(?:PUPIL|FORMER|teenagers?|a child)(?: (?:\w+|,)){0,8}", r"ask(?:s|ing|ed) (?:PUPIL|a child)(?: \w+){0,6} (?:photo|picture|image|nude|number|meet)\w*", r"sexual(?:ly)?", r"inappropriate(?:ly)?", r"in a way that", r"creepy", r"unsuitable contact", r"improper", r"misus\w+", r"sending (?:\w+ ){0,3}(?:message|picture|photo)s? to PUPIL", r"being (?:contacted|messaged|pestered|followed|groomed|approached)", r"has put (?:\w+ ){0,4}(?:PUPIL|name|child)")
_SEEN = _p(r"(?:i|we) (?:have |had |just |has |only |have just |accidentally )*(?:see|saw|seen|come across|came across|heard|noticed|found|found out|learn(?:ed|t)|been (?:told|shown|sent|alerted|made aware|informed)|discovered|spotted|know|suspect|read|think|stumbled)", r"(?:someone|somebody|anybody|PARENT|PUPIL|COLLEAGUE|a friend|people|they|a lady|a man|OWNKIN|OWNKID)(?: \w+){0,3} (?:told|tells|shown|showed|said|says|sent|mentioned|reported|let slip|disclosed|telling)", r"(?:told|disclosed|reported|mentioned|shown) to (?:me|us)", r"seen", r"worried (?:about|that)", r"concerned (?:about|that)", r"concern", r"made aware", r"aware (?:of|that)", r"heard", r"i think", r"one of our")
_SOMEBODY = r"(?:PARENT|PKIN|PUPIL|FORMER|PUPILELSE|FORMERSCHOOL|COLLEAGUE|OWNKID|OWNKIN|someone|somebody|anyone|people|a man|a woman|a stranger|strangers?|he|she|they|who|this (?:lad|girl|boy|person)|person|it)"
_FRIENDING = r"(?:add(?:s|ed|ing)?|follow(?:s|ed|ing)?|be ?friend(?:s|ed|ing)?|friend(?:s|ed|ing)?|connect(?:s|ed|ing)?|request(?:s|ed|ing)?|invit(?:e|es|ed|ing)|link(?:s|ed|ing)? up)"
_IN = _p(
    rf"{_SOMEBODY}(?: (?:\w+|,|PLAT|PUPIL)){{0,8}}? (?:(?:has|have|had|is|are|was|were|been|'s|keeps?|kept|just|now|tried|trying|tries|tryin|started|starts|to|also|again|suddenly|recently|already|both|always|constantly|repeatedly|randomly)(?: \w+)?? )*(?:messag\w*|dm(?:s|ed|ing|'d)?|text(?:s|ed|ing)?|e?-?mail(?:s|ed|ing)?|contact\w*|call(?:ed|ing|s)?|phon(?:ed|ing|es)|rang|ring(?:s|ing)?|writ(?:ten|es|ing)|wrote|sent|sends|send|sending|snapp?(?:ed|ing|s)?|comment\w*|repl(?:ied|ying|ies)|tagg?(?:ed|ing|s)?|{_FRIENDING}|PLAT|poked|liked|reach(?:ed|ing)? out|left (?:a )?comment|got (?:in touch|hold of))(?: (?:\w+|PLAT)){{0,4}} (?:me|us|my|to me|mine)",
    r"(?:got|had|have|received|receive|getting|get|have had|just had|just got|given|been sent|there is|keep getting)(?: (?:a|an|another|some|this|these|the|new|random|weird|late night|private|unexpected|few|lots of|two|three|couple of))*(?: \w+){0,2}? (?:message\w*|dms?|text\w*|e-?mail\w*|requests?|snaps?|calls?|comments?|PLAT(?: (?:request|message|dm|from|off))?|invitations?|invites?|friend requests?|voice ?notes?|notification)(?: (?:\w+|,|PLAT|PUPIL)){0,6} (?:from|off|by|of)",
    r"(?:message|dm|text|e-?mail|request|snap|friend request|follow request|PLAT message|PLAT request|invite|invitation|comment|PLAT)(?:s|ed)? (?:\w+ )?(?:from|off|by) (?:\w+ )?(?:PUPIL|PARENT|FORMER|PUPILELSE|COLLEAGUE|PKIN|someone|somebody|one of|a |an |FORMERSCHOOL)",
    r"(?:i|we) (?:(?:am|are|was|were|have|had|keep|got|been|being|just|getting|now|also|recently) )+(?:messaged|dm'?d|texted|e-?mailed|contacted|called|added|followed|friended|requested|invited|sent|tagged|PLAT)",
    r"^(?:been|was|got) (?:messaged|dm'?d|texted|e-?mailed|contacted|added|followed|friended|requested|invited|sent|tagged)",
    r"friend request",
    r"(?:found|located|got hold of|got|tracked|worked out|guessed|has) (?:\w+ ){0,3}?(?:me|my (?:number|account|profile|e-?mail|personal|private|mobile|phone|PLAT|name|address)|OWNPHONE|OWNMAIL|OWNPAGE)",
)
_PAST_IN = _p(r"(?:has|have|had|'s|keeps?|kept|just|already|been|tried|trying|tries|started|got|sent|added|messaged|texted|emailed|contacted|rang|called|wrote|written|followed|requested|received|did|found|located|getting|dm'?d|snapped|commented|replied|friended|is sending|are sending|is messaging|are messaging|writing|wants to know|last night|yesterday|this morning)")
_ACCEPTS = _p(r"accept\w*", r"(?:can|should|may|could|shall) (?:i|we) (?:\w+ )?(?:add|follow|friend|befriend|be friends|connect|let|say yes|press|click|keep|approve|confirm|agree)\w*", r"(?:add|follow|friend|accept) (?:them|him|her|it|back)", r"let (?:him|her|them) follow", r"press accept", r"say yes", r"is it (?:\w+ ){0,3}(?:deal|ok|fine|alright|allowed|wrong) (?:if|to|for)")
_ANSWERS = _p(r"(?:repl(?:y|ying|ied)|answer(?:ing)?|respond(?:ing)?|messag(?:e|ing) (?:her|him|them) back|text (?:her|him|them) back|write back|get back to|message back|chat back|say (?:hi|hello|thanks|thank you)|go back to|talk back|pick up)")
_FRIEND = _p(rf"{_FRIENDING}(?! (?:a |my |the |our |some )?(?:comment|post|link|photo|picture|policy|rules?|guid|to (?:my|the) (?:profile|page|bio)|this to|that to|advice|procedure))", r"(?:pals?|mates?|pally)(?: with| on)", r"see(?:ing)? (?:\w+ |PUPIL |PARENT |and ){0,8}socially", r"socialis\w*", r"social contact", r"friends?(?: with)?", r"be friends", r"facebook friends", r"friends? on", r"un ?friend\w*", r"unfollow\w*", r"stay (?:connected|in touch|friends|linked)", r"keep(?:ing)? (?:her|him|them|my|as|on)(?: \w+){0,4} (?:friend|contact|follower)s?", r"accept\w*", r"snap ?streaks?", r"contact list", r"linked?(?: up)? with", r"have (?:\w+ ){0,4}(?:as (?:a )?(?:friend|contact)s?|on (?:my )?(?:PLAT|OWNPAGE))", r"connections?", r"let (?:\w+ ){1,6}(?:follow|add)")
_COMM = _p(r"messag\w*", r"dm(?:s|ing|ed|'d)?", r"text(?:s|ed|ing)?", r"e-?mail\w*", r"contact(?:s|ed|ing)?(?! (?:details|list|number))", r"call(?:s|ed|ing)?(?! (?:him|her|them|it|me|the \w+|\w+) (?:a |an |names|useless|out))(?! out)", r"phon(?:e|es|ed|ing)(?= (?:a |the |my |one |PARENT|PUPIL|home|her|him|them|PKIN|FORMER|mum|dad|parents))", r"ring(?:s|ing)?", r"rang", r"writ(?:e|es|ing)(?: a (?:letter|note|card))? to", r"chat\w*", r"talk\w*", r"speak\w*", r"get(?:ting)? (?:in touch|hold|back to|through to)", r"repl(?:y|ying|ies|ied)", r"answer(?:ing|s)?", r"respond\w*", r"send(?:s|ing)?", r"ping(?:ing)?", r"facetim\w*", r"video ?call\w*", r"let (?:PARENT|PUPIL|one of (?:the )?PUPIL|her|him|them) know", r"tell (?:PARENT|PUPIL|a PARENT|the PARENT)", r"communicat\w*", r"snap(?:ping|s)?(?= (?:PUPIL|a |my |FORMER|one))", r"PLAT(?= (?:PARENT|PUPIL|FORMER|one of|the PARENT|a PARENT|PKIN))", r"interact\w*", r"reach(?:ing)? (?:out|PARENT|PUPIL|a |the )", r"keep in (?:touch|contact)", r"stay in (?:touch|contact)", r"play\w*(?= .{0,40}(?:GAME|with PUPIL|online))", r"wish\w* (?:\w+ )?(?:happy|luck|well)", r"engag\w*", r"convers\w*", r"comment(?:s|ing|ed)? (?:on|back|under) (?:\w+ ){0,3}(?:PUPIL|PARENT|FORMER|her|his|their|a )", r"voice ?notes?", r"PLAT (?:call|chat|message)s?", r"group chat", r"drop (?:\w+ ){1,4}(?:a line|message|note|text)", r"in (?:my|a) (?:PLAT|group)(?: \w+)? with", r"(?:PLAT )?group with")
_VIEW = _p(r"(?:look\w*|check\w*|view\w*|see(?:ing)?|brows\w*|open\w*|visit\w*|stalk\w*|peek\w*|search\w*|nos(?:e|y|ing)|read\w*|scroll\w*|watch\w*|have a (?:\w+ )?(?:look|nosy|peek|nose|gander)|go(?:ing)? (?:on|through|onto)|access\w*|use|using|find\w*|monitor\w*|keep(?:ing)? an eye)(?: (?:\w+|,|PLAT)){0,7} (?:PUPIL|FORMER|PARENT|PKIN|her|his|their|(?:the )?(?:girls?|boys?|lads?))(?:'?s)?'? ?(?:\w+ ){0,3}(?:page|profile|PLAT|account|story|stories|feed|post|OWNPAGE|wall|blog|channel|site|insta|video|tiktok)\w*", r"PUPIL(?:'s|'|s)? (?:\w+ ){0,2}(?:PLAT|OWNPAGE|page|profile|account|story|stories|feed|channel)(?: \w+){0,3}", r"(?:what|pages?|profiles?|posts?|accounts?|stories) (?:\w+ ){0,5}(?:of PUPIL|PUPIL (?:is|are|has|have|post|put|gets?|been))(?: \w+){0,5}", r"(?:look(?:ing)?|nosy|peek) at PUPIL", r"look(?:ing)? up PUPIL", r"search(?:ing)? for PUPIL", r"googl(?:e|ing) PUPIL")
_ASKS_DETAILS = _p(r"ask\w*(?: (?:\w+|,)){0,6}(?: for| what| if| where)?(?: (?:\w+|PUPIL|PLAT)){0,6} (?:number|mobile|phone|address|e-?mail|username|name|handle|snapchat|insta\w*|PLAT|tag|gamertag|birthday|OWNPHONE|OWNMAIL|where (?:he|she|they) lives?|details|OWNPAGE|home|personal)", r"(?:get|take|collect|have|store|save|keep|request\w*)(?: \w+){0,2} (?:PUPIL(?:'s|'|s)?|their|her|his) (?:\w+ )?(?:number|mobile|phone|address|e-?mail|username|handle|snapchat|PLAT|tag|gamertag|details|personal)\w*", r"(?:PUPIL)(?:'s|s'|')? (?:phone |mobile |snapchat |insta(?:gram)? |PLAT |home |personal )*(?:number|address|username|handle|e-?mail|name is|details)\w*")
_DETAIL = r"(?:OWNPHONE|OWNMAIL|(?:home |street |postal |house )?addres+|postcode|(?:mobile |phone |telephone |home |cell )+number|number|personal e-?mail|username|user name|gamer ?tag|(?:PLAT|insta|snap) (?:name|handle|details|username|code|id|@)|handle|online name|birthday|date of birth|dob|personal (?:details|information|info|stuff)|contact details|where i live|home town|holiday dates|own details)"
_GIVES_DETAILS = _p(
    rf"(?:giv\w*|put(?:s|ting)?|shar\w*|post\w*|tell\w*|list\w*|hand\w*|pass\w*|publish\w*|show\w*|swap\w*|exchang\w*|send\w*|offer\w*|display\w*|reveal\w*|includ\w*|leav\w*|add\w*|writ\w*|know|let\w*|have)(?: (?:\w+|,|PUPIL|PARENT|COLLEAGUE|FORMER)){{0,8}}? (?:my |our |his |her |their |own |a |personal |home |private )*{_DETAIL}",
    rf"(?:my |home |personal )+{_DETAIL} (?:on|to|with|out|in|for|up)",
    r"(?:giv\w*|tell\w*|pass\w*|share|let)(?: (?:\w+|PUPIL|PARENT|FORMER)){1,5} (?:my|OWNPHONE|OWNMAIL)(?: (?:PLAT|OWNPAGE))?$",
    r"asked (?:for|me for) (?:my|OWNPHONE|OWNMAIL|our)", r"(?:home )?addres+ (?:and|on|or)", r"giv\w*(?: \w+){0,4} (?:OWNPHONE|OWNMAIL)",
    r"(?:give|giving|tell|telling) (?:PUPIL|PARENT|FORMER|a PUPIL|a PARENT|them|her|him) (?:my )?(?:PLAT|OWNPAGE)",
)
_EMPLOYER = _p(
    r"(?:put\w*|say(?:s|ing)?|list\w*|stat(?:e|es|ed|ing)|nam(?:e|es|ed|ing)|mention\w*|show\w*|add\w*|writ(?:e|ing)|have|having|display\w*|declar\w*|includ\w*|tell\w*|reveal\w*|fill\w*|identif\w*|describ\w*|updat\w*|set\w*|giv(?:e|ing)|advertis\w*|announc\w*|chang\w*|us(?:e|ing))"
    r"(?: (?:\w+|,|PLAT|OWNPAGE)){0,6}? (?:job(?: title)?s?|profession|occupation|employer|employment|workplace|place of work|where (?:i|we|they|he|she|you) (?:work|teach)\w*|what i do|(?:that )?i (?:work (?:at|for|in|here)|teach (?:at|here|in)|am (?:a |an |the )?(?:teacher|ta|teaching assistant|head ?teacher|caretaker|governor|senco|deputy|school \w+))|who i work for|works? (?:at|for)|(?:the |our |my )?school(?:'s)? (?:name )?(?:on|in|as) (?:my|the|their|OWNPAGE|PLAT)|name of (?:the|our|my) school|school name|teacher at|new job|my role)",
    r"(?:job title|employer|workplace|place of work|profession|where i (?:work|teach)|what i do|my (?:job|role)|work ?place)(?: (?:\w+|,)){0,6} (?:PLAT|OWNPAGE|profile|bio|page|online|account)",
    r"(?:OWNPAGE|profile|bio|PLAT)(?: (?:\w+|,)){0,6} (?:say(?:s|ing)?|state|list|show|mention)\w*(?: that)? (?:i|we|they|he|she) (?:work|teach|am)\w*",
    r"(?:teacher|ta|teaching assistant|head ?teacher|governor|caretaker)(?: at \w+(?: \w+)?)? (?:in|on) (?:my )?(?:PLAT|OWNPAGE|profile|bio)",
)
_REGISTER = _p(r"(?:sign(?:s|ed|ing)? (?:\w+ )?up|regist\w*|join(?:s|ed|ing)?|open\w*|creat\w*|mak(?:e|es|ing)|set(?:s|ting)? (?:\w+ )?up|start\w*|get(?:ting)?|hav(?:e|ing)|has|own|download\w*|install\w*)(?: (?:\w+|,|for|to|up|an?|my|his|her|their|own|personal|new)){0,8} (?:PLAT|OWNPAGE|accounts?(?: on)?|GAME|profile)(?: (?:account|profile|page)s?)?", r"(?:PLAT|personal|OWNPAGE) (?:accounts?|profiles?)(?: (?:with|using|under|for|at|in))?", r"sign(?:ed|ing|s)? up", r"regist(?:er|ering|ered)", r"(?:my )?PLAT (?:login|account) (?:with|using|under)", r"(?:old enough|age limit|minimum age|how old)", r"use (?:my |the )?(?:SCHOOLMAIL|school's? \w+|work \w+) (?:for|on|to (?:log|get|join|sign|open|set|regist))(?: \w+){0,4}", r"SCHOOLMAIL (?:for|on|to (?:log|get|join|sign|open|set)|with)(?: \w+){0,5} (?:PLAT|OWNPAGE|account|GAME|profile)")
_BROWSE = _p(r"(?:us(?:e|es|ing)|go(?:es|ing)?(?: on| onto)?|check(?:s|ing)?|scroll\w*|look\w*|brows\w*|be|being|is|am|are|on|nip|pop|access\w*|flick\w*|have(?:ing)? a|having|catch\w*|log\w*|visit\w*|read\w*|open\w*|watch\w*|play\w*|quick)(?: (?:\w+|,|through|on|onto|into|my|the|a|at|quick|own|personal|through)){0,6} (?:PLAT|OWNPAGE|feed|GAME)", r"(?:on|scrolling|checking|using|browsing) (?:\w+ )?(?:PLAT|OWNPAGE)", r"(?:PLAT|OWNPAGE|GAME)(?: (?:\w+|,)){0,3} (?:LESSON|BREAK|HOURS|OWNTIME|ATSCHOOL|SCHOOLKIT)", r"(?:LESSON|BREAK|HOURS)(?: (?:\w+|,)){0,4} (?:PLAT|OWNPAGE|GAME)", r"(?:be|go) on (?:my )?phone", r"stay off", r"PLAT (?:LESSON|BREAK|HOURS|ATSCHOOL|in|at|during|on)")
_WEB = _p(r"amazon", r"ebay", r"vinted", r"online (?:shop\w*|bank\w*)", r"(?:do|doing) (?:my|the|some) (?:online )?(?:shop\w*|bank\w*|tesco\w*|food shop|weekly shop)", r"shop(?:ping)?", r"book(?:ing)? (?:a |my |our )?(?:holiday|flight|tickets?|train|hotel|table)", r"holiday (?:deals|websites?)", r"bbc", r"the news", r"sports? (?:scores|results|site)s?", r"(?:use|using|go on|surf\w*|brows\w*) (?:the )?(?:internet|web|net)", r"surf\w*", r"google (?:stuff|something|things)", r"personal (?:internet|web)", r"(?:non[- ]work|unrelated|other) (?:websites?|sites?)", r"rightmove", r"netflix", r"check(?:ing)? the (?:football|cricket|weather|news|scores)", r"bank(?:ing)?", r"train times", r"private (?:use of the )?internet", r"internet (?:for|at|in|during|HOURS|LESSON|BREAK)", r"(?:read|reading|visit\w*|looking at|look at) (?:\w+ ){0,2}blogs?", r"websites?", r"auctions?", r"dating site", r"recipes?", r"on the (?:internet|web)")
_OPEN = _p(r"(?:set(?:s|ting)? (?:\w+ )?up|start\w*|creat\w*|open\w*|mak(?:e|es|ing)|launch\w*|mak(?:e|ing)|begin\w*|run(?:ning)?|build\w*|do|have|having|get|want|could|new|regist\w*|use|put together)(?: (?:\w+|,|PUPIL)){0,8} (?:OFFICIAL|(?:class|school|official|department|club|team|year ?group|pta|trust|reception|nursery|eco council|library|sports|choir|football) (?:\w+ )?(?:PLAT|page|account|group|site|website|blog|channel|profile|OWNPAGE)|AGREED|PLAT (?:page|account|group|site|channel)? ?(?:for|of) (?:the |my |our )?(?:school|PUPIL|class|year|club|team|department|PARENT|choir|pta|eco)\w*)", r"(?:^|\. )(?:a |an |new )(?:OFFICIAL|(?:school|class|official) (?:PLAT|page|account|site))(?: \w+)* for", r"(?:PLAT|page|site|account|group|blog|OWNPAGE|channel)(?: page| account| group)? for (?:\w+ )?(?:PUPIL|school|the school|parents to|PARENT to|our|the (?:choir|club|team|department|library))", r"(?:joke|meme|spoof|fan) (?:account|page|site) (?:for|about|of) (?:the |our )?(?:school|class|staff)", r"school (?:joke|meme|banter|spoof|fan) (?:account|page|site)")
_TAKE = _p(rf"(?:tak(?:e|es|ing|en)|film(?:ing)?|record(?:ing)?|snap(?:ping)?|shoot(?:ing)?|us(?:e|es|ing)|photograph(?:ing)?|video(?:ing)?|captur\w*|get(?:ting)?)(?: (?:\w+|,|OWNDEVICE|OWNPHONE|SCHOOLKIT)){{0,9}} (?:{PICTURE}|PUPIL|ATSCHOOL|camera|OWNDEVICE|OWNPHONE|SCHOOLKIT|trip)", r"(?:OWNPHONE|OWNDEVICE|phone|camera|mobile|ipad|SCHOOLKIT)(?: \w+){0,4} (?:to|for) (?:take |taking |film\w* |photo\w*|picture\w*|video\w*|record\w*|snap\w*)", r"(?:tak(?:e|ing)|film(?:ing)?|record(?:ing)?|photograph(?:ing)?|video(?:ing)) (?:\w+ ){0,3}(?:PUPIL|the (?:assembly|play|trip|show)|ATSCHOOL)", rf"{PICTURE} (?:on|with|using) (?:OWNPHONE|OWNDEVICE|SCHOOLKIT|my (?:phone|camera|ipad|mobile))", r"personal (?:device|phone|camera)s? (?:on|for) (?:the )?(?:trip|visit|residential)s?")
_USE_INFO = _p(r"(?:us(?:e|es|ing)|pass\w*|sell\w*|flog\w*|giv\w*|tell\w*|shar\w*|hand\w*|let\w*|mention\w*|tip\w*|leak\w*|mak(?:e|ing) (?:use|money)|exploit\w*|send\w*|repeat\w*|disclos\w*|advertis\w*|promot\w*|contact\w*)(?: (?:\w+|,|PARENT|PUPIL|COLLEAGUE)){0,12} (?:information|info|data|details|names?|list|contacts?|records?|what i (?:learn\w*|know|heard|hear|found out|saw)|inside|knowledge|mailing list|database|addresses|emails|numbers|something i (?:learn\w*|heard|know|saw)|stuff i|things i|gossip|a secret|news)", r"(?:parents?'?|PARENT|pupils?'?|PUPIL|school)(?:'s|s'|')? (?:e-?mail |contact |home |personal )*(?:addresses|details|list|emails|numbers|data|information|info|records)")
_LINK_PUPILS = _p(r"(?:set\w* up|start\w*|creat\w*|mak(?:e|ing)|let\w*|get\w*|us(?:e|ing)|have|allow\w*|giv\w*|put\w*|organis\w*|run\w*)(?: (?:\w+|,|PLAT|AGREED|OFFICIAL)){0,10} (?:so (?:that )?)?(?:the |my )?PUPIL(?: (?:\w+|,)){0,5} (?:talk|chat|message|communicate|speak|contact|text|discuss|share|swap|work together|help)(?: (?:\w+)){0,6}(?: (?:each other|one another|together|among|between|with each|ideas|homework|other))", r"(?:PLAT|group chat|chat|forum|discussion|group|STAFFGROUP|OFFICIAL)(?: \w+){0,3} (?:for|of|where|so)(?: (?:my|the|that))* ?PUPIL(?: \w+){0,4} (?:to|can|could|talk|chat|message)(?: \w+){0,6} (?:talk|chat|message|speak|communicate|discuss|each other|one another)", r"PUPIL (?:to |can |could )?(?:talk|chat|message|communicate|speak|contact)(?: \w+){0,3} (?:each other|one another|among themselves|together|with each other)", r"(?:each other|one another|among(?:st)? themselves)")
_PIC_POST = _p(rf"{PUBLISH}(?: (?:\w+|,|PUPIL|PARENT|COLLEAGUE|OWNKID|ATSCHOOL|FORMER|PKIN|OFFICIAL|OWNPAGE|PLAT|STAFFGROUP|SCHOOLKIT|AGREED)){{0,14}} {PICTURE}", rf"{PICTURE}(?: (?:\w+|,|\.|PUPIL|PARENT|COLLEAGUE|OWNKID|ATSCHOOL|FORMER|PKIN|LESSON|HOURS|OWNTIME)){{0,22}} (?:{ONLINE}|{PUBLISH})", rf"{ONLINE}(?: (?:\w+|,)){{0,6}} {PICTURE}", rf"(?:is|are) {PICTURE}", rf"^{PICTURE} of", r"profile pic\w*", r"live ?stream\w*", r"selfies?", r"PLAT (?:story|stories|reel)s?")
_PIC_WORD = _p(PICTURE)
_POST = _p(rf"(?:{PUBLISH})", r"PLAT(?:ing|ed) about", r"blog\w*", r"status", r"on (?:my )?(?:PLAT|OWNPAGE)", r"say (?:on|that|what)", r"letting off steam", r"logo|crest|badge")
_ONLINE_P = _p(ONLINE)

Reading = tuple[str, Callable[["Said"], bool]]


_OWN_DOING = re.compile(
    r"^(?:(?:just|only|still|quick|quick one|hi|hello|me|so|ok|is|thinking of|about|what about|how about) ?[.,]? ?)*(?!being|getting|receiving|having (?:been|had)|seen|heard|worried|concerned)"
    r"(?:\w+ing(?! (?:messages|abuse|threats))|add|message|text|post|put|share|follow|accept|name|take|use|give|ring|call|email|write|send|friends with|friend|whatsapp|delete|chat|reply|look|upload|dm|unfriend|sign|join|set|make|start|PLAT (?:PARENT|PUPIL))(?![\w'])(?! (?:has|have|is|are|was|from|request))"
)


def _happened(one: Said) -> bool:
    """Whether somebody tells what has happened rather than asks to do something."""
    if one.what_now:
        return True
    return not (one.asks_self or _ACCEPTS.search(one.tagged) or (one.asks and one.third) or _OWN_DOING.search(one.tagged))


def _asks_friend(one: Said) -> bool:
    return bool(_ACCEPTS.search(one.tagged)) and not one.what_now


def _receives(one: Said) -> bool:
    if not _IN.search(one.tagged) or _asks_friend(one):
        return False
    if one.what_now:
        return True
    wants = re.search(r"(?:wants?|would like|asked|asking|wanting|hoping|like) (?:to|me to|if|for|my)", one.text)
    if wants and not re.search(r"friend request|sent me|messaged|added|has requested|requested me", one.text):
        return False
    if one.asks_self and not re.search(r"(?:not|n't) (?:repl|answer|respond|pick|open|accept)", one.text):
        return not (_COMM.search(one.tagged) or _FRIEND.search(_after_asking(one)) or _DELETE.search(one.tagged))
    return bool(_PAST_IN.search(one.text)) and not one.third


def _after_asking(one: Said) -> str:
    match = ASKING_SELF.search(one.tagged)
    return one.tagged[match.start() :] if match else one.tagged


def _suffers(one: Said) -> bool:
    return _happened(one) and bool(_TO_ME.search(one.tagged)) and not re.search(r"(?:a friend request|add me)", one.text)


def _sees(one: Said) -> bool:
    if not _happened(one):
        return False
    return bool(_ABUSE_P.search(one.text) or _OF_OTHERS.search(one.tagged)) and (
        bool(_SEEN.search(one.tagged))
        or bool(re.search(r"(?:PARENT|PKIN|PUPIL|COLLEAGUE|someone|somebody|people|OWNKID|OWNKIN|man|woman|stranger|lads|girls|FORMER)", one.tagged))
    )


def _has(*patterns: re.Pattern[str]) -> Callable[[Said], bool]:
    return lambda one: all(pattern.search(one.tagged) or pattern.search(one.text) for pattern in patterns)


def _finds(one: Said) -> bool:
    return _happened(one) and bool(_MATERIAL.search(one.text) and _FOUND.search(one.text))


READINGS: tuple[Reading, ...] = (
    ("pose_as_child", lambda one: bool(_POSE.search(one.tagged) or _POSE.search(one.text))),
    ("edit_encyclopaedia", _has(_WIKI)),
    ("vet_applicant", lambda one: bool(_VET.search(one.tagged)) and ("APPLICANT" in one.tagged or "interview" in one.text or "vet" in one.text)),
    ("give_login", lambda one: bool(_LOGIN.search(one.text)) and bool(_LOGIN_WORD.search(one.text))),
    ("delete_evidence", lambda one: bool(_DELETE.search(one.tagged) or _DELETE.search(one.text)) and not one.what_now and bool(_ABUSE_P.search(one.text) or re.search(r"(?:messages?|texts?|PUPIL|abuse|evidence)", one.tagged))),
    ("find_material", _finds),
    ("expose_pupils", lambda one: bool(_MATERIAL.search(one.text) or re.search(r"unsuitable|inappropriate|15[- ]rated|18[- ]rated|not suitable|unfiltered", one.text)) and bool(_EXPOSE.search(one.tagged)) and not re.search(r"(?:post|put|share|upload)\w* ", one.text)),
    ("hold_material", lambda one: bool(_MATERIAL.search(one.text)) and bool(_HAVE.search(one.text)) and bool(re.search(r"porn|adult|indecent|illegal|sexual|nude|explicit|child abuse|x[- ]rated|blue|dirty|unsuitable|extremist|inappropriate|mucky", one.text)) and not re.search(rf"(?:post|put(?!ting on)|share|upload|publish)\w* ", one.text)),
    ("suffer_abuse", _suffers),
    ("see_abuse", lambda one: _sees(one) and not _receives(one)),
    ("receive", _receives),
    ("see_abuse", _sees),
    ("link_pupils", _has(_LINK_PUPILS)),
    ("open_channel", lambda one: bool(_OPEN.search(one.tagged)) and not re.search(r"(?:post|put|share|upload|reply|answer|message)\w* ", one.text)),
    ("state_employer", lambda one: bool(_EMPLOYER.search(one.tagged) or _EMPLOYER.search(one.text)) and not re.search(rf"{PICTURE}|logo|crest|badge|rubbish|awful|useless|terrible|complain|rant|moan|slag", one.text)),
    ("ask_details", lambda one: bool(_ASKS_DETAILS.search(one.tagged)) and "PUPIL" in one.tagged and bool(re.search(r"ask|get|take|collect|have|store|save|keep|request", one.text)) and not re.search(r"ask\w* (?:me )?for my|asked (?:me )?for (?:my|our)|my (?:own )?(?:number|mobile)", one.text)),
    ("give_details", lambda one: bool(_GIVES_DETAILS.search(one.tagged) or _GIVES_DETAILS.search(one.text)) and not re.search(r"(?:pupil|parent|PUPIL|PARENT|COLLEAGUE|staff)(?:s|'s|s')?'? (?:home |phone |personal )*(?:address|number|details|e-?mail)|school(?:'s)? (?:\w+ )?(?:number|phone|address)|(?:ring|call|text|message)\w* (?:\w+ ){0,6}(?:on|from|with|using) (?:my|OWNPHONE)", one.tagged)),
    ("vet_applicant", lambda one: "APPLICANT" in one.tagged),
    ("use_information", lambda one: bool(re.search(r"(?:sell|flog|gain|profit|business|side|money|promot|advertis|customer|client|discount|commission|tip|benefit|quote|pass)\w*", one.text)) and bool(_USE_INFO.search(one.tagged) or _USE_INFO.search(one.text))),
    ("take_picture", lambda one: bool(_TAKE.search(one.tagged)) and not re.search(r"(?<!to )(?<!and )(?:post(?:ing)?|upload\w*|shar(?:e|ing)|put(?:ting)? (?:\w+ ){0,6}(?:on|up)) ", one.text) and not re.search(r"PLAT|OWNPAGE|OFFICIAL", one.tagged)),
    ("view", lambda one: bool(_VIEW.search(one.tagged)) and not re.search(rf"(?:post|put|share|upload|add|follow|friend|messag|comment)\w*", one.text)),
    ("register", lambda one: bool(_REGISTER.search(one.tagged)) and bool(re.search(r"sign\w* up|regist|join|account|set\w* up|old enough|age|download|make a|get |have (?:a |an |PLAT|insta|snap|tik)|having|email|address|profile", one.text)) and not re.search(rf"(?:post|put|share|upload|add|follow|friend|{PICTURE})(?:s|ed|ing)? ", one.text) and not re.search(r"(?:class|school|official)(?:'s)? (?:page|account|insta|face)", one.text)),
    ("post_picture", lambda one: bool(_PIC_POST.search(one.tagged)) and bool(_PIC_WORD.search(one.text)) and not re.search(r"(?:text|message|send)\w* (?:PARENT|PUPIL|a PARENT)", one.tagged)),
    ("communicate", lambda one: bool(re.search(r"(?:comment\w* on|repl(?:y|ying) to|answer\w*|respond\w* to|interact\w* with|chat(?:ting)? (?:to|with|about)|messag\w*|whatsapp\w* (?:PARENT|PUPIL|one)|text(?:ing)? |email(?:ing)? |dm(?:ing)? )", one.tagged)) and bool(_COMM.search(one.tagged)) and not _FRIEND.search(one.tagged)),
    ("connect", lambda one: bool(_FRIEND.search(one.tagged)) and not re.search(r"(?:write|writing|post|put|share|publish|upload|tell)\w* (?:\w+ ){0,8}(?:about|on|up|that)\b|friends? of|my friends? (?:can|see|only)|chat(?:ting)? (?:about|to)|messag(?:e|ing) (?:a |my )", one.tagged)),
    ("communicate", lambda one: bool(_COMM.search(one.tagged)) and bool(re.search(r"PUPIL|PARENT|FORMER|PKIN|COLLEAGUE|OWNK|her|him|them|STAFFGROUP|someone|somebody", one.tagged)) and not re.search(r"(?:post|tweet|blog|put|publish)\w* (?:\w+ ){0,8}(?:about|on|up|that|my|a )\b", one.text)),
    ("browse", lambda one: bool(_BROWSE.search(one.tagged)) and not re.search(rf"(?:post|put(?!ting)|shar|publish|writ|say(?!s)|tweet|comment|upload|complain|slag|rant|moan|nam(?:e|ing)|mention|advertis|promot|sell|updat\w* my|blog|{PICTURE})\w*", one.text) and not re.search(r"logo|crest|badge|views?|opinions?|porn|about (?:PUPIL|PARENT|COLLEAGUE|the school|a )", one.tagged)),
    ("browse_web", lambda one: bool(_WEB.search(one.text)) and not re.search(rf"(?:post|put|shar|publish|tweet|comment|upload|complain|slag|rant|moan|nam(?:e|ing)|mention|advertis|promot|sell)\w* ", one.text)),
    ("register", lambda one: bool(re.search(r"(?:PLAT|OWNPAGE) (?:account|profile)s?", one.tagged)) and not re.search(r"(?:post|put|share|upload|logo)\w*", one.text)),
    ("use_information", lambda one: bool(_USE_INFO.search(one.text)) and not _ONLINE_P.search(one.tagged)),
    ("post", lambda one: bool(_POST.search(one.tagged)) and bool(_ONLINE_P.search(one.tagged) or re.search(r"(?:post|tweet|blog|publish|comment|moan|rant|complain|slag|vent|air|circulat|say|nam)\w*", one.text))),
)


def act_of(one: Said) -> str | None:
    """Return the act that a question is about, or None when none is recognised."""
    return next((act for act, holds in READINGS if holds(one)), None)

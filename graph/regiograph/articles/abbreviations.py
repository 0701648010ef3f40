"""Words that decide whether a full stop ends a sentence, without their last full stop."""

from __future__ import annotations

import re

# A name follows: never the end of a sentence. In lower case.
BEFORE_NAMES = frozenset(
    "mr mrs ms mx dr prof profs hon rev fr sr sra smt shri gov govs lt gen maj capt cmdr adm sgt sen sens rep reps amb"
    " supt messrs mme mlle st ste sto sta mt m/s vs cf e.g i.e eg ie approx ca tel acad assoc asst atty lic arq dipl"
    " dott engr datuk dato tn drs hj".split()
)

# A number follows, or else the sentence ends. In lower case.
BEFORE_NUMBERS = frozenset(
    "jan feb mar apr jun jul aug sep sept oct nov dec no nos nr fig figs art arts sec secs pp vol ext".split()
)

# The end of a sentence only before a word that opens sentences. In lower case.
ANYWHERE = frozenset(
    "inc ltd co corp cos bros llc plc jr esq etc u.s u.k u.n e.u u.a.e u.s.a a.m p.m d.c p.r.c ph.d b.c a.d m.d b.v"
    " n.v s.a s.p.a s.r.l s.l k.k c.v a.s d.o.o o.o.o z.o.o pty pvt bn mn mln bln trn mio mrd thous km sq cu kg hrs"
    " dept depts univ intl natl govt bldg ave blvd rd rs rub rbl roub".split()
)

# The same, but only with a capital: without it they are words of their own.
CAPITALISED = frozenset(
    "Inst Admin Est Str Dist Prov Reg Col Eng Ing Mon Tue Tues Wed Thu Thur Thurs Fri Sat Sun Al Ala Ariz Ark Calif"
    " Colo Conn Del Fla Ga Ill Ind Kan Ky La Md Mass Mich Minn Miss Mo Mont Neb Nev Okla Ore Pa Penn Tenn Tex Va Vt"
    " Wash Wis Wyo Ont Que Alta Sask".split()
)

MONTHS = frozenset("january february march april may june july august september october november december".split())

# "U.S.", "J.-P.", and the letter pairs that stand for one letter of another script ("Ts.", "Yu.").
INITIAL = re.compile(r"(?:[^\W\d_][.\-])*(?:[^\W\d_]|[CKSTZ]h|Ts|Y[aeou]|Shch)")

# Function words and adverbs that open sentences and are no part of a name. In lower case.
OPENING_WORDS = frozenset(
    "a about according across additionally after again all already also although among an and another any are as at"
    " because before besides both but by currently despite during each earlier even every finally first for from"
    " further furthermore he her here his how however i if in initially instead is it its last later meanwhile moreover"
    " most much my no none nor not now of on once one only or other others our out over previously several she since so"
    " some still such than thanks that the their then there therefore these they this those though thus to today"
    " together tomorrow two under until up we what when where whether which while who why will with within without"
    " yesterday yet you your".split()
)

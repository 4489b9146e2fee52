"""Loaded words, each with what says the same without taking a side. One list, so that it can be argued about.

A word is loaded if its use already answers who is right. "" proposes nothing: say what
was done, by whom, and on which date.
"""

from __future__ import annotations

NEUTRAL_WORDS: dict[str, str] = {
    "regime": "government",
    "regimes": "governments",
    "junta": "military government",
    "terrorist": "armed",
    "terrorists": "armed groups",
    "freedom fighters": "armed groups",
    "the resistance": "the armed groups",
    "axis of resistance": "groups allied with Iran",
    "axis of evil": "",
    "eliminated": "killed",
    "liquidated": "killed",
    "neutralised": "killed",
    "neutralized": "killed",
    "martyr": "",
    "martyrs": "the dead",
    "martyred": "killed",
    "martyrdom": "death",
    "massacre": "killing",
    "slaughtered": "killed",
    "assassinated": "killed",
    "murdered": "killed",
    "puppet": "",
    "stooge": "",
    "stooges": "",
    "henchmen": "aides",
    "strongman": "leader",
    "warlord": "commander",
    "warlords": "commanders",
    "hardliners": "",
    "operation al-aqsa flood": "the attack of 7 October 2023",
    "al-aqsa flood": "the attack of 7 October 2023",
    "swords of iron": "the war in Gaza",
    "zionist entity": "Israel",
    "zionist regime": "Israel",
    "so-called": "",
    "admitted that": "said that",
    "claimed that": "said that",
    "bottleneck": "",
    "unchecked": "",
    "stabilising": "",
    "stabilizing": "",
    "destabilising": "",
    "destabilizing": "",
    "enemies": "opponents",
    "enemy": "opponent",
    "unfortunately": "",
    "of course": "",
    "obviously": "",
    "clearly": "",
}

NOT_LOADED: tuple[str, ...] = (
    "sanctions regime",
    "visa regime",
    "treaty regime",
    "enemy aliens act",
    "so-called because",
    "list of terrorist",
)
"""Phrases in which one of the words is a term of its own."""

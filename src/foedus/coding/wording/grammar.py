"""Closed-class words of a language, by what the engine asks of them.

Comes in: ``lang/XX/grammar.yaml``. Goes out: :class:`Grammar`. What each list is for stands beside it in
the file, in the words of who edits it (``docs/reference/languages.md`` gathers them).
"""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

__all__ = ["Grammar"]


class Grammar(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Closed-class words and endings of the language, by what the engine asks of them."""

    negations: tuple[str, ...]
    negation_particles: tuple[str, ...]
    negative_determiners: tuple[str, ...]
    empty_negations: tuple[str, ...]
    if_words: tuple[str, ...]
    may_verbs: tuple[str, ...]
    going_to: tuple[str, ...]
    must_verbs: tuple[str, ...]
    future_endings: tuple[str, ...]
    conditional_endings: tuple[str, ...]
    participle_endings: Mapping[str, str]
    present_participle_endings: tuple[str, ...]
    infinitive_endings: tuple[str, ...]
    future_stems: tuple[str, ...]
    helper_forms: tuple[str, ...]
    past_auxiliaries: tuple[str, ...]
    inverted_pronouns: Mapping[str, str]
    inversion: tuple[str, ...]
    after_quotes: tuple[str, ...]
    first_singular: tuple[str, ...]
    first_plural: tuple[str, ...]
    he: tuple[str, ...]
    she: tuple[str, ...]
    they: tuple[str, ...]
    there: tuple[str, ...]
    relative: tuple[str, ...]
    reflexive: tuple[str, ...]
    that: tuple[str, ...]
    boundary_that: tuple[str, ...]
    linking: tuple[str, ...]
    to: tuple[str, ...]
    to_people: tuple[str, ...]
    onto: tuple[str, ...]
    against: tuple[str, ...]
    against_nouns: tuple[str, ...] = ()
    of: tuple[str, ...]
    by: tuple[str, ...]
    place: tuple[str, ...]
    purpose: tuple[str, ...]
    because: tuple[str, ...]
    boundary: tuple[str, ...]
    stand_ins: tuple[str, ...]
    the_country: tuple[str, ...]
    civil_titles: tuple[str, ...]
    person_words: tuple[str, ...]
    light_verbs: tuple[str, ...]
    back_pointers: tuple[str, ...]
    abbreviations: tuple[str, ...]
    before: tuple[str, ...]
    contractions: Mapping[str, str]
    light_nouns: tuple[str, ...]
    measures: tuple[str, ...]
    dative_control: tuple[str, ...]
    turns: tuple[str, ...]
    clause_openers: tuple[str, ...]
    after_words: tuple[str, ...]
    capital: tuple[str, ...]
    definite: tuple[str, ...]
    indefinite: tuple[str, ...]
    definite_one: tuple[str, ...]
    masculine: tuple[str, ...]
    feminine: tuple[str, ...]
    articles: tuple[str, ...]
    list_joints: tuple[str, ...]
    list_last: tuple[str, ...]
    list_leads: tuple[str, ...]
    alongside: tuple[str, ...]
    not_that_after: tuple[str, ...]
    comparing: tuple[str, ...]
    joining: tuple[str, ...]
    without: tuple[str, ...]
    latter: tuple[str, ...]
    imperative_endings: tuple[str, ...]
    dummies: tuple[str, ...]
    others: tuple[str, ...]
    generic: tuple[str, ...]
    object_pronouns: tuple[str, ...] = ()
    object_relative: tuple[str, ...] = ()
    all_or_nothing: tuple[str, ...] = ()
    same: tuple[str, ...] = ()
    gatherers: tuple[str, ...] = ()
    gathered_for: tuple[str, ...] = ()
    titles_of_men: tuple[str, ...] = ()
    titles_of_women: tuple[str, ...] = ()
    feminine_endings: tuple[str, ...] = ()
    private_people: tuple[str, ...] = ()
    staff: tuple[str, ...] = ()
    name_particles: tuple[str, ...] = ()
    never_finite: tuple[str, ...] = ()
    answers: tuple[str, ...] = ()
    clitics: tuple[str, ...] = ()
    second_plural: tuple[str, ...] = ()
    verb_forms: Mapping[str, str] = {}
    whole_words: tuple[str, ...] = ()
    anybody: tuple[str, ...] = ()
    counts: Mapping[str, int] = {}
    present_like_participle: tuple[str, ...] = ()
    latter_words: tuple[str, ...] = ()
    organs: tuple[str, ...] = ()
    from_where: tuple[str, ...] = ()
    officials: tuple[str, ...] = ()
    central_organs: tuple[str, ...] = ()
    envoys: tuple[str, ...] = ()
    informants: tuple[str, ...] = ()
    official_words: tuple[str, ...] = ()
    voicing: tuple[str, ...] = ()
    calling: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    one: tuple[str, ...] = ()
    one_of: tuple[str, ...] = ()
    announcing: tuple[str, ...] = ()
    groupings: tuple[str, ...] = ()
    spellings: Mapping[str, str] = {}
    told_to_somebody: tuple[str, ...] = ()
    said_to_nobody: tuple[str, ...] = ()
    dative_pronouns: tuple[str, ...] = ()
    papers: tuple[str, ...] = ()
    people_are: tuple[str, ...] = ()
    platforms: tuple[str, ...] = ()
    outlet_words: tuple[str, ...] = ()
    possessive: tuple[str, ...] = ()
    years: tuple[str, ...] = ()
    saying_carriers: tuple[str, ...] = ()
    adverbs_before_that: tuple[str, ...] = ()
    bare_negation: tuple[str, ...] = ()
    organisation_words: tuple[str, ...] = ()
    aides: tuple[str, ...] = ()
    administrations: tuple[str, ...] = ()
    state_words: Mapping[str, str] = {}
    taking_part: tuple[str, ...] = ()
    impersonal_verbs: tuple[str, ...] = ()
    counterparts: tuple[str, ...] = ()
    stem_infinitives: tuple[str, ...] = ()
    imperfect_endings: tuple[str, ...] = ()
    future_words: tuple[str, ...] = ()
    conditional_words: tuple[str, ...] = ()
    neuter: tuple[str, ...] = ()
    infinitive_marks: tuple[str, ...] = ()
    gerund_marks: tuple[str, ...] = ()
    means: tuple[str, ...] = ()
    to_nouns: tuple[str, ...] = ()
    never_passive: tuple[str, ...] = ()
    occurring: tuple[str, ...] = ()
    time_words: tuple[str, ...] = ()
    present_endings: tuple[str, ...] = ()
    persons: tuple[str, ...] = ()
    bare_clauses: bool = False
    double_objects: bool = False
    persons_only: bool = False

    @property
    def definite_merged(self) -> frozenset[str]:
        """Definite articles, also in one word with a preposition (« au ministère »)."""
        merged = (word for word in self.contractions if not word.endswith("'"))
        return frozenset((*self.definite, *merged))

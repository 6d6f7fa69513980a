"""Roles: who does an act, to whom, where, with what.

Comes in: a trigger in a parsed piece. Goes out: the complements that stand around it, each with
its preposition and whom it means. They are read from the words in order, not from the parser's
attachments: after a French verb or noun the prepositions tell the roles, and the parser often hangs
« contre l'Ukraine » on the wrong noun. Only the act's own clause is looked at.
"""

from __future__ import annotations

import msgspec

from foedus.coding.acts.things import Things
from foedus.coding.syntax import Clauses, Elided, Parsed, Token, Words
from foedus.coding.who import Referents
from foedus.coding.wording import Lexicon
from foedus.world.records import Mention

__all__ = ["Complement", "Roles"]

_STOP_WORDS = (";", ":", "(", ")", "–", "—")
_REACH = 30
_VERB_OBJECTS = ("obj", "nsubj:pass", "obl:arg", "xcomp", "iobj")
_NOUN_OBJECTS = ("nmod", "amod", "obl:arg", "obl:mod", "appos", "compound")
_ADNOMINAL = ("acl", "amod", "acl:relcl")


class Complement(msgspec.Struct, frozen=True, kw_only=True):
    """A phrase beside a trigger: its preposition (None for a bare object) and whom it means."""

    preposition: str | None
    who: tuple[str, ...]
    mention: Mention
    at: int
    stood_for: bool = False


class Roles(Things):
    """Finds what stands around the triggers of one report."""

    def __init__(
        self, referents: Referents, clauses: Clauses, lexicon: Lexicon, words: Words
    ) -> None:
        super().__init__(lexicon, words)
        self._referents = referents
        self._clauses = clauses
        self._grammar = lexicon.grammar
        self._elided = Elided(clauses, lexicon, words)
        grammar = lexicon.grammar
        self._openers = {*grammar.that, *grammar.relative, *grammar.boundary, *grammar.because}
        self._openers |= set(grammar.clause_openers)
        self._joints = {*grammar.joining, *grammar.comparing}
        self._piece: Parsed | None = None
        self._ends: dict[tuple[int, bool], int] = {}

    def enter(self, parsed: Parsed) -> None:
        """Begin a piece. Call in reading order."""
        self._elided.enter(parsed)

    def clause_end(self, trigger: Token, parsed: Parsed, *, inner: bool = True) -> int:
        """Return the index after the last token of the trigger's own clause, to its right.

        ``inner``: an infinitive that depends on the trigger still belongs to it.
        """
        if parsed is not self._piece:
            self._piece, self._ends = parsed, {}
        place = trigger.i, inner
        if place not in self._ends:  # each verb's is asked for some ten times
            self._ends[place] = self._clause_end(trigger, parsed, inner=inner)
        return self._ends[place]

    def _clause_end(self, trigger: Token, parsed: Parsed, *, inner: bool) -> int:
        doc = trigger.doc
        stop = min(len(doc), trigger.i + _REACH)
        for token in doc[trigger.i + 1 : stop]:
            word = token.lower
            if token.text in _STOP_WORDS:
                return int(token.i)
            if word in self._openers and not self._joins(token):
                if not self._restricts(token, trigger):
                    return int(token.i)
                continue
            if self._leads_away(token, inner):
                return int(token.i)
            if trigger.pos == "NOUN" and token.i > trigger.i + 1 and self._another(token):
                return int(token.i)
            if self._next_in_list(token, trigger):
                return int(token.i) - int(token.nbor(-1).pos == "CCONJ")
            if token.pos in ("VERB", "AUX") and self._finite(token):
                if self._named(token, parsed) or self._takes_place(token, trigger):
                    continue
                if token.dep == "conj" and token.head.i == trigger.i and self._shares(token):
                    continue
                return self._back_to_subject(token, trigger)
        return int(stop)

    def _next_in_list(self, token: Token, trigger: Token) -> bool:
        """« would send ships to X and raise the number of …»: a bare infinitive is the next deed."""
        if not self._grammar.infinitive_marks or token.dep != "conj" or token.pos != "VERB":
            return False
        bare = token.feature("VerbForm") == "Inf"
        return bare and trigger.pos == "VERB" and not self._shares(token)

    def _takes_place(self, verb: Token, trigger: Token) -> bool:
        """« les combats ont repris entre X et Y »: what stands after the verb is the noun's."""
        if trigger.pos != "NOUN" or not trigger.dep.startswith("nsubj"):
            return False
        main = trigger.head
        return main.i in (verb.i, verb.head.i) and bool(
            set(self._words.of(main)) & set(self._grammar.occurring)
        )

    def _restricts(self, that: Token, verb: Token) -> bool:
        """« n'a livré que des obus »: « ne … que » means « only », and opens no clause."""
        particles = {c.lower for c in verb.children if c.i < verb.i}
        if that.i > verb.i + 2 or not particles & set(self._grammar.negation_particles):
            return False
        return that.lower in self._grammar.that and not self._clauses.negated(verb)

    def _joins(self, token: Token) -> bool:
        """« ainsi que », « plus que tous les autres »: no clause."""
        return token.i > 0 and token.nbor(-1).lower in self._joints

    def _leads_away(self, token: Token, inner: bool) -> bool:
        """« après l'attaque », « pour déployer »: words that lead to another event."""
        word = token.lower
        if word in self._grammar.after_words and token.pos in ("ADP", "ADV", "SCONJ"):
            return any(self.tells_event(t) for t in token.doc[token.i + 1 : token.i + 5])
        following = token.doc[token.i + 1 : token.i + 3]
        if not inner and word in self._grammar.gerund_marks:
            return any(self._clauses.participle(t) == "present" for t in following)
        if word in self._grammar.purpose or (not inner and token.pos == "ADP"):
            return any(t.feature("VerbForm") == "Inf" for t in following)
        return False

    def _another(self, token: Token) -> bool:
        """Another event noun with words of its own: what follows is its own."""
        lead = next((t for t in reversed(token.doc[: token.i]) if t.pos != "DET"), token)
        away = lead.pos == "ADP" and lead.lower not in self._grammar.of
        return self.tells_event(token) and (away or not self.things([token]))

    def tells_event(self, token: Token) -> bool:
        """Whether a noun names an event."""
        return token.pos == "NOUN" and any(
            lemma in self._lexicon.by_noun for lemma in self._words.of(token)[:3]
        )

    def _shares(self, verb: Token) -> bool:
        """« défendrons et protégerons tous les alliés »: the next verb shares the object."""
        return not any(c.dep.startswith("nsubj") for c in verb.children) and (
            verb.i - verb.head.i <= 3
        )

    def _named(self, token: Token, parsed: Parsed) -> bool:
        """« flanc est »: part of a name, whatever the parser takes « est » for."""
        return self._referents.index.covering(parsed.span(token)) is not None

    def _finite(self, token: Token) -> bool:
        if token.feature("VerbForm") in ("Inf", "Part"):
            return False
        return self._clauses.participle(token) is None and not (
            self._clauses.ends_as_participle(token)
        )

    def _back_to_subject(self, verb: Token, trigger: Token) -> int:
        """Another finite verb ends the clause before its own subject begins."""
        subjects = [c for c in verb.children if c.dep.startswith("nsubj")]
        head = verb.head if verb.dep.startswith("aux") or verb.dep == "cop" else verb
        subjects += [c for c in head.children if c.dep.startswith("nsubj")]
        starts = [c.left for c in subjects if c.left > trigger.i]
        return int(min([verb.i, *starts]))

    def complements(
        self, trigger: Token, parsed: Parsed, *, inner: bool = True
    ) -> list[Complement]:
        """Return the phrases with an entity to the right of the trigger, in its clause."""
        stop = self.clause_end(trigger, parsed, inner=inner)
        if stop <= trigger.i + 1:
            return []
        window = parsed.span(parsed.doc[trigger.i + 1], parsed.doc[stop - 1])
        return self._phrases(window, trigger, parsed)

    def before(self, trigger: Token, parsed: Parsed) -> list[Complement]:
        """Return the phrases with a preposition to the left of the trigger (places mostly)."""
        if trigger.i == 0:
            return []
        window = parsed.span(parsed.doc[0], parsed.doc[trigger.i - 1])
        return [c for c in self._phrases(window, trigger, parsed) if c.preposition]

    def _phrases(self, window: tuple[int, int], trigger: Token, parsed: Parsed) -> list[Complement]:
        found: list[Complement] = []
        used: set[tuple[int, int]] = set()
        for mention in self._referents.index.within(window):
            if mention.span in used or mention.kind == "outlet":
                continue
            first = parsed.tokens(mention.span)[0]
            preposition, noun = self._preposition(first, trigger)
            who = self._whom(mention, noun, first, parsed)
            if not who:
                continue
            for other in self._referents.index.enumeration(mention):
                used.add(other.span)
            found.append(
                Complement(
                    preposition=preposition,
                    who=who,
                    mention=mention,
                    at=first.i,
                    stood_for=noun is not None,
                )
            )
        return found

    def after(self, mention: Mention, parsed: Parsed) -> list[Token]:
        """Return the word right after a mention, where there is one."""
        last = parsed.tokens(mention.span)[-1].i
        return parsed.doc[last + 1 : last + 2]

    def _whom(
        self, mention: Mention, noun: Token | None, first: Token, parsed: Parsed
    ) -> tuple[str, ...]:
        if noun is not None and mention.kind in ("person", "office"):
            return self._referents.meant(mention)
        if noun is not None and mention.form == "demonym" and self._of_person(noun):
            return self._referents.of(noun, parsed)  # « son homologue letton, Jan Nowak »
        if mention.form in ("inhabitant", "office", "title"):
            return self._referents.of(first, parsed) or self._referents.meant(mention)
        return self._referents.listed(mention) or (
            mention.entities if mention.form == "capital" else ()
        )

    def _preposition(self, first: Token, trigger: Token) -> tuple[str | None, Token | None]:
        """Walk left from an entity to the preposition of its phrase, past nouns that stand for it."""
        grammar = self._grammar
        noun: Token | None = None
        pending: str | None = None
        index = first.i - 1
        low = trigger.i if trigger.i < first.i else -1
        while index > low:
            token = first.doc[index]
            word = token.lower
            if word in grammar.to or word in grammar.place or word in grammar.alongside:
                return word, noun
            if word in grammar.civil_titles:
                index -= 1
                continue
            if token.pos in ("DET", "NUM", "ADV") and word not in grammar.of:
                index -= 1
                continue
            if token.pos == "ADJ" or (token.pos == "VERB" and token.dep in ("amod", "acl")):
                index -= 1
                continue
            if token.pos == "ADP" or word in grammar.of:
                pending = word
                if word not in grammar.of:
                    return word, noun
                index -= 1
                continue
            if set(self._words.of(token)) & set(grammar.measures):
                pending = None
                index -= 1
                continue
            if pending in grammar.of and (made := self._made_of(word)) is not None:
                return made, noun
            acts = token.i == first.i - 1 and self.acts(token)
            if token.pos in ("NOUN", "PROPN") and (acts or self._stands_in(token)):
                noun, pending = token, None
                index -= 1
                continue
            break
        if index == trigger.i and pending in grammar.of and trigger.pos in ("VERB", "AUX"):
            # « former des dizaines de milliers de soldats »: an article, no preposition
            return None, noun
        return pending, noun

    def _of_person(self, noun: Token) -> bool:
        people = set(self._grammar.person_words)
        return noun.feature("Number") != "Plur" and bool(set(self._words.of(noun)) & people)

    def _made_of(self, word: str) -> str | None:
        """« en faveur de X », « à l'encontre de X »: the preposition that a noun makes."""
        if word in self._grammar.to_nouns:
            return self._grammar.to[0]
        return self._grammar.against[0] if word in self._grammar.against_nouns else None

    def _stands_in(self, token: Token) -> bool:
        names = set(self._words.of(token))
        return bool(names & (set(self._grammar.stand_ins) | set(self._grammar.person_words)))

    # -- things -------------------------------------------------------------------------------

    def own_phrase(self, noun: Token) -> list[Token]:
        """Return a noun with its own words; what is « of » it only where it is a measure."""
        return [noun.doc[i] for i in sorted(self._phrase(noun, hops=0))]

    def doing(self, doer: Token) -> list[Token]:
        """Return what does an act: its subject's phrase, or the thing that « ils » points back to."""
        return (
            self.own_phrase(doer) if not self._elided.left_out(doer) else self._elided.meant(doer)
        )

    def direct(self, trigger: Token) -> list[Token]:
        """Return the object alone, without what it is « of »: of « la fin de X », only « fin »."""
        heads = [c for c in trigger.children if c.dep in _VERB_OBJECTS and c.pos not in ("VERB",)]
        if self._clauses.undergone(trigger):
            heads.append(trigger.head)
        return [t for head in heads for t in self.own_phrase(head)]

    def scope(self, trigger: Token, parsed: Parsed) -> list[Token]:
        """Return the tokens that tell what an act is about: its object, or what it is « of »."""
        doc = parsed.doc
        verbal = trigger.pos in ("VERB", "AUX", "ADJ")
        wanted = _VERB_OBJECTS if verbal else _NOUN_OBJECTS
        heads = [c for c in trigger.children if c.dep in wanted]
        if verbal and self._clauses.participle(trigger) == "past" and trigger.dep in _ADNOMINAL:
            heads.append(trigger.head)
        heads += [c for c in trigger.children if verbal and self._wished(c)]
        heads += [] if verbal else self._elided.past_place(trigger)
        elided = self._elided.heads(trigger, parsed)
        heads += [head for head in elided if head.doc is doc]
        tokens: set[int] = set()
        for head in heads:
            tokens |= self._phrase(head, hops=1)
        tokens |= self._beside(trigger, parsed, verbal)
        tokens.discard(trigger.i)
        near = [doc[i] for i in sorted(tokens) if doc[i].dep != "obl:agent"]
        before = [head for head in elided if head.doc is not doc]  # said in the sentence before
        return near + [h.doc[i] for h in before for i in sorted(self._phrase(h, hops=1))]

    def objects(self, trigger: Token, parsed: Parsed) -> list[Token]:
        """Return what a verb is about, and the members of its object's list further on.

        « fournissant des drones, du carburant et des munitions »: the parser loses the last members;
        in the verb's clause, a noun under no preposition but « de » is one of them.
        """
        scope = self.scope(trigger, parsed)
        before = [t for t in scope if t.doc is not parsed.doc]
        near = {t.i for t in scope if t.doc is parsed.doc}
        for token in parsed.doc[trigger.i + 1 : self.clause_end(trigger, parsed)]:
            cases = token.cases
            if token.pos in ("NOUN", "PROPN") and cases <= set(self._grammar.of):
                near |= {token.i, *(c.i for c in token.subtree if abs(c.i - token.i) < 4)}
        return [parsed.doc[i] for i in sorted(near)] + before

    def _wished(self, child: Token) -> bool:
        """« plaide pour des armes », « supplies X with arms »: what it is about stands there."""
        cases = child.cases
        wanted = {*self._grammar.purpose, *self._grammar.means}
        return child.dep.startswith("obl") and bool(cases & wanted)

    def _phrase(self, head: Token, hops: int) -> set[int]:
        """A phrase without its clauses, and without what hangs deep under it."""
        tokens = {head.i}
        # « des milliers de X », « le premier des quatre X », « l'un des X »
        measure = bool(set(self._words.of(head)) & set(self._grammar.measures)) or head.pos in (
            "ADV", "NUM", "VERB", "ADJ", "PRON",
        )  # fmt: skip
        for child in head.children:
            if child.dep in ("acl:relcl", "advcl", "ccomp", "parataxis", "punct"):
                continue
            if child.dep in ("conj", "appos"):
                tokens |= self._phrase(child, hops)
            elif child.pos in ("NOUN", "PROPN", "VERB") and child.dep != "flat:name":
                if hops > 0 or measure:
                    tokens |= self._phrase(child, hops if measure else hops - 1)
            else:
                tokens |= {t.i for t in child.subtree if abs(t.i - child.i) < 6}
        return tokens

    def _past_insertion(self, trigger: Token, end: int) -> set[int]:
        """« ont fourni, selon X, des obus »: the object stands after what is put in between."""
        doc = trigger.doc
        close = next((t.i for t in doc[trigger.i + 2 : end] if t.text == ","), None)
        return set(range(close + 1, min(end, close + 7))) if close is not None else set()

    def _beside(self, trigger: Token, parsed: Parsed, verbal: bool) -> set[int]:
        """The words right after a trigger, up to where its object must have ended."""
        tokens: set[int] = set()
        opening: set[int] = set()
        end = self.clause_end(trigger, parsed)
        for token in trigger.doc[trigger.i + 1 : min(end, trigger.i + 7)]:
            word = token.lower
            if token.i == trigger.i + 1 and token.text == ",":
                return self._past_insertion(trigger, end)
            if word in self._times:
                continue
            if token.text == "," or word in self._grammar.against or word in self._grammar.by:
                break
            elsewhere = token.pos == "ADP" and word not in self._grammar.of
            if elsewhere and (not verbal or tokens - opening):
                break
            opening |= {token.i} if elsewhere else set()  # « jusqu'à 500 soldats »
            tokens.add(token.i)
        return tokens

"""One shape of sentence for every parser: labels and heads as the engine asks for them.

Comes in: a parsed piece and what ``language.yaml`` says of its parser. Goes out: the same
words with the engine's labels (Universal Dependencies, as the French model writes them), and three
constructions turned round where a parser draws them otherwise: the preposition stands under its
noun and not over it, an auxiliary of modality stands over its verb as a verb of its own, and the
« to » of an infinitive is a mark. This is the only place that knows how a parser labels.

Source of the labels: Universal Dependencies, version 2 (guidelines, 2020).
"""

from __future__ import annotations

from collections.abc import Sequence

from foedus.coding.syntax.tree import Token, attach, features
from foedus.coding.wording import Labelling

__all__ = ["relabel"]

_VERBAL = ("VERB", "AUX")
_MOVED = ("nsubj", "nsubj:pass", "csubj", "expl", "advmod", "mark", "cc", "punct")
"""What a verb hands up to the modal over it, as far as it stands before the verb."""


def relabel(tokens: Sequence[Token], labelling: Labelling) -> None:
    """Give ``tokens`` the engine's labels and heads; words, lemmas and tags stay."""
    if not tokens:
        return
    tree = _Tree(tokens, labelling)
    tree.turn_prepositions()
    tree.rename()
    tree.restore_main_verb()
    tree.raise_modals()
    for token, head, dep in zip(tokens, tree.heads, tree.deps, strict=True):
        token.head, token.dep = tokens[head], dep
    attach(tokens)


class _Tree:
    """Heads and labels of one piece while they are being changed."""

    def __init__(self, doc: Sequence[Token], labelling: Labelling) -> None:
        self.doc = doc
        self.labelling = labelling
        self.heads = [token.head.i for token in doc]
        self.deps = [token.dep for token in doc]

    def _children(self, index: int) -> list[int]:
        # few words hang on one word, but a hostile text may hang many: keep who hung there once
        return [i for i in self._under[index] if self.heads[i] == index and i != index]

    def _index(self) -> None:
        self._under: list[list[int]] = [[] for _ in self.heads]
        for index, head in enumerate(self.heads):
            self._under[head].append(index)

    def turn_prepositions(self) -> None:
        """« sent (to (Ukraine)) » becomes « sent (Ukraine (to)) »."""
        self._index()
        for index in range(len(self.heads)):
            if self.deps[index] not in self.labelling.prepositions:
                continue
            objects = [c for c in self._children(index) if self.deps[c] in self.labelling.objects]
            if objects:
                self._turn(index, objects[0])

    def _turn(self, preposition: int, noun: int) -> None:
        governor = self.heads[preposition]
        verbal = self.doc[noun].pos in _VERBAL
        label = self._clause_label(preposition) if verbal else self._noun_label(preposition)
        for child in self._children(preposition):
            self.heads[child] = noun
            self._under[noun].append(child)
        root = governor == preposition
        self.heads[noun] = noun if root else governor
        self.deps[noun] = self.deps[preposition] if root else label
        self._under[self.heads[noun]].append(noun)
        self.heads[preposition] = noun
        self.deps[preposition] = "mark" if verbal else "case"
        self._under[noun].append(preposition)

    def _clause_label(self, preposition: int) -> str:
        word = self.doc[preposition].lower
        return "xcomp" if word in self.labelling.complements else "advcl"

    def _noun_label(self, preposition: int) -> str:
        governor = self.doc[self.heads[preposition]]
        if governor.pos not in _VERBAL:
            return "nmod"
        kind = self.labelling.labels.get(self.deps[preposition], "")
        passive = any(self._named(c) == "aux:pass" for c in self._children(governor.i))
        participle = governor.feature("VerbForm") == "Part"
        if self.doc[preposition].lower in self.labelling.agents and (passive or participle):
            return "obl:agent"
        return "obl:arg" if kind == "iobj" else "obl:mod"

    def _named(self, index: int) -> str:
        label = self.deps[index]
        return self.labelling.labels.get(label, label)

    def rename(self) -> None:
        """Give every label the engine's name; the mark of an infinitive is no auxiliary."""
        for index, token in enumerate(self.doc):
            name = self._named(index)
            if name.startswith("aux") and token.lower in self.labelling.infinitive_marks:
                name = "mark" if token.pos == "PART" else name
            if name == "compound" and token.pos == self.doc[self.heads[index]].pos == "PROPN":
                name = "flat:name"
            self.deps[index] = name

    def restore_main_verb(self) -> None:
        """« X, who …, asked for arms »: a sentence without a finite verb whose noun had one."""
        if not self.labelling.past_as_participle:
            return
        self._index()
        root = next((i for i, head in enumerate(self.heads) if head == i), 0)
        if self.doc[root].pos in _VERBAL:
            return
        for child in self._children(root):
            if self.deps[child] == "acl" and child > root and self._bare_past(child):
                self.heads[child], self.deps[child] = child, "ROOT"
                self.heads[root], self.deps[root] = child, "nsubj"
                self.doc[child].morph = features("Tense=Past|VerbForm=Fin")
                return

    def _bare_past(self, index: int) -> bool:
        token = self.doc[index]
        past = token.feature("VerbForm") == "Part" and token.feature("Tense") == "Past"
        alone = not any(self.deps[c].startswith("aux") for c in self._children(index))
        return past and alone and self.doc[index - 1].text == ","

    def raise_modals(self) -> None:
        """« (must) withdraw » becomes « must (withdraw) », as « doit (retirer) » is drawn."""
        self._index()
        for index, token in enumerate(self.doc):
            verb = self.heads[index]
            modal = self.deps[index].startswith("aux") and index < verb
            if modal and token.lower in self.labelling.modals:
                self._raise(index, verb)

    def _raise(self, modal: int, verb: int) -> None:
        root = self.heads[verb] == verb
        self.heads[modal] = modal if root else self.heads[verb]
        self.deps[modal] = self.deps[verb]
        self._under[self.heads[modal]].append(modal)
        self.heads[verb], self.deps[verb] = modal, "xcomp"
        self._under[modal].append(verb)
        for child in self._children(verb):
            if child < verb and child != modal and self.deps[child] in _MOVED:
                self.heads[child] = modal
                self._under[modal].append(child)
                if self.deps[child] == "nsubj:pass":
                    self.deps[child] = "nsubj"

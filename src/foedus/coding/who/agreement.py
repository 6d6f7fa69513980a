"""Agreement: whom a pronoun can mean by gender and kind, as far as these are known.

Comes in: « il », « elle » or a word like them, and an entity or a noun of the report. Goes out: whether
they can be one.
"""

from __future__ import annotations

from foedus.coding.syntax import Token
from foedus.coding.who.genders import told_genders
from foedus.coding.who.mentions import MentionIndex
from foedus.coding.wording import Grammar
from foedus.world import World

__all__ = ["Agreement"]


class Agreement:
    """Tells whom the pronouns of one report can mean."""

    def __init__(self, index: MentionIndex, grammar: Grammar, world: World) -> None:
        self._index = index
        self._grammar = grammar
        self._world = world
        self._told = told_genders(index, grammar)

    def is_person(self, entity_id: str) -> bool:
        """Whether an id is a person's: the register's, or one that the report introduces."""
        entity = self._world.entity(entity_id)
        if entity is not None:
            return entity.kind == "person"
        # whom only the report names
        return entity_id in self._index.persons

    def is_place(self, entity_id: str) -> bool:
        """Whether an id is a town's or a region's: it neither speaks nor acts."""
        entity = self._world.entity(entity_id)
        return entity is not None and entity.kind == "place"

    def plural(self, subject: Token) -> bool:
        """Whether a noun means several, by its form or by its article (« les Vingt-Sept »)."""
        several = set(self._grammar.definite) - set(self._grammar.definite_one)
        articles = {c.lower for c in subject.children if c.dep == "det"}
        return subject.feature("Number") == "Plur" or bool(articles & several)

    def by_article(self, word: str, subject: Token) -> bool:
        """Whether a noun's own article shows the gender of a pronoun."""
        articles = {c.lower for c in subject.children if c.dep == "det"}
        if not articles & set(self._grammar.definite_one):
            return False
        masculine = articles & set(self._grammar.masculine)
        feminine = articles & set(self._grammar.feminine)
        gender = "Masc" if masculine else "Fem" if feminine else subject.feature("Gender")
        return gender == ("Masc" if word in self._grammar.he else "Fem")

    def feminine(self, entity_id: str) -> bool:
        """Whether somebody is known to be a woman."""
        return self._gender(entity_id) == "f"

    def may_be(self, word: str, person: str) -> bool:
        """Whether « il » or « elle » can be a person, as far as his or her gender is known."""
        gender = self._gender(person)
        return gender is None or (gender == "f") == (word in self._grammar.she)

    def _gender(self, entity_id: str) -> str | None:
        entity = self._world.entity(entity_id)
        known = entity.gender if entity is not None else None
        return known or self._told.get(entity_id)

    def gender_known(self, person: str) -> bool:
        """Whether it is known of somebody that he or she is a man or a woman."""
        return self._gender(person) is not None

    def may_be_called(self, person: str, noun: Token) -> bool:
        """Whether a noun's gender fits a person's: « l'élue » is no man."""
        gender, told = self._gender(person), noun.feature("Gender")
        return gender is None or not told or (gender == "f") == (told == "Fem")

    def agrees(self, word: str, entity_id: str, subject: Token) -> bool:
        """Whether a singular pronoun can mean an entity, by gender as far as it is known."""
        if word in self._grammar.neuter:
            return not self.is_person(entity_id)
        feminine = word in self._grammar.she
        if not feminine and word not in self._grammar.he:
            return False
        if self._grammar.persons_only and not self.is_person(entity_id):
            return False
        entity = self._world.entity(entity_id)
        if entity is not None and entity.gender is not None:
            return (entity.gender == "f") == feminine
        kind = entity.kind if entity is not None else "person"
        if kind == "person":
            return True
        article = next((c.lower for c in subject.children if c.dep == "det"), "")
        masculine = article in self._grammar.masculine or subject.feature("Gender") == "Masc"
        # « Washington », « Gazprom »: without an article the tagger guesses a name's gender
        bare = not article and (subject.pos == "PROPN" or not subject.feature("Gender"))
        return bare or feminine != masculine

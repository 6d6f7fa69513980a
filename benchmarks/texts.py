"""Reports made up for measuring: of the alliance's field, of other things, and shapes that hurt.

Comes in: a number that says which. Goes out: a text, always the same for the same number. The sentences
are of our own making; no name of a person in them is a real one's. Some reports on other things
hold words of the alliance's field: the alliance of two parties, a footballer called Otan.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator

__all__ = ["SHAPES", "off_topic", "on_topic", "stream"]

_PLACES = ("Bruxelles", "Varsovie", "Vilnius", "Madrid", "Riga", "Prague", "Tallinn", "Bucarest")
_STATES = ("la Pologne", "la Lettonie", "la Norvège", "l'Allemagne", "la Roumanie", "le Canada")
_TOWNS = ("Saint-Aubin", "Montrevel", "Les Essarts", "Villeneuve", "Pont-l'Abbé", "Rochebrune")
_NAMES = (
    "Jeanne Morel",
    "Paul Garnier",
    "Lucie Perrin",
    "Hugo Marchal",
    "Nadia Benali",
    "Yves Colin",
)
_DAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")

_ABOUT = (
    "L'Otan a annoncé {day} l'envoi de {n} soldats supplémentaires à {place}.",
    "« Nous n'enverrons pas de troupes en Ukraine », a déclaré {day} un responsable de l'Alliance.",
    "{State} livrera {n} missiles antichars à l'Ukraine, a indiqué son ministre de la Défense.",
    "Les dirigeants de l'Otan se réuniront {day} à {place} pour un sommet extraordinaire.",
    "Moscou a accusé les Occidentaux de mener une guerre par procuration.",
    "Le Conseil de l'Atlantique nord a activé les plans de défense à la demande de {state}.",
    "Selon le secrétaire général, la force de réaction compte désormais {n} militaires.",
    "{State} a demandé des consultations au titre de l'article 4 du traité.",
    "L'Alliance exclut une zone d'exclusion aérienne, car cela mènerait à une guerre avec la Russie.",
    "Quatre nouveaux groupements tactiques seront déployés sur le flanc est, dont un près de {place}.",
    "Kiev réclame depuis des semaines des systèmes de défense aérienne et des munitions d'artillerie.",
    "« Toute attaque contre un allié sera une attaque contre tous », a-t-il ajouté.",
    "Des milliers de réfugiés ont passé la frontière, et {state} a ouvert {n} places d'accueil.",
    "L'armée russe a bombardé dans la nuit un dépôt de carburant, selon l'état-major ukrainien.",
)
_OTHER = {
    "sport": (
        "Le club de {town} s'est imposé {day} trois buts à un devant un stade comble.",
        "L'attaque a pesé, la défense a tenu, et le gardien a repoussé deux frappes à bout portant.",
        "L'avant-centre Otan, formé à {town}, a ouvert la marque d'un tir croisé.",
        "« Nous avons livré un vrai combat », a reconnu l'entraîneur {name}.",
        "Les coureurs s'élanceront de {town} pour une étape de {n} kilomètres, arrivée au sommet.",
        "L'équipe n'a plus perdu depuis {n} jours et vise la montée en division supérieure.",
    ),
    "météo": (
        "Un front pluvieux traversera le pays d'ouest en est dans la journée de {day}.",
        "Les températures perdront quelques degrés, avec des rafales à {n} km/h sur le littoral.",
        "Le brouillard se lèvera lentement dans les vallées, puis le soleil l'emportera.",
        "La préfecture appelle à la prudence en raison du risque d'orage autour de {town}.",
    ),
    "commune": (
        "Le conseil municipal de {town} a voté {day} la réfection de la salle des fêtes.",
        "« Les travaux commenceront au printemps », a promis l'adjointe {name}.",
        "Une alliance des listes citoyennes et écologistes se présentera aux élections municipales.",
        "Le budget de l'école, {n} 000 euros, a été adopté à l'unanimité moins deux voix.",
        "Les pompiers sont intervenus {day} soir pour un feu de cheminée rue des Tilleuls.",
        "Les habitants demandent un ralentisseur devant la boulangerie, où passent trop de camions.",
    ),
    "cuisine": (
        "Faites revenir les oignons dans le beurre, puis ajoutez les carottes coupées en dés.",
        "Laissez mijoter {n} minutes à feu doux en remuant de temps en temps.",
        "La bombe glacée se prépare la veille ; on la démoule au moment de servir.",
        "Pour la pâte, mélangez la farine et le sucre, creusez un puits et cassez-y deux œufs.",
        "Servez bien chaud, avec une salade de saison et un verre de cidre de {town}.",
    ),
    "économie": (
        "Le groupe a annoncé {day} un chiffre d'affaires en hausse de {n} % au premier semestre.",
        "L'usine de {town} embauchera cent personnes, a indiqué sa directrice {name}.",
        "La banque a relevé ses taux, et les ménages hésitent à emprunter pour se loger.",
        "Les deux constructeurs négocient une alliance industrielle dans les batteries.",
        "Les prix des fruits ont reculé sur les marchés, où la demande faiblit depuis l'été.",
    ),
    "culture": (
        "Le musée de {town} consacre une exposition aux paysagistes du siècle dernier.",
        "Le film raconte la guerre des boutons d'une bande d'enfants que tout oppose.",
        "La romancière {name} signera son nouveau livre {day} à la médiathèque.",
        "Le festival a réuni {n} musiciens sous les halles, entre jazz et chansons anciennes.",
        "La pièce se joue à guichets fermés jusqu'à la fin du mois.",
    ),
    "ailleurs": (
        "Le parti du Premier ministre a perdu sa majorité au Parlement après les élections de {day}.",
        "Au Brésil, la réforme des retraites divise la coalition, et l'alliance des gauches s'y oppose.",
        "Le président sortant brigue un second mandat face à une opposition en ordre dispersé.",
        "La Cour suprême a jugé {day} que la loi sur les partis violait la Constitution.",
        "Les négociations sur le prix de la pêche reprendront entre les deux pays voisins.",
    ),
}


def _filled(chosen: random.Random, sentences: tuple[str, ...], words: int) -> str:
    lines: list[str] = []
    count = 0
    while count < words:
        state = chosen.choice(_STATES)
        line = chosen.choice(sentences).format(
            day=chosen.choice(_DAYS), n=chosen.randint(2, 90), place=chosen.choice(_PLACES),
            state=state, State=state[0].upper() + state[1:], town=chosen.choice(_TOWNS),
            name=chosen.choice(_NAMES),
        )  # fmt: skip
        count += len(line.split())
        lines.append(line)
    return "\n\n".join(" ".join(lines[at : at + 3]) for at in range(0, len(lines), 3)) + "\n"


def on_topic(number: int, words: int = 300) -> str:
    """Return a report that concerns the alliance."""
    return _filled(random.Random(number), _ABOUT, words)


def off_topic(number: int, words: int = 300) -> str:
    """Return a report on something else."""
    chosen = random.Random(number)
    return _filled(chosen, _OTHER[chosen.choice(sorted(_OTHER))], words)


def stream(count: int, *, every: int = 10, words: int = 300) -> Iterator[str]:
    """Yield ``count`` reports of which one in ``every`` concerns the alliance."""
    for number in range(count):
        yield (on_topic if number % every == 0 else off_topic)(number, words)


def _sayings(size: int) -> str:
    unit = (
        "Nous irons, a dit Paul Garnier, et il a ajouté que nous tiendrons, a assuré le ministre, "
    )
    return unit * (size // len(unit))


SHAPES: dict[str, Callable[[int], str]] = {
    "one line of prose": lambda n: " ".join(stream(n // 1800 + 1, every=2))[:n].replace("\n", " "),
    "one line without a stop": lambda n: ("les soldats de la garnison " * (n // 27 + 1))[:n],
    "quotation marks": lambda n: "«" * (n // 2) + "»" * (n // 2),
    "straight marks": lambda n: '" ' * (n // 2),
    "pairs of marks": lambda n: "« a » " * (n // 6),
    "questions and open marks": lambda n: (
        "Jeanne Morel est venue.\n\n" + "Pourquoi ?\n\nParce que.\n\n" * 3 + "« " * (n // 2)
    ),
    "nested parentheses": lambda n: "(" * (n // 2) + ")" * (n // 2),
    "sayings": _sayings,
    "unnamed officials": lambda n: (
        "Une source militaire affirme que les chars sont partis, insiste le chef de corps, et pour le "
        "Kremlin rien ne presse, a-t-il dit. " * (n // 131)
    ),
    "quoted sayings": lambda n: "« Nous irons », a dit Paul Garnier. " * (n // 36),
    "partial quotes": lambda n: "Paul Garnier a dit que nous « irons demain » à Riga. " * (n // 53),
    "a stop at the end": lambda n: (
        ("les soldats de la garnison " * (n // 27 + 1))[: n - 6] + ". Fin."
    ),
    "strikes": lambda n: (
        "L'armée russe a frappé Kiev, puis Kiev a frappé l'armée russe. " * (n // 63)
    ),
    "offices": lambda n: (
        "Le ministre de la Défense et le président ont promis des chars à Kiev. " * (n // 71)
    ),
    "numbers": lambda n: "dont 300 soldats, 40 chars et " * (n // 30),
    "names": lambda n: "Paul Garnier, Lucie Perrin et " * (n // 30),
    "dates": lambda n: "le 24 février 2022, la veille, " * (n // 31),
    "lines": lambda n: "Publié le 26.2.2022\nAFP\nLire aussi\n" * (n // 35),
    "stocks": lambda n: "les stocks ne sont pas " * (n // 23),
    "if": lambda n: "si la Russie attaquait la Pologne, " * (n // 35),
    "pronouns": lambda n: "Il dit qu'elle dit qu'ils disent. " * (n // 34),
}
"""Shapes of text that would show work growing faster than their length, by name; each of a size."""

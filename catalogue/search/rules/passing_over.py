"""Words of a question that nothing need hold where others remain: those that say that or where something is
sought, what a thing is counted as, and what kind of unit a place is."""

from __future__ import annotations

from collections.abc import Collection, Container, Iterator, Mapping, Sequence

from catalogue.kernel.query import Form
from catalogue.kernel.text import canonical, fold, iy
from catalogue.search.rules.asked import Asked, Lexicon, pair_at

Phrase = tuple[str, ...]


def _phrases(text: str) -> dict[Phrase, Phrase]:
    """Phrases that stand between commas as they are compared, by their folded words."""
    read = [tuple(canonical(word) for word in phrase.split()) for phrase in text.split(",")]
    return {tuple(iy(fold(word)) for word in phrase): phrase for phrase in read}


def _words(text: str) -> set[str]:
    """Words that stand between blanks as they are compared."""
    return set(map(canonical, text.split()))


# What people ask with. Only words that no unmarked Vietnamese word looks like: `to`, `an` could be tơ, An.
ASKING = _words(
    """
    and at for from of the with where how what which is are buy near find best good cheap price prices
    nearby product products shop
    của và các những với tại ở từ bằng đâu nào gì tìm bán nhất rẻ tốt giá
    """
)
# The same where others are typed with marks, so that `mua` is no mùa.
ASKING_AMONG_MARKED = {"mua", "cho", "ngon", "hay", "theo", "trong"}
# Together they ask, with marks and without.
ASKING_TOGETHER = _phrases(
    "ở đâu, chỗ nào, nơi nào, nơi bán, tìm mua, muốn mua, đặt mua, bao nhiêu, bao nhiêu tiền, giá bán,"
    "giá sỉ, giá rẻ, bán sỉ, bán buôn, bán lẻ, là gì, thế nào, như thế nào, loại nào, các loại, ngon nhất,"
    "tốt nhất, rẻ nhất, gần đây, gần nhất, gần tôi, tôi muốn, cho tôi, cho hỏi, xin hỏi, sản phẩm,"
    "near me, where to, to buy, to find, can i buy, can i find, how much, how much is, looking for, i want,"
    "for sale"
)
# Each asks, or is another word: that it is where it stands somewhere beside its neighbour (`gia vi`,
# `to lua`); in what is a question anyway only where a name begins with the two.
UNSURE = {"mua", "ban", "gia", "tim", "ngon", "in", "to", "on", "a", "an", "i"}

# What things are counted as, and what kind of unit a place is, before its name.
KINDS = _phrases(
    "trái, quả, củ, con, cây, bông, hạt, chiếc, cái, tấm, bức,"
    "thành phố, thị xã, thị trấn, huyện, quận, tỉnh, xã, phường, thôn, tp, tx, tt, h, p, x, t"
)
KINDS_BEHIND = _words("city town district ward commune province")  # `Bao Loc city`
LONGEST_PHRASE = 3  # words


def passed_over(asked: Sequence[Asked], lexicon: Lexicon, compounds: Collection[range]) -> dict[int, bool]:
    """The places of words that nothing need hold, each with whether it is still the better if it does.

    Empty where no other word remains: then they are what is sought. `compounds`: words that together mean one
    thing, of which none is left out (`cây cảnh`, `hợp tác xã`).
    """
    together = _asking_together(asked)
    over = dict.fromkeys(_unsure(asked, lexicon, Form.OPENING if together else Form.JOINED), True)
    over |= dict.fromkeys((*together, *_asking(asked)), False)
    for span in _spans(asked):
        if (
            _is_one_of(KINDS, asked, span)
            and (len(span) > 1 or _stands_apart(asked, span.start, lexicon))
            and _name_follows(asked, span.stop, over)
            and not any(set(span) < set(compound) for compound in compounds)
        ):
            over |= dict.fromkeys(span, True)
    counting = (place for place in range(len(asked) - 1) if asked[place].plain.isdecimal())
    over |= dict.fromkeys((place for place in counting if over.get(place + 1)), True)
    behind = (place for place in range(1, len(asked)) if asked[place].exact in KINDS_BEHIND)
    over |= dict.fromkeys((place for place in behind if place - 1 not in over), True)
    return over if len(over) < len(asked) else {}


def _asking_together(asked: Sequence[Asked]) -> set[int]:
    return {
        place
        for span in _spans(asked)
        if len(span) > 1 and _is_one_of(ASKING_TOGETHER, asked, span)
        for place in span
    }


def _asking(asked: Sequence[Asked]) -> Iterator[int]:
    words = ASKING | ASKING_AMONG_MARKED if any(word.marked for word in asked) else ASKING
    return (place for place, word in enumerate(asked) if word.exact in words)


def _unsure(asked: Sequence[Asked], lexicon: Lexicon, form: Form) -> Iterator[int]:
    for place, word in enumerate(asked):
        pairs = (pair for first in (place - 1, place) if (pair := pair_at(asked, first)))
        if word.exact in UNSURE and not any(lexicon.knows(form, pair) for pair in pairs):
            yield place


def _spans(asked: Sequence[Asked]) -> Iterator[range]:
    """All words side by side, the last first: what is a kind is seen by what follows."""
    for first in reversed(range(len(asked))):
        for end in range(min(first + LONGEST_PHRASE, len(asked)), first, -1):
            yield range(first, end)


def _is_one_of(phrases: Mapping[Phrase, Phrase], asked: Sequence[Asked], span: range) -> bool:
    """Whether these words are one of the phrases; typed without marks they may be any."""
    words = [asked[place] for place in span]
    phrase = phrases.get(tuple(word.plain for word in words), ())
    return bool(phrase) and all(
        word.exact == said or not word.marked for word, said in zip(words, phrase, strict=True)
    )


def _stands_apart(asked: Sequence[Asked], place: int, lexicon: Lexicon) -> bool:
    """Whether a word is typed with its marks, or stands nowhere before the next one: no trại, quà or xà."""
    pair = pair_at(asked, place)
    return asked[place].marked or not (lexicon.knows(Form.JOINED, pair) or lexicon.knows(Form.FOLDED, pair))


def _name_follows(asked: Sequence[Asked], place: int, over: Container[int]) -> bool:
    return place < len(asked) and place not in over and not asked[place].plain.isdecimal()

"""Writing listings: from a draft to the office and, for what is the maker's alone, to the public page."""

from __future__ import annotations

from catalogue import outbox
from catalogue.database import lock, unless_taken
from catalogue.editorial import revisions, rules
from catalogue.editorial.keeping import (
    PUBLISHED,
    add,
    apply_content,
    changes,
    close,
    hand_over,
    live_of,
    note,
    owner_of,
    plan,
    put_on_show,
    require_own_photographs,
    require_step,
    write,
    written_upon,
)
from catalogue.editorial.listings import LISTINGS, faults_of
from catalogue.editorial.models import Revision
from catalogue.editorial.rules import Content, State, Step
from catalogue.kernel.actor import Actor
from catalogue.kernel.clock import now
from catalogue.kernel.errors import Conflict, RuleBroken, require
from catalogue.kernel.text import slug
from catalogue.producers.actions import enter
from catalogue.producers.models import Producer
from catalogue.producers.rules import ProducerKind, Voice

MOST_CODE = 100


def begin(actor: Actor, kind: str, producer_code: str, content: Content) -> Revision:
    """A draft of a listing that does not exist yet; it gets its code, which never changes."""
    require(rules.may_write(actor, producer_code))
    listing = LISTINGS[kind]
    if not listing.grows:
        raise RuleBroken("listing.cannot_be_begun")
    tidied = listing.tidy(content)
    require_own_photographs(producer_code, tidied, before={})
    name = tidied.get(listing.title) or {}
    code = _free_code(kind, slug(name.get("vi") or name.get("en") or "") or producer_code or kind)
    marks = rules.marks_after({}, tidied, (), actor.name, now())
    revision = add(actor, kind, code, producer_code, tidied, base=None, marks=marks)
    note(actor, "begin", revision)
    return revision


def begin_producer(
    actor: Actor, name: str, kind: ProducerKind, place_id: int | None, applicant: str
) -> Producer:
    """A maker that is new to us, with the draft of its own page, which it then goes on with and sends.

    What stands in it is the applicant's own, so whoever lets the maker in may look at it later.
    """
    code = _free_code("producer", slug(name) or "co-so")
    with unless_taken(Conflict("revision.changed_meanwhile")):
        producer = enter(actor, code, name, kind, place_id)
    content = LISTINGS["producer"].tidy({"name": {"vi": name}, "kind": kind.value})
    writer = Actor(name=applicant, speaks_for={code: Voice.OWNER})
    add(writer, "producer", code, code, content, base=None, marks=())
    return producer


def open_draft(actor: Actor, kind: str, code: str) -> Revision:
    """The draft that is there, else a new one made from what is public."""
    producer_code = owner_of(kind, code)
    require(rules.may_write(actor, producer_code))
    known = revisions.open_revision(kind, code)
    if known is not None:
        return known
    live = live_of(kind, code)
    if live is None:
        raise RuleBroken("revision.nothing_public")
    revision = add(actor, kind, code, producer_code, live.content, base=live, marks=live.known_marks)
    note(actor, "begin", revision)
    return revision


def save_draft(
    actor: Actor, revision: Revision, content: Content, seen_version: int, seen: Content | None = None
) -> None:
    """Keep what was typed: the fields that `content` names; all others stay.

    `seen`: what stood in these fields where `content` was typed. What was left as it was stays as somebody
    else may have changed it since; Conflict where both changed the same part: the view shows both. Without
    `seen` it is a conflict when somebody changed one of the fields since `seen_version`. What was saved the
    same is no conflict, so that a form that is sent twice is saved once; nor are other fields, so that a
    photograph that arrives does not stand in the way of what is being typed. The log tells who wrote in a
    revision, once; who wrote what stands in the revision.
    """
    lock(revision)
    require(rules.may_write(actor, revision.producer_code))
    require_step(Step.SAVE, revision)
    wanted = written_upon(revision.kind, content, seen, revision.content)
    names = wanted.keys() | revision.content.keys()
    changed = {name for name in names if wanted.get(name) != revision.content.get(name)}
    if not changed:
        return
    if seen is None and any(revision.touched.get(name, 0) > seen_version for name in changed):
        raise Conflict("revision.changed_meanwhile", version=revision.version)
    if actor.user_id not in revision.writers:
        note(actor, "write", revision)
    write(actor, revision, wanted, changed)


def add_photograph(actor: Actor, kind: str, code: str, asset: str) -> None:
    """Put a photograph behind the others of a draft; twice is once, and nothing else has to wait for it.

    RuleBroken where there are as many as a listing may have.
    """
    revision = open_draft(actor, kind, code)
    lock(revision)
    require_step(Step.SAVE, revision)
    codes = list(revision.content.get("photographs") or ())
    if asset in codes:
        return
    most = LISTINGS[kind].by_name["photographs"].most
    if len(codes) >= most:
        raise RuleBroken("photograph.too_many", most=most)
    write(actor, revision, {**revision.content, "photographs": [*codes, asset]}, {"photographs"})


def set_aside(actor: Actor, revision: Revision) -> None:
    """Close a draft without publishing it; it stays in the history and can be restored."""
    lock(revision)
    require(rules.may_write(actor, revision.producer_code))
    if revision.state not in rules.EDITABLE:
        raise RuleBroken("revision.not_in_this_state", state=revision.state)
    close(revision, now())
    note(actor, "set_aside", revision)


def restore(actor: Actor, revision: Revision) -> Revision:
    """A draft with the content of an older revision, whose writers stay its writers; the draft that was open
    is set aside, not lost."""
    require(rules.may_write(actor, revision.producer_code))
    known = revisions.open_revision(revision.kind, revision.code)
    if known is not None:
        set_aside(actor, known)
    live = live_of(revision.kind, revision.code)
    restored = add(
        actor,
        revision.kind,
        revision.code,
        revision.producer_code,
        revision.content,
        base=live,
        marks=revision.known_marks,
    )
    restored.writers = list(dict.fromkeys([*revision.writers, *restored.writers]))
    note(actor, "restore", restored, version=revision.number)
    return restored


def submit(actor: Actor, revision: Revision) -> None:
    """Hand a draft to the reviewers."""
    lock(revision)
    require(rules.may_write(actor, revision.producer_code))
    require_step(Step.SUBMIT, revision)
    live = revisions.live_revision(revision.kind, revision.code)
    if live is not None and not changes(revision, live.content):
        raise RuleBroken("revision.nothing_changed")
    hand_over(revision)
    note(actor, "submit", revision)


def take_back(actor: Actor, revision: Revision) -> None:
    """Take a draft out of the office again, to go on writing."""
    lock(revision)
    require(rules.may_write(actor, revision.producer_code))
    require_step(Step.TAKE_BACK, revision)
    revision.state, revision.publish_at = State.DRAFT, None
    note(actor, "take_back", revision)
    plan()


def publish_alone(actor: Actor, revision: Revision) -> None:
    """Publish one's own draft at once: only what goes stale quickly was changed (`rules.ALONE`)."""
    lock(revision)
    require(rules.may_write(actor, revision.producer_code))
    require_step(Step.PUBLISH, revision)
    live = revisions.live_revision(revision.kind, revision.code)
    changed = {change.field for change in changes(revision, live.content if live else None)}
    if not rules.may_publish_alone(revision.kind, changed, is_live=live is not None):
        raise RuleBroken("revision.needs_review")
    put_on_show(actor, revision, now())


def change_alone(
    actor: Actor, kind: str, code: str, content: Content, seen: Content | None = None
) -> Revision:
    """Change on the live page what needs no review, whatever draft is open beside it.

    `seen`: what stood in these fields where `content` was typed. What was left as it was follows the live
    page; Conflict where somebody else changed a part meanwhile that was changed here too, to something else.
    """
    producer_code = owner_of(kind, code)
    require(rules.may_write(actor, producer_code))
    live = live_of(kind, code)
    if live is None:
        raise RuleBroken("revision.nothing_public")
    wanted = written_upon(kind, content, seen, live.content)
    changed = {change.field for change in rules.diff(live.content, wanted)}
    if not rules.may_publish_alone(kind, changed, is_live=True):
        if not changed:
            raise RuleBroken("revision.nothing_changed")
        raise RuleBroken("revision.needs_review")
    if found := faults_of(kind, code, wanted, publishing=True):
        raise RuleBroken("revision.incomplete", field=next(iter(found)), faults=found)
    moment = now()
    close(live, moment)
    change = add(
        actor,
        kind,
        code,
        producer_code,
        wanted,
        base=live,
        marks=live.known_marks,
        state=State.PUBLISHED,
        moment=moment,
    )
    apply_content(actor, change, moment)
    note(actor, "publish", change, changed=sorted(changed))
    outbox.announce(PUBLISHED, revision_id=change.id)
    return change


def confirm(actor: Actor, revision: Revision) -> None:
    """The producer says yes to what staff wrote in its name."""
    lock(revision)
    require(rules.may_confirm(actor, revision.producer_code))
    if not revision.assisted:
        raise RuleBroken("revision.not_assisted")
    revision.confirmed_at, revision.confirmed_by = now(), actor.name
    note(actor, "confirm", revision)


def archive(actor: Actor, kind: str, code: str) -> None:
    """Take a listing out of the catalogue; its history stays."""
    require(rules.may_take_down(actor, owner_of(kind, code)), "listing.for_the_owner")
    shown, live = LISTINGS[kind].read(code), live_of(kind, code)
    if live is None:
        raise RuleBroken("revision.nothing_public")
    if shown is not None and shown.built_in:
        raise RuleBroken("listing.came_with_the_site")
    moment = now()
    close(live, moment)
    LISTINGS[kind].archive(code, moment)
    note(actor, "archive", live)


def _free_code(kind: str, wanted: str) -> str:
    """A code that no listing has or had: it stands in addresses, so a long name is cut."""
    listing = LISTINGS[kind]
    codes = listing.codes(wanted[:MOST_CODE].strip("-"))
    return next(code for code in codes if listing.read(code) is None and not revisions.is_taken(kind, code))

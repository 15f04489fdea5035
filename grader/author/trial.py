"""Trials: the solution, the stub, every right and every wrong answer judged through the fence.

Besides the files as they are, each wrong answer is tried in another spelling, and together with a second
fault in a group of probes that it leaves alone. What a student's own copy of the course says of the same replies is
told, too. What is learned here is what laws 1 to 4 and 8 look at.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from grader.author.bank import with_bank
from grader.author.place import Variant, accepted, mistakes
from grader.author.respell import respell
from grader.author.stub import build_stub
from grader.author.warm import warm_sandbox
from grader.exercise.bank import Mistake
from grader.exercise.call import Call
from grader.exercise.exercise import Exercise
from grader.exercise.foresee import Foreseen, foresee
from grader.exercise.probe import Probe
from grader.exercise.reply import Facts, Reply
from grader.exercise.subject import Subject
from grader.fence import Batch, Submission, sheet_of
from grader.judge import Report, judge


@dataclass(frozen=True)
class Wrong:
    """One wrong answer as it was judged: as it is, respelled, and with each second fault."""

    variant: Variant
    report: Report
    respelled: Report
    combined: tuple[tuple[str, Report], ...] = ()


@dataclass(frozen=True)
class Trials:
    """All that was tried of one exercise."""

    exercise: Exercise
    folder: Path
    solution: Report
    stub: Report
    accepted: dict[str, Report] = field(default_factory=dict)
    wrong: tuple[Wrong, ...] = ()
    from_released: dict[Path, Report] | None = None  # by the released files; None if those ask other calls


@dataclass(frozen=True, eq=False)
class TwoFaults:
    """A subject that makes a second mistake where its own is not seen."""

    subject: Subject
    second: Subject
    untouched: frozenset[str]  # groups in which the subject is right

    @property
    def facts(self) -> Facts:
        """The facts of the subject itself."""
        return self.subject.facts

    def answer(self, probe: Probe) -> Reply:
        """Return the second mistake's reply in untouched groups, else the subject's own."""
        return (self.second if probe.group in self.untouched else self.subject).answer(probe)

    def call(self, call: Call) -> Reply:
        """Make the call on the subject itself."""
        return self.subject.call(call)


@dataclass(frozen=True)
class Answer:
    """An answer that was asked all that is declared and foreseen; what is not is asked of its child, born anew."""

    child: Submission
    subject: Subject


@dataclass(frozen=True)
class Jury:
    """An exercise as its author has it and as it is released, before which every answer comes."""

    exercise: Exercise
    released: Exercise
    foreseen: Foreseen
    told: dict[Path, Report] = field(default_factory=dict)  # what the released files say of each known file

    @cached_property
    def same_calls(self) -> bool:
        """Whether the released files ask, in the same bytes, what the public checks here ask."""
        public = [probe for probe in self.exercise.probes if probe.group in self.exercise.public_groups]
        same_names = [probe.name for probe in public] == [probe.name for probe in self.released.probes]
        return same_names and Batch(public).key == Batch(self.released.probes).key

    def judge(self, subject: Subject, path: Path | None = None) -> Report:
        """Judge an answer; and by the released files, too, if it is that of a known file."""
        if path is not None and self.same_calls:
            self.told[path] = judge(self.released, self.foreseen.of(subject))
        return judge(self.exercise, self.foreseen.of(subject))

    def judge_both(self, subject: Subject, second: Subject, untouched: frozenset[str]) -> Report:
        """Judge an answer with the fault of another in some groups that it leaves right."""
        return judge(self.exercise, TwoFaults(self.foreseen.of(subject), second, untouched))


def run_trials(exercise: Exercise, folder: Path, released: Exercise) -> Trials:
    """Judge everything that is kept beside the solution, after filling the bank with what was said."""
    title = exercise.texts["en"].get("title") or exercise.slug
    stub = build_stub(folder / "solution.py", exercise.slug, exercise.calls, title).encode()
    foreseen, wrong = foresee(exercise), mistakes(folder)
    sheet = sheet_of(exercise, foreseen)
    with warm_sandbox(exercise, folder) as sandbox:

        def asked(source: bytes) -> Answer:
            with sandbox.submission({exercise.slug: source}) as child:
                return Answer(child, child.ask([sheet])[0])

        known = {variant: asked(variant.path.read_bytes()) for variant in wrong}
        banked = with_bank(exercise, folder, said={variant: one.subject for variant, one in known.items()})
        jury = Jury(banked, released, foreseen)

        def judged(source: bytes, path: Path | None = None) -> Report:
            one = asked(source)
            with one.child:
                return jury.judge(one.subject, path)

        def tried(variant: Variant) -> Wrong:
            own = known[variant]
            with own.child:
                report = jury.judge(own.subject, variant.path)
                combined = tuple(
                    (second.diagnosis, jury.judge_both(own.subject, known[second].subject, spared))
                    for second, spared in second_faults(banked, wrong, variant)
                )
            return Wrong(variant, report, judged(respell(variant.path.read_bytes())), combined)

        solution, right = folder / "solution.py", accepted(folder)
        return Trials(
            banked,
            folder,
            solution=judged(solution.read_bytes(), solution),
            stub=judged(stub),
            accepted={variant.name: judged(variant.path.read_bytes(), variant.path) for variant in right},
            wrong=tuple(map(tried, wrong)),
            from_released=jury.told if jury.same_calls else None,
        )


def second_faults(
    exercise: Exercise, known: Iterable[Variant], variant: Variant
) -> Iterator[tuple[Variant, frozenset[str]]]:
    """Yield, for each group that this wrong answer leaves right, one other known one that is wrong there."""
    variants = {(one.diagnosis, one.name): one for one in known}
    own = next(m for m in exercise.bank.mistakes if (m.diagnosis, m.variant) == (variant.diagnosis, variant.name))
    others = [(m, _groups_of(m)) for m in exercise.bank.mistakes if m.diagnosis != own.diagnosis]
    touched = _groups_of(own)
    chosen: set[str] = set()
    for group in exercise.groups:
        second = next((m for m, groups in others if group.name in groups), None)
        if group.name in touched or second is None or second.diagnosis in chosen:
            continue
        chosen.add(second.diagnosis)
        yield variants[second.diagnosis, second.variant], frozenset({group.name})


def _groups_of(mistake: Mistake) -> set[str]:
    return {name.partition("[")[0] for name in mistake.replies}

"""Tunes the upper layers of the sentence encoder on the bank of questions; part of `tools/encoder.py`.

One network learns four things together, so that each helps the others: which clause of a policy a question turns on,
which act (or what else) it is about, which other facts it says, and which signs of harm are in it. The lower layers
stay as published; what comes out of them is worked out once. JAX, on any processor.
"""

from __future__ import annotations

import csv
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
import optax
from numpy.typing import NDArray

from proviso.rules.asking._bank import Precedent
from proviso.rules.asking._learned import said
from proviso.rules.language.encoder._pieces import Pieces
from proviso.rules.rulebook import compiled, vocabulary

Array = NDArray[Any]
Weights = dict[str, Any]

HEADS, DIMENSIONS, LAYERS = 12, 384, 6
LOWER = 3  # layers that stay as they are
LENGTHS = (16, 24, 32, 48, 64)  # texts are put together by length, so that little is worked out in vain
BATCH, EPOCHS = 64, 3
SCALE = 12.0  # of vectors of length one, before the heads
ANY = "any"
PARTS = {"clauses": 1.0, "kinds": 0.7, "facts": 1.0, "harm": 2.0}
SELDOM = 20  # a fact that fewer questions say is not learned


@dataclass(frozen=True, slots=True)
class Text:
    """A text with what is to be learned from it; None where it teaches nothing of the kind."""

    text: str
    policy: str | None = None
    clauses: Mapping[str, float] = field(default_factory=dict)
    kind: str | None = None
    facts: frozenset[str] | None = None
    harm: frozenset[str] | None = None


def of_bank(question: Precedent) -> Text:
    """Return what a question of the bank teaches: the deciding clause most, the others a little."""
    named = question.clauses or (f"{question.policy} {question.outcome}",)
    shares = {name: 0.2 / len(named) for name in named}
    shares[named[0]] += 0.8
    kind = question.act if question.act and question.outcome not in ("information", "outside") else question.outcome
    known = {*vocabulary().facts["act"].values, "information", "outside", "not_covered"}
    return Text(
        question.question,
        question.policy,
        shares,
        kind if kind in known else "duty",
        frozenset(said(question.facts)) if question.act else None,
        frozenset(question.harm),
    )


def of_harm(path: Path) -> Iterator[Text]:
    """Yield the texts of a file with and without signs of harm."""
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
            yield Text(row["question"], harm=frozenset(row["harm"].split()))


def of_clauses(policies: Sequence[str]) -> Iterator[Text]:
    """Yield the clauses themselves: each is about itself."""
    for policy in policies:
        for clause in compiled(policy).policy.clauses:
            yield Text(f"{clause.at}. {clause.text}", policy, {clause.id: 1.0})


@dataclass(frozen=True)
class Targets:
    """What the heads are to say of each text, a row each, and how much each row counts."""

    clauses: list[str]
    kinds: list[str]
    facts: list[str]
    harm: list[str]
    policies: list[str]
    values: dict[str, Array]
    counts: dict[str, Array]
    allowed: Array  # for each policy, which clauses there are; the last row is for texts of none
    policy: Array

    def names(self, part: str) -> list[str]:
        """Return what a head tells apart."""
        return {"clauses": self.clauses, "kinds": self.kinds, "facts": self.facts, "harm": self.harm}[part]


def targets(texts: Sequence[Text], policies: Sequence[str]) -> Targets:
    """Lay out what is to be learned."""
    of_policy = {policy: [clause.id for clause in compiled(policy).policy.clauses] for policy in policies}
    clauses = [each for ids in of_policy.values() for each in ids]
    beside = [f"{policy} {each}" for policy in policies for each in ("not_covered", "outside")]
    names = [*clauses, *beside]
    kinds = sorted({text.kind for text in texts if text.kind})
    often = Counter(fact for text in texts for fact in text.facts or ())
    facts = sorted(fact for fact, count in often.items() if count >= SELDOM)
    harm = [*vocabulary().facts["harm"].values, ANY]
    values = {
        "clauses": np.zeros((len(texts), len(names)), np.float32),
        "facts": np.zeros((len(texts), len(facts)), np.float32),
        "harm": np.zeros((len(texts), len(harm)), np.float32),
    }
    values["kinds"] = np.zeros(len(texts), np.int32)
    counts = {part: np.zeros(len(texts), np.float32) for part in PARTS}
    for row, text in enumerate(texts):
        for name, share in text.clauses.items():
            if name in names:
                values["clauses"][row, names.index(name)] = share
                counts["clauses"][row] = 1
        if text.kind:
            values["kinds"][row], counts["kinds"][row] = kinds.index(text.kind), 1
        if text.facts is not None:
            counts["facts"][row] = 1
            values["facts"][row] = [fact in text.facts for fact in facts]
        if text.harm is not None:
            counts["harm"][row] = 1
            for sign in (*text.harm, *((ANY,) if text.harm else ())):
                values["harm"][row, harm.index(sign)] = 1
    allowed = np.array(
        [[name in of_policy[policy] or name.startswith(f"{policy} ") for name in names] for policy in policies]
        + [[True] * len(names)]
    )
    policy = np.array([policies.index(text.policy) if text.policy else len(policies) for text in texts])
    return Targets(names, kinds, facts, harm, list(policies), values, counts, allowed, policy)


@dataclass(frozen=True)
class Batch:
    """Texts of like length: their rows, what the lower layers make of them, and which places hold a word piece."""

    rows: Array
    states: Array
    held: Array
    weight: Array


def tuned(weights: Weights, pieces: Pieces, texts: Sequence[Text], wanted: Targets) -> tuple[Weights, Weights]:
    """Return the upper layers as tuned, and the heads by name."""
    batches = list(_batches(weights, [pieces.numbers(text.text)[: LENGTHS[-1]] for text in texts]))
    sizes = {part: len(wanted.names(part)) for part in PARTS}
    heads = {part: jnp.zeros((DIMENSIONS, size)) for part, size in sizes.items()}
    heads |= {
        f"{part} constants": jnp.full(size, -2.0 if part in ("facts", "harm") else 0.0) for part, size in sizes.items()
    }
    learned = {
        "upper": {name: jnp.asarray(weights[name]) for name in weights if _layer_of(name) >= LOWER},
        "heads": heads,
    }
    learner = _learner(learned, EPOCHS * len(batches))
    state, step = learner.init(learned), _step(learner, jnp.asarray(wanted.allowed))
    order, key = np.random.default_rng(1), jax.random.PRNGKey(0)
    for epoch in range(EPOCHS):
        for number, place in enumerate(order.permutation(len(batches))):
            batch = batches[place]
            key, dropped = jax.random.split(key)
            learned, state, loss = step(
                learned, state, batch.states.astype(np.float32), batch.held, _of(batch, wanted), dropped
            )
            if number % 25 == 0:
                sys.stdout.write(f"round {epoch + 1}, step {number} of {len(batches)}: {float(loss):.2f}\n")
    return learned["upper"], learned["heads"]


def _layer_of(name: str) -> int:
    return int(name.split(".")[2]) if name.startswith("encoder.layer.") else -1


def _batches(weights: Weights, numbers: Sequence[Sequence[int]]) -> Iterator[Batch]:
    """Yield the texts by length, run through the layers that stay as they are."""
    below = jax.jit(lambda states, held: _through(weights, states, held, range(LOWER)))
    length_of = [next(length for length in LENGTHS if len(each) <= length) for each in numbers]
    for length in LENGTHS:
        rows = [row for row, each in enumerate(length_of) if each == length]
        for start in range(0, len(rows), BATCH):
            part = rows[start : start + BATCH]
            padded = part + part[:1] * (BATCH - len(part))
            ids, held = np.zeros((BATCH, length), np.int32), np.zeros((BATCH, length), np.float32)
            for place, row in enumerate(padded):
                ids[place, : len(numbers[row])], held[place, : len(numbers[row])] = numbers[row], 1
            words = (
                weights["embeddings.word_embeddings.weight"][ids]
                + weights["embeddings.token_type_embeddings.weight"][0]
            )
            states = _levelled(weights, words + weights["embeddings.position_embeddings.weight"][:length], "embeddings")
            weight = (np.arange(BATCH) < len(part)).astype(np.float32)
            yield Batch(np.array(padded), np.asarray(below(states, held), np.float16), held, weight)


def _of(batch: Batch, wanted: Targets) -> dict[str, Array]:
    """Return what is to be learned of a batch."""
    targets_of = {part: wanted.values[part][batch.rows] for part in PARTS}
    counts = {f"{part} count": wanted.counts[part][batch.rows] * batch.weight for part in PARTS}
    return {**targets_of, **counts, "policy": wanted.policy[batch.rows]}


def _learner(learned: Weights, steps: int) -> optax.GradientTransformation:
    """Return how weights move: the layers warily, the heads, which begin with nothing, fast."""
    layers = optax.warmup_cosine_decay_schedule(0, 1.5e-4, max(1, steps // 10), steps, 5e-6)
    heads = optax.warmup_cosine_decay_schedule(0, 1e-2, min(20, max(1, steps // 4)), steps, 5e-4)
    ways = {
        "upper": optax.chain(optax.clip_by_global_norm(1.0), optax.adamw(layers, weight_decay=0.01)),
        "heads": optax.adamw(heads, weight_decay=1e-3),
    }
    return optax.multi_transform(ways, {part: dict.fromkeys(learned[part], part) for part in learned})


def _step(learner: optax.GradientTransformation, allowed: Any) -> Any:
    def loss_of(learned: Weights, states: Any, held: Any, wanted: Any, dropped: Any) -> Any:
        kept = jax.random.bernoulli(dropped, 0.9, states.shape) / 0.9
        scores = {part: _scores(learned, states * kept, held, part) for part in PARTS}
        chosen = jax.nn.log_softmax(jnp.where(allowed[wanted["policy"]], scores["clauses"], -1e9))
        clauses = -jnp.where(wanted["clauses"] > 0, wanted["clauses"] * chosen, 0).sum(1)
        kinds = -jnp.take_along_axis(jax.nn.log_softmax(scores["kinds"]), wanted["kinds"][:, None], 1)[:, 0]
        signs = optax.sigmoid_binary_cross_entropy(scores["harm"], wanted["harm"])
        harm = 2 * signs[:, -1] + 0.3 * signs[:, :-1].sum(1)
        facts = optax.sigmoid_binary_cross_entropy(scores["facts"], wanted["facts"]).sum(1)
        losses = {"clauses": clauses, "kinds": kinds, "facts": facts, "harm": harm}
        return sum((PARTS[part] * losses[part] * wanted[f"{part} count"]).sum() for part in PARTS) / BATCH

    @jax.jit
    def step(learned: Weights, state: Any, states: Any, held: Any, wanted: Any, dropped: Any) -> Any:
        loss, slope = jax.value_and_grad(loss_of)(learned, states, held, wanted, dropped)
        moves, state = learner.update(slope, state, learned)
        return optax.apply_updates(learned, moves), state, loss

    return step


def _scores(learned: Weights, states: Any, held: Any, part: str) -> Any:
    ended = _through(learned["upper"], states, held, range(LOWER, LAYERS))
    mean = (ended * held[..., None]).sum(1) / held.sum(1, keepdims=True)
    unit = mean / jnp.linalg.norm(mean, axis=-1, keepdims=True)
    return SCALE * unit @ learned["heads"][part] + learned["heads"][f"{part} constants"]


def _through(weights: Weights, states: Any, held: Any, layers: Sequence[int]) -> Any:
    """Run states through some layers of attention."""
    for layer in layers:
        at = f"encoder.layer.{layer}."
        count, length, _ = states.shape

        def parts(name: str, at: str = at, states: Any = states, shape: tuple[int, int] = (count, length)) -> Any:
            return (
                _linear(weights, states, f"{at}attention.self.{name}").reshape(*shape, HEADS, -1).transpose(0, 2, 1, 3)
            )

        near = parts("query") @ parts("key").transpose(0, 1, 3, 2) / np.sqrt(DIMENSIONS // HEADS)
        shares = jax.nn.softmax(near + (1 - held)[:, None, None, :] * -1e9, -1)
        seen = (shares @ parts("value")).transpose(0, 2, 1, 3).reshape(count, length, DIMENSIONS)
        states = _levelled(
            weights, states + _linear(weights, seen, f"{at}attention.output.dense"), f"{at}attention.output"
        )
        wide = jax.nn.gelu(_linear(weights, states, f"{at}intermediate.dense"), approximate=False)
        states = _levelled(weights, states + _linear(weights, wide, f"{at}output.dense"), f"{at}output")
    return states


def _linear(weights: Weights, states: Any, name: str) -> Any:
    """Return a layer's sums; products in 16 bits are several times faster, and exact enough to tune by."""
    products = states.astype(jnp.bfloat16) @ weights[f"{name}.weight"].T.astype(jnp.bfloat16)
    return products.astype(jnp.float32) + weights[f"{name}.bias"]


def _levelled(weights: Weights, states: Any, name: str) -> Any:
    centred = states - states.mean(-1, keepdims=True)
    spread = jnp.sqrt((centred * centred).mean(-1, keepdims=True) + 1e-12)
    return centred / spread * weights[f"{name}.LayerNorm.weight"] + weights[f"{name}.LayerNorm.bias"]

"""A network in torch behind the interface of the one that is shipped, to measure it before it is exported."""

from __future__ import annotations

import numpy as np
import torch
from learning import states

from network import Reader
from regiograph.claims.neural.marks import Marks
from regiograph.claims.neural.words import Floats, Integers, Words


class TorchNetwork:
    """A `Network` in single precision."""

    def __init__(self, model: Reader) -> None:
        self.model = model.eval()

    def read(self, words: Words) -> Floats:
        with torch.inference_mode():
            return states(self.model, [words])[0].float().numpy()

    def tags(self, states: Floats, flags: Floats) -> Floats:
        with torch.inference_mode():
            return self.model.tagger(*_tensors(states, flags)).float().numpy()

    def links(
        self, states: Floats, marks: Marks, mention: Integers, before: Integers, traits: Floats
    ) -> tuple[Floats, Floats]:
        with torch.inference_mode():
            vectors = self.model.marks(*_tensors(states, marks.spans, marks.kinds, marks.forms))
            scores, new = self.model.linker(vectors, *_tensors(mention, before, traits))
        return scores.float().numpy(), new.float().numpy()

    def pairs(self, states: Floats, marks: Marks, pairs: Integers, around: Integers, traits: Floats) -> Floats:
        with torch.inference_mode():
            own, *rest = _tensors(states, marks.spans, marks.kinds, marks.forms)
            return (
                self.model.relater(own, self.model.marks(own, *rest), *_tensors(pairs, around, traits)).float().numpy()
            )


def _tensors(*arrays: np.ndarray) -> tuple[torch.Tensor, ...]:
    return tuple(torch.from_numpy(np.ascontiguousarray(a)) for a in arrays)

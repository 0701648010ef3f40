"""A network in torch behind the interface of the one that is shipped, to measure it before it is exported."""

from __future__ import annotations

import numpy as np
import torch
from learning import states

from network import Reader
from regiograph.claims.neural.marks import Marks
from regiograph.claims.neural.network import Ends
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

    def vectors(self, states: Floats, marks: Marks) -> Floats:
        with torch.inference_mode():
            return self.model.marks(*_tensors(states, marks.spans, marks.kinds, marks.forms)).float().numpy()

    def links(self, vectors: Floats, mention: Integers, before: Integers, traits: Floats) -> tuple[Floats, Floats]:
        with torch.inference_mode():
            scores, new = self.model.linker(*_tensors(vectors, mention, before, traits))
        return scores.float().numpy(), new.float().numpy()

    def ends(self, states: Floats, vectors: Floats) -> Ends:
        with torch.inference_mode():
            brought = (*self.model.relater.ends(*_tensors(vectors)), *self.model.relater.sought(*_tensors(states)))
        return Ends(*(x.float().numpy() for x in brought))

    def pairs(
        self, ends: Ends, spans: Integers, among: slice, pairs: Integers, around: Integers, traits: Floats
    ) -> Floats:
        given = (ends.subjects, ends.objects, ends.keys[among], ends.values[among], spans - among.start)
        with torch.inference_mode():
            return self.model.relater(*_tensors(*given, pairs, around - among.start, traits)).float().numpy()


def _tensors(*arrays: np.ndarray) -> tuple[torch.Tensor, ...]:
    return tuple(torch.from_numpy(np.ascontiguousarray(a)) for a in arrays)

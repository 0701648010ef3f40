"""The trained network as ONNX graphs: matrices and word vectors in 8 bits, save those that score pairs."""

from __future__ import annotations

import warnings
from pathlib import Path

import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from onnxruntime.quantization.shape_inference import quant_pre_process
from torch import Tensor, nn

from network import Encoder, Reader, Relater
from regiograph.claims.neural import traits
from regiograph.claims.neural.network import GRAPHS
from regiograph.claims.neural.words import FLAGS

OPSET = 17
EXACT = frozenset({"relater"})  # scored by blocks, which a common scale would tie together


class _Read(nn.Module):
    """The encoder over one window, which is never padded; word vectors in 8 bits with a scale each."""

    def __init__(self, encoder: Encoder) -> None:
        super().__init__()
        self.encoder = encoder
        table = encoder.bert.embeddings.word_embeddings.weight.detach()
        scale = table.abs().amax(1, keepdim=True).clamp(min=1e-8) / 127
        self.register_buffer("table", torch.round(table / scale).to(torch.int8))
        self.register_buffer("scale", scale)

    def forward(self, pieces: Tensor, flags: Tensor) -> Tensor:
        bert = self.encoder.bert
        vectors = self.table[pieces].to(torch.float32) * self.scale[pieces] + self.encoder.flags(flags)
        hidden = bert.embeddings(inputs_embeds=vectors)
        for layer in bert.encoder.layer:
            found = layer(hidden)
            hidden = found[0] if isinstance(found, tuple) else found
        return hidden


class _Part(nn.Module):
    """What the relater makes ready once an article, by the name of the method."""

    def __init__(self, relater: Relater, part: str) -> None:
        super().__init__()
        self.relater, self.part = relater, part

    def forward(self, given: Tensor) -> tuple[Tensor, Tensor]:
        return getattr(self.relater, self.part)(given)


def export(model: Reader, folder: Path) -> None:
    """Write one .onnx file for each of `GRAPHS`."""
    model = model.eval()
    folder.mkdir(parents=True, exist_ok=True)
    graphs = _graphs(model)
    for name in GRAPHS:
        module, given, axes, outputs = graphs[name]
        _write(module, given, folder / f"{name}.onnx", axes, outputs)
        if name not in EXACT:
            _quantise(folder / f"{name}.onnx")


def _quantise(graph: Path) -> None:
    """Give the matrices of a graph 8 bits, with a scale for each column."""
    prepared = graph.with_suffix(".prepared")
    quant_pre_process(str(graph), str(prepared), skip_symbolic_shape=True)
    quantize_dynamic(
        str(prepared),
        str(graph),
        weight_type=QuantType.QInt8,
        per_channel=True,
        reduce_range=False,
        op_types_to_quantize=["MatMul"],
        extra_options={"MatMulConstBOnly": True},
    )
    prepared.unlink()


def _graphs(model: Reader) -> dict[str, tuple[nn.Module, tuple[Tensor, ...], dict, tuple[str, ...]]]:
    """Return each graph, what it is traced with, its inputs with the axis that varies, its outputs."""
    words, flags = torch.randn(9, model.encoder.bert.config.hidden_size), torch.zeros(9, len(FLAGS))
    spans, kinds, forms = torch.tensor([[0, 1], [3, 3], [5, 8]]), torch.tensor([0, 1, 2]), torch.tensor([0, 1, 0])
    a, b = torch.tensor([1, 2, 2]), torch.tensor([0, 0, 1])
    vectors = model.marks(words, spans, kinds, forms).detach()
    brought = tuple(x.detach() for x in (*model.relater.ends(vectors), *model.relater.sought(words)))
    pairs, around = torch.stack([a, b], 1), torch.tensor([[0, 9]] * 3)
    of_words, of_marks, of_pairs = {0: "w"}, {0: "m"}, {0: "p"}
    return {
        "encoder": (
            _Read(model.encoder),
            (torch.ones(1, 9, dtype=torch.int64), torch.zeros(1, 9, len(FLAGS))),
            {"pieces": {1: "t"}, "flags": {1: "t"}},
            ("states",),
        ),
        "tagger": (model.tagger, (words, flags), {"states": of_words, "flags": of_words}, ("scores",)),
        "marks": (
            model.marks,
            (words, spans, kinds, forms),
            {"states": of_words, "spans": of_marks, "kinds": of_marks, "forms": of_marks},
            ("vectors",),
        ),
        "linker": (
            model.linker,
            (vectors, a, b, torch.zeros(3, traits.LINK_TRAITS)),
            {"vectors": of_marks, "mention": of_pairs, "before": of_pairs, "traits": of_pairs},
            ("scores", "new"),
        ),
        "ends": (_Part(model.relater, "ends"), (vectors,), {"vectors": of_marks}, ("subjects", "objects")),
        "words": (_Part(model.relater, "sought"), (words,), {"states": of_words}, ("keys", "values")),
        "relater": (
            model.relater,
            (*brought, spans, pairs, around, torch.zeros(3, traits.PAIR_TRAITS)),
            {
                **dict.fromkeys(("subjects", "objects"), of_marks),
                **dict.fromkeys(("keys", "values"), of_words),
                "spans": of_marks,
                **dict.fromkeys(("pairs", "around", "traits"), of_pairs),
            },
            ("scores",),
        ),
    }


def _write(module: nn.Module, given: tuple[Tensor, ...], path: Path, axes: dict, outputs: tuple[str, ...]) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        torch.onnx.export(
            module.eval(),
            given,
            str(path),
            input_names=list(axes),
            output_names=list(outputs),
            dynamic_axes=axes,
            opset_version=OPSET,
            dynamo=False,
        )

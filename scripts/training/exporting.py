"""The trained network as ONNX graphs: the encoder's matrices and word vectors in 8 bits, the heads as they are."""

from __future__ import annotations

import warnings
from pathlib import Path

import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from onnxruntime.quantization.shape_inference import quant_pre_process
from torch import Tensor, nn

from network import Encoder, Linker, Marks, Reader, Relater
from regiograph.claims.neural import traits
from regiograph.claims.neural.words import FLAGS

OPSET = 17


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


class _Link(nn.Module):
    def __init__(self, marks: Marks, linker: Linker) -> None:
        super().__init__()
        self.marks, self.linker = marks, linker

    def forward(
        self, states: Tensor, spans: Tensor, kinds: Tensor, forms: Tensor, mention: Tensor, before: Tensor, told: Tensor
    ) -> tuple[Tensor, Tensor]:
        return self.linker(self.marks(states, spans, kinds, forms), mention, before, told)


class _Relate(nn.Module):
    def __init__(self, marks: Marks, relater: Relater) -> None:
        super().__init__()
        self.marks, self.relater = marks, relater

    def forward(
        self, states: Tensor, spans: Tensor, kinds: Tensor, forms: Tensor, pairs: Tensor, around: Tensor, told: Tensor
    ) -> Tensor:
        return self.relater(states, self.marks(states, spans, kinds, forms), pairs, around, told)


def export(model: Reader, folder: Path) -> None:
    """Write encoder.onnx, tagger.onnx, linker.onnx and relater.onnx."""
    model = model.eval()
    model.encoder.bert.config._attn_implementation = "eager"
    folder.mkdir(parents=True, exist_ok=True)
    hidden = model.encoder.bert.config.hidden_size
    words, flags = torch.randn(9, hidden), torch.zeros(9, len(FLAGS))
    spans, kinds, forms = torch.tensor([[0, 1], [3, 3], [5, 8]]), torch.tensor([0, 1, 2]), torch.tensor([0, 1, 0])
    a, b = torch.tensor([1, 2, 2]), torch.tensor([0, 0, 1])
    mark_axes = {"states": {0: "w"}, "spans": {0: "m"}, "kinds": {0: "m"}, "forms": {0: "m"}}
    plain = folder / "plain.onnx"
    _write(
        _Read(model.encoder),
        (torch.ones(1, 9, dtype=torch.int64), torch.zeros(1, 9, len(FLAGS))),
        plain,
        {"pieces": {1: "t"}, "flags": {1: "t"}},
        ("states",),
    )
    prepared = folder / "prepared.onnx"
    quant_pre_process(str(plain), str(prepared), skip_symbolic_shape=True)
    quantize_dynamic(
        str(prepared),
        str(folder / "encoder.onnx"),
        weight_type=QuantType.QInt8,
        per_channel=True,
        reduce_range=False,
        op_types_to_quantize=["MatMul"],
        extra_options={"MatMulConstBOnly": True},
    )
    _write(model.tagger, (words, flags), folder / "tagger.onnx", {"states": {0: "w"}, "flags": {0: "w"}}, ("scores",))
    _write(
        _Link(model.marks, model.linker),
        (words, spans, kinds, forms, a, b, torch.zeros(3, traits.LINK_TRAITS)),
        folder / "linker.onnx",
        {**mark_axes, "mention": {0: "c"}, "before": {0: "c"}, "traits": {0: "c"}},
        ("scores", "new"),
    )
    _write(
        _Relate(model.marks, model.relater),
        (
            words,
            spans,
            kinds,
            forms,
            torch.stack([a, b], 1),
            torch.tensor([[0, 9]] * 3),
            torch.zeros(3, traits.PAIR_TRAITS),
        ),
        folder / "relater.onnx",
        {**mark_axes, "pairs": {0: "p"}, "around": {0: "p"}, "traits": {0: "p"}},
        ("scores",),
    )
    prepared.unlink()
    plain.unlink()


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

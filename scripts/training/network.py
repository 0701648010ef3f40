"""The network in torch: an encoder with flags added to its word vectors, and three heads over word states.

Mentions are tagged (BIO over 12 types). A mention or literal is then a vector of its first word, its last word and
their mean, with its kind. Links score a mention against each earlier one (Lee et al. 2017, End-to-end Neural
Coreference Resolution); pairs are scored for every predicate from both vectors, their product, and what the two attend
to in the words around them (in the manner of localized context pooling, Zhou et al. 2021), where each head leans to
words by where they stand: before, near, in, between or after the two.
"""

from __future__ import annotations

import torch
from torch import Tensor, nn
from transformers import BertConfig, BertModel

from regiograph.claims.neural import traits
from regiograph.claims.neural.words import FLAGS
from regiograph.claims.recognition.tagging import TAGS
from regiograph.terms import Predicate

MANNERS = 3
OUTPUTS = len(Predicate) + MANNERS
LONGEST_SPAN = 8  # words of a mention that its mean is taken of
HEADS, HEAD, WIDTH = 4, 48, 256
ENDS = [WIDTH, WIDTH, HEADS * HEAD]
NEAR = 3  # words beside a mark that are told from those farther off
PLACES = 5  # of a word against a mark: before it, near before, in it, near after, after


class Encoder(nn.Module):
    """Word pieces and flags to states: (B, T) and (B, T, F) to (B, T, hidden)."""

    def __init__(self, bert: BertModel) -> None:
        super().__init__()
        self.bert = bert
        hidden = bert.config.hidden_size
        self.flags = nn.Linear(len(FLAGS), hidden, bias=False)
        nn.init.normal_(self.flags.weight, std=0.01)

    def forward(self, pieces: Tensor, mask: Tensor, flags: Tensor) -> Tensor:
        vectors = self.bert.embeddings.word_embeddings(pieces) + self.flags(flags)
        return self.bert(inputs_embeds=vectors, attention_mask=mask).last_hidden_state


class Tagger(nn.Module):
    """Word states to scores of tags: (W, hidden) to (W, 25)."""

    def __init__(self, hidden: int) -> None:
        super().__init__()
        self.drop = nn.Dropout(0.1)
        self.inner = nn.Linear(hidden + len(FLAGS), WIDTH)
        self.out = nn.Linear(WIDTH, len(TAGS))

    def forward(self, states: Tensor, flags: Tensor) -> Tensor:
        return self.out(self.drop(torch.nn.functional.gelu(self.inner(self.drop(torch.cat([states, flags], -1))))))


class Marks(nn.Module):
    """Spans of words to vectors: (M, 2), (M,), (M,) to (M, WIDTH)."""

    def __init__(self, hidden: int) -> None:
        super().__init__()
        self.drop = nn.Dropout(0.15)
        self.kinds = nn.Embedding(len(traits.KINDS), 48)
        self.forms = nn.Embedding(len(traits.FORMS), 16)
        self.inner = nn.Linear(3 * hidden + 64, WIDTH)

    def forward(self, states: Tensor, spans: Tensor, kinds: Tensor, forms: Tensor) -> Tensor:
        first, last = spans[:, 0], spans[:, 1]
        steps = first[:, None] + torch.arange(LONGEST_SPAN, device=states.device)[None, :]
        inside = (steps <= last[:, None]).to(states.dtype)
        words = states[torch.minimum(steps, last[:, None])]
        mean = (words * inside[:, :, None]).sum(1) / inside.sum(1, keepdim=True)
        said = torch.cat([states[first], states[last], mean, self.kinds(kinds), self.forms(forms)], -1)
        return torch.nn.functional.gelu(self.inner(self.drop(said)))


class Linker(nn.Module):
    """Scores of earlier mentions as antecedents, (C,), and of none of them, (N,)."""

    def __init__(self) -> None:
        super().__init__()
        self.drop = nn.Dropout(0.15)
        self.left = nn.Linear(WIDTH, WIDTH)
        self.right = nn.Linear(WIDTH, WIDTH)
        self.traits = nn.Linear(traits.LINK_TRAITS, WIDTH)
        self.out = nn.Linear(2 * WIDTH, 1)
        self.new = nn.Linear(WIDTH, 1)

    def forward(self, marks: Tensor, mention: Tensor, before: Tensor, told: Tensor) -> tuple[Tensor, Tensor]:
        left, right = self.left(marks)[mention], self.right(marks)[before]
        both = torch.cat([torch.nn.functional.gelu(left + right + self.traits(told)), left * right], -1)
        return self.out(self.drop(both)).squeeze(-1), self.new(marks).squeeze(-1)


class Relater(nn.Module):
    """Scores of pairs for every predicate and manner, (P, OUTPUTS), from what their marks and words bring."""

    def __init__(self, hidden: int) -> None:
        super().__init__()
        self.drop = nn.Dropout(0.15)
        self.subject = nn.Linear(WIDTH, WIDTH)
        self.object = nn.Linear(WIDTH, WIDTH)
        self.times = nn.Linear(WIDTH, WIDTH)
        self.product = nn.Linear(WIDTH, WIDTH)
        self.traits = nn.Linear(traits.PAIR_TRAITS, WIDTH)
        self.asks_subject = nn.Linear(WIDTH, HEADS * HEAD)
        self.asks_object = nn.Linear(WIDTH, HEADS * HEAD)
        self.key = nn.Linear(hidden, HEADS * HEAD)
        self.value = nn.Linear(hidden, HEADS * HEAD)
        self.context = nn.Linear(HEADS * HEAD, WIDTH)
        self.deep = nn.Linear(WIDTH, WIDTH)
        self.out = nn.Linear(WIDTH, OUTPUTS)
        self.leaning = nn.Parameter(torch.zeros(HEADS, PLACES * PLACES))

    def ends(self, marks: Tensor) -> tuple[Tensor, Tensor]:
        """Return what each mark brings to a pair as subject and as object, (M, ENDS) each."""
        subjects = torch.cat([self.subject(marks), self.times(marks), self.asks_subject(marks)], 1)
        return subjects, torch.cat([self.object(marks), marks, self.asks_object(marks)], 1)

    def sought(self, states: Tensor) -> tuple[Tensor, Tensor]:
        """Return what words are looked up by and what they then tell, (W, HEADS * HEAD) each."""
        return self.key(states), self.value(states)

    def forward(
        self,
        subjects: Tensor,
        objects: Tensor,
        keys: Tensor,
        values: Tensor,
        spans: Tensor,
        pairs: Tensor,
        around: Tensor,
        told: Tensor,
    ) -> Tensor:
        a, b = pairs[:, 0], pairs[:, 1]
        subject, times, asks_subject = torch.split(subjects[a], ENDS, 1)
        obj, factor, asks_object = torch.split(objects[b], ENDS, 1)
        asked = (asks_subject + asks_object).view(-1, HEADS, HEAD).transpose(0, 1)
        at = torch.arange(keys.shape[0], device=keys.device)[None, :]
        stands = PLACES * _place(at, spans[a]) + _place(at, spans[b])
        outside = (at < around[:, :1]) | (at >= around[:, 1:])
        leaning = torch.cat([self.leaning.T, torch.full((1, HEADS), -1e4)])
        scores = asked @ keys.view(-1, HEADS, HEAD).permute(1, 2, 0) / HEAD**0.5
        scores = scores + leaning[stands.masked_fill(outside, PLACES * PLACES)].permute(2, 0, 1)
        read = torch.softmax(scores, -1) @ values.view(-1, HEADS, HEAD).transpose(0, 1)
        context = self.context(self.drop(read.transpose(0, 1).reshape(-1, HEADS * HEAD)))
        x = subject + obj + self.traits(told) + context + self.product(times * factor)
        x = self.drop(torch.nn.functional.gelu(x))
        x = x + torch.nn.functional.gelu(self.deep(x))
        return self.out(self.drop(x))


def _place(at: Tensor, spans: Tensor) -> Tensor:
    """Return where words (1, W) stand against marks (P, 2), one of `PLACES`: (P, W)."""
    first, last = spans[:, :1], spans[:, 1:]
    return (at >= first - NEAR).long() + (at >= first) + (at > last) + (at > last + NEAR)


class Reader(nn.Module):
    """The encoder and its heads."""

    def __init__(self, bert: BertModel) -> None:
        super().__init__()
        hidden = bert.config.hidden_size
        self.encoder = Encoder(bert)
        self.tagger = Tagger(hidden)
        self.marks = Marks(hidden)
        self.linker = Linker()
        self.relater = Relater(hidden)


def reader(folder: str) -> Reader:
    """Return a reader whose encoder has the weights of a folder in the layout of transformers."""
    config = BertConfig.from_pretrained(folder)
    config.attention_probs_dropout_prob = 0.0
    bert = BertModel.from_pretrained(folder, config=config, attn_implementation="eager", add_pooling_layer=False)
    bert.embeddings.word_embeddings.weight.requires_grad_(False)
    return Reader(bert.float())

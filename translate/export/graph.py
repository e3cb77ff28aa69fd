"""An ONNX graph, written down by the equations themselves.

`Graph` has the operations of `model/arrays.py`. Where numpy computes a product, it notes a node that will: so the steps
of `model/cells.py` and `model/attention.py`, run once on `Value`s, leave the graph of a step, each quantity under the
name of its site. https://onnx.ai/onnx/operators says what each node does.
"""

from collections.abc import Sequence
from itertools import count
from types import EllipsisType
from typing import Any, cast

import numpy as np
from onnx import ModelProto, NodeProto, TensorProto, ValueInfoProto, checker, helper, numpy_helper

from translate.model import cells
from translate.model.arrays import Library

OPSET, IR_VERSION = 17, 8
"""Of 2022: all that a graph needs is in them, and any runtime since then reads it."""

Shape = tuple[int | str, ...]
"""A name stands for an axis of any length: ("batch", 128)."""

Part = int | slice | EllipsisType | None


class Value:
    """A quantity that a graph will compute; it may be renamed until the graph is written."""

    def __init__(self, graph: "Graph", name: str, shape: Shape, dtype: int = TensorProto.FLOAT):
        self.graph, self.name, self.shape, self.dtype = graph, name, shape, dtype

    def __add__(self, other: "Value") -> "Value":
        return self.graph.node("Add", self, other, shape=self.shape)

    def __mul__(self, other: "Value") -> "Value":
        return self.graph.node("Mul", self, other, shape=self.shape)

    def __rsub__(self, number: float) -> "Value":
        return self.graph.node("Sub", np.float32(number), self, shape=self.shape)

    def __matmul__(self, other: "Value") -> "Value":
        return self.graph.node("MatMul", self, other, shape=(*self.shape[:-1], other.shape[-1]))

    def __getitem__(self, key: Part | tuple[Part, ...]) -> "Value":
        """As numpy indexes, by one number, slice or None among full slices."""
        parts = list(key) if isinstance(key, tuple) else [key]
        place = parts.index(...) if ... in parts else len(parts)
        taken = sum(part is not None and part is not ... for part in parts)
        parts[place : place + 1] = [slice(None)] * (len(self.shape) - taken)
        ((axis, part),) = [(axis, part) for axis, part in enumerate(parts) if part != slice(None)]
        before, after = self.shape[:axis], self.shape[axis:]
        if part is None:
            return self.graph.node("Unsqueeze", self, _ints(axis), shape=(*before, 1, *after), dtype=self.dtype)
        if isinstance(part, slice):
            first, last, _ = part.indices(int(after[0]))
            shape = (*before, last - first, *after[1:])
            return self.graph.node("Slice", self, _ints(first), _ints(last), _ints(axis), shape=shape, dtype=self.dtype)
        assert isinstance(part, int)
        return self.graph.node("Gather", self, np.int64(part), shape=(*before, *after[1:]), dtype=self.dtype, axis=axis)


Given = Value | np.ndarray | np.generic | None
"""What a node is given; None: nothing, where that may be left out."""


class Graph:
    """A graph as it grows; `weights` are known by their names, as are those of the graph around it (`inner`)."""

    def __init__(self, weights: dict[str, np.ndarray]):
        self._weights = weights
        self._inputs: list[Value] = []
        self._outputs: list[Value] = []
        self._nodes: list[tuple[str, list[Value | None], list[Value], dict[str, Any]]] = []
        self._constants: dict[object, tuple[Value, np.ndarray]] = {}
        self._names = {id(array): name for name, array in weights.items()}
        self._numbers = count()

    def inner(self) -> "Graph":
        """The graph of a loop's step within this one, whose constants it uses."""
        inner = Graph(self._weights)
        inner._constants, inner._numbers = self._constants, self._numbers
        return inner

    def input(self, name: str, shape: Shape, dtype: int = TensorProto.FLOAT) -> Value:
        """One of the graph's inputs."""
        self._inputs.append(Value(self, name, shape, dtype))
        return self._inputs[-1]

    def output(self, name: str, value: Value) -> None:
        """Let `value` be one of the graph's outputs, of that name."""
        value.name = name
        self._outputs.append(value)

    def nodes(
        self, op: str, *inputs: Given, shapes: Sequence[Shape], dtype: int = TensorProto.FLOAT, **attributes: Any
    ) -> list[Value]:
        """What a new node computes: an output for each of the `shapes`."""
        outputs = [Value(self, f"{op}_{next(self._numbers)}", shape, dtype) for shape in shapes]
        self._nodes.append((op, [self._value(given) for given in inputs], outputs, attributes))
        return outputs

    def node(self, op: str, *inputs: Given, shape: Shape, dtype: int = TensorProto.FLOAT, **attributes: Any) -> Value:
        """What a new node of one output computes."""
        return self.nodes(op, *inputs, shapes=[shape], dtype=dtype, **attributes)[0]

    def _value(self, given: Given) -> Value | None:
        if given is None or isinstance(given, Value):
            return given
        array = np.asarray(given, order="C")
        name = self._names.get(id(given))
        key = name or (array.dtype.str, array.shape, array.tobytes())
        if key not in self._constants:
            value = Value(self, name or f"constant_{next(self._numbers)}", array.shape)
            self._constants[key] = (value, array)
        return self._constants[key][0]

    # ------------------------------------------------------------------------------- the operations of model/arrays.py

    def add(self, x: Value, y: Value) -> Value:
        return x + y

    def multiply(self, x: Value, y: Value) -> Value:
        return x * y

    def linear(self, x: Value, weight: np.ndarray, bias: np.ndarray | None = None) -> Value:
        """x weightᵀ + bias, for x `[batch, …]`."""
        return self.node("Gemm", x, weight, bias, shape=(x.shape[0], weight.shape[0]), transB=1)

    def add_product(self, x: Value | np.ndarray, h: Value, weight: np.ndarray) -> Value:
        """x + h weightᵀ."""
        return self.node("Gemm", h, weight, x, shape=(h.shape[0], weight.shape[0]), transB=1)

    def sigmoid(self, x: Value) -> Value:
        return self.node("Sigmoid", x, shape=x.shape)

    def tanh(self, x: Value) -> Value:
        return self.node("Tanh", x, shape=x.shape)

    def softmax(self, x: Value) -> Value:
        return self.node("Softmax", x, shape=x.shape, axis=-1)

    def parts(self, x: Value, count: int) -> list[Value]:
        """`count` equal parts of the last axis."""
        width = int(x.shape[-1]) // count
        return self.nodes("Split", x, _ints(*[width] * count), shapes=[(*x.shape[:-1], width)] * count, axis=-1)

    def join(self, *parts: Value) -> Value:
        """The parts one after the other along the last axis."""
        if len(parts) == 1:
            return parts[0]
        width = sum(int(part.shape[-1]) for part in parts)
        return self.node("Concat", *parts, shape=(*parts[0].shape[:-1], width), axis=-1)

    # ---------------------------------------------------------------------------------------- what else the sides need

    def rows(self, table: np.ndarray, ids: Value) -> Value:
        """The rows `ids` `[…]` of a table `[rows, width]`: `[…, width]`."""
        return self.node("Gather", table, ids, shape=(*ids.shape, table.shape[1]))

    def project(self, x: Value, weights: cells.Weights) -> Value:
        """`cells.project` for x `[batch, input]`."""
        bias = cells.project(np.zeros_like(weights.weight_ih[0]), weights)  # all that it adds to nothing
        return self.linear(x, weights.weight_ih, bias)

    def pile(self, values: Sequence[Value]) -> Value:
        """The values along a new first axis."""
        shape = (len(values), *values[0].shape)
        return self.node("Concat", *(value[None] for value in values), shape=shape, axis=0)

    def turned(self, x: Value, *axes: int) -> Value:
        """x with its axes in this order."""
        return self.node("Transpose", x, shape=tuple(x.shape[axis] for axis in axes), dtype=x.dtype, perm=axes)

    def where(self, condition: Value, x: Given, y: Given, shape: Shape) -> Value:
        """x where the condition holds, elsewhere y."""
        return self.node("Where", condition, x, y, shape=shape)

    def body(self, name: str) -> Any:
        """The graph as the body of a loop: a GraphProto without the constants, which are those of the graph around."""
        nodes = [_node(*parts) for parts in self._nodes]
        return helper.make_graph(nodes, name, list(map(_info, self._inputs)), list(map(_info, self._outputs)))

    def model(self, name: str, facts: dict[str, str]) -> ModelProto:
        """The graph as a model, checked; `facts` stand in its metadata."""
        body = self.body(name)
        body.initializer.extend(numpy_helper.from_array(array, value.name) for value, array in self._constants.values())
        opsets = [helper.make_opsetid("", OPSET)]
        model = helper.make_model(body, opset_imports=opsets, ir_version=IR_VERSION, producer_name="translate")
        helper.set_model_props(model, facts)
        checker.check_model(model, full_check=True)
        return model


def as_library(graph: Graph) -> Library:
    """The graph where a step wants the operations of its arrays' kind."""
    return cast(Library, graph)


def _node(op: str, inputs: list[Value | None], outputs: list[Value], attributes: dict[str, Any]) -> NodeProto:
    names = ["" if value is None else value.name for value in inputs]
    while names and not names[-1]:
        names.pop()
    return helper.make_node(op, names, [value.name for value in outputs], **attributes)


def _info(value: Value) -> ValueInfoProto:
    return helper.make_tensor_value_info(value.name, value.dtype, value.shape)


def _ints(*numbers: int) -> np.ndarray:
    return np.array(numbers, np.int64)

#!/usr/bin/env python3
"""Writes the weights of Silero VAD's 8 kHz branch as bare little-endian floats, in the order src/speech/vad.c reads.

usage: export_silero.py silero_vad.onnx silero8k.bin

An ONNX file is protocol buffers; the few fields needed are read here directly, so that no package is required.
"""
import sys

# (tensor name, number of floats)
TENSORS = [("stft.forward_basis_buffer", 130 * 128)]
for layer, (rows, columns) in enumerate([(128, 65), (64, 128), (64, 64), (128, 64)]):
    TENSORS.append((f"encoder.{layer}.reparam_conv.weight", rows * columns * 3))
    TENSORS.append((f"encoder.{layer}.reparam_conv.bias", rows))
TENSORS += [("decoder.rnn.weight_ih", 512 * 128), ("decoder.rnn.weight_hh", 512 * 128), ("decoder.rnn.bias_ih", 512),
            ("decoder.rnn.bias_hh", 512), ("decoder.decoder.2.weight", 128), ("decoder.decoder.2.bias", 1)]

# Field numbers of onnx.proto
MODEL_GRAPH, GRAPH_NODE = 7, 1
NODE_OUTPUT, NODE_OPERATOR, NODE_ATTRIBUTE = 2, 4, 5
ATTRIBUTE_NAME, ATTRIBUTE_TENSOR, ATTRIBUTE_GRAPH = 1, 5, 6
TENSOR_RAW = 9


def varint(data, at):
    value = shift = 0
    while True:
        byte = data[at]
        at += 1
        value |= (byte & 0x7F) << shift
        shift += 7
        if byte < 0x80:
            return value, at


def fields(data):
    """Yields (field number, value) of one message; nested messages come as bytes."""
    at = 0
    while at < len(data):
        key, at = varint(data, at)
        kind = key & 7
        if kind == 0:
            value, at = varint(data, at)
        elif kind == 2:
            size, at = varint(data, at)
            value, at = data[at:at + size], at + size
        else:
            size = {1: 8, 5: 4}[kind]
            value, at = data[at:at + size], at + size
        yield key >> 3, value


def first(data, number):
    return next((value for n, value in fields(data) if n == number), None)


def all_of(data, number):
    return [value for n, value in fields(data) if n == number]


def branch_8k(model):
    """The model is one If on the sample rate; its else branch is the 8 kHz network."""
    for node in all_of(first(model, MODEL_GRAPH), GRAPH_NODE):
        if first(node, NODE_OPERATOR) == b"If":
            for attribute in all_of(node, NODE_ATTRIBUTE):
                if first(attribute, ATTRIBUTE_NAME) == b"else_branch":
                    return first(attribute, ATTRIBUTE_GRAPH)
    raise SystemExit("no 8 kHz branch in this model")


def main(source, target):
    with open(source, "rb") as f:
        graph = branch_8k(f.read())
    found = {}
    for node in all_of(graph, GRAPH_NODE):
        if first(node, NODE_OPERATOR) != b"Constant":
            continue
        name = first(node, NODE_OUTPUT).decode()
        for attribute in all_of(node, NODE_ATTRIBUTE):
            tensor = first(attribute, ATTRIBUTE_TENSOR)
            if tensor is not None:
                found[name.rpartition("__")[2]] = first(tensor, TENSOR_RAW) or b""
    with open(target, "wb") as f:
        for name, count in TENSORS:
            raw = found.get(name, b"")
            if len(raw) != 4 * count:
                raise SystemExit(f"{name}: {len(raw)} bytes, {4 * count} expected")
            f.write(raw)


if __name__ == "__main__":
    main(*sys.argv[1:])

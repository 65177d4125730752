#!/usr/bin/env python3
"""Rewrites the base recogniser with real int8 matrix products.

usage: convert_moonshine.py SOURCE_DIR TARGET_DIR

As published, the files keep int8 weights but widen them to floats on every run, which costs five times the decoding
time. Three steps undo that: save the compact .ort file as ONNX, let the basic optimiser fold the widening into plain
float weights, quantise those again so that the products themselves run on int8. Needs onnx and onnxruntime.
"""
import os
import shutil
import sys

import onnx
import onnxruntime as ort
from onnxruntime.quantization import QuantType, quantize_dynamic

PARTS = ("encoder_model", "decoder_model_merged")


def save_optimised(source, target, level):
    options = ort.SessionOptions()
    options.optimized_model_filepath = target
    options.graph_optimization_level = level
    options.log_severity_level = 3
    options.add_session_config_entry("session.save_model_format", "ONNX")
    ort.InferenceSession(source, options, providers=["CPUExecutionProvider"])
    onnx.save(repaired(onnx.load(target)), target)


def repaired(model):
    """The compact format forgets graph names, and lists operator sets that nothing uses: the checker wants neither."""
    used = [entry for entry in model.opset_import if entry.domain in ("", "com.microsoft")]
    del model.opset_import[:]
    model.opset_import.extend(used)
    model.graph.name = model.graph.name or "main"
    for node in model.graph.node:
        for number, attribute in enumerate(node.attribute):
            if attribute.HasField("g") and not attribute.g.name:
                attribute.g.name = f"branch{number}"
    return model


def convert(source, target):
    plain, folded = target + ".plain.onnx", target + ".folded.onnx"
    save_optimised(source, plain, ort.GraphOptimizationLevel.ORT_DISABLE_ALL)
    save_optimised(plain, folded, ort.GraphOptimizationLevel.ORT_ENABLE_BASIC)
    quantize_dynamic(folded, target, weight_type=QuantType.QInt8, per_channel=True, op_types_to_quantize=["MatMul"],
                     extra_options={"EnableSubgraph": True, "MatMulConstBOnly": True})
    os.remove(plain)
    os.remove(folded)


def main(source_dir, target_dir):
    os.makedirs(target_dir, exist_ok=True)
    for part in PARTS:
        convert(os.path.join(source_dir, part + ".ort"), os.path.join(target_dir, part + ".onnx"))
    shutil.copy(os.path.join(source_dir, "tokenizer.bin"), target_dir)


if __name__ == "__main__":
    main(*sys.argv[1:])

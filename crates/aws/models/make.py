#!/usr/bin/env python3
"""Makes the models beside this file from botocore's: what the actions of a service answer with.

    pip install botocore
    python make.py

A line is an action or a shape:

    op PutEvents PutEventsResponse         the action answers with this shape
    PutEventsResponse { Entries:List! }    a structure; ! = always there
    List [ Entry                           a list
    Map % Value                            a map with text keys
    Name string 1 64 a|b                   a scalar: type, least and most (length or value; - = none), words

Members are spelled as Step Functions spells them, with a capital first letter. Shapes of errors and of requests are
left out.
"""
import glob
import gzip
import json
import os
from pathlib import Path

import botocore

# botocore's folder: ids of integrations that answer with its shapes
SERVICES = {
    "athena": "athena", "batch": "batch", "bedrock-runtime": "bedrockruntime", "codebuild": "codebuild",
    "dynamodb": "dynamodb", "ecs": "ecs", "eks": "eks", "events": "eventbridge", "glue": "glue", "kms": "kms",
    "lambda": "lambda", "rekognition": "rekognition", "s3": "s3", "secretsmanager": "secretsmanager", "sns": "sns",
    "sqs": "sqs", "ssm": "ssm", "stepfunctions": "sfn", "textract": "textract", "translate": "translate",
}
SCALARS = {"timestamp": "timestamp", "blob": "blob", "string": "string", "boolean": "boolean", "integer": "number",
           "long": "number", "float": "number", "double": "number", "bigdecimal": "number"}


def pascal(name):
    return name[:1].upper() + name[1:]


def lines(model):
    shapes, seen, out = model["shapes"], set(), []

    def visit(name):
        if name in seen:
            return
        seen.add(name)
        shape = shapes[name]
        kind, inner = shape["type"], []
        if kind == "structure":
            needed = set(shape.get("required", []))
            members = [f"{pascal(k)}:{v['shape']}{'!' if k in needed else ''}" for k, v in shape["members"].items()]
            out.append(" ".join([name, "{", *members, "}"]))
            inner = [v["shape"] for v in shape["members"].values()]
        elif kind == "list":
            out.append(f"{name} [ {shape['member']['shape']}")
            inner = [shape["member"]["shape"]]
        elif kind == "map":
            out.append(f"{name} % {shape['value']['shape']}")
            inner = [shape["value"]["shape"]]
        else:
            least, most = shape.get("min"), shape.get("max")
            words = "|".join(w.replace(" ", "_") for w in shape.get("enum", []))
            parts = [name, SCALARS[kind]]
            if least is not None or most is not None or words:
                parts += [str(x) if x is not None else "-" for x in (least, most)]
            out.append(" ".join(parts + ([words] if words else [])))
        for i in inner:
            visit(i)

    ops = []
    for name, op in sorted(model["operations"].items()):
        if "output" in op:
            ops.append(f"op {name} {op['output']['shape']}")
            visit(op["output"]["shape"])
    return ops + sorted(out)


for folder, name in SERVICES.items():
    base = os.path.join(os.path.dirname(botocore.__file__), "data", folder)
    newest = sorted(glob.glob(base + "/*/service-2.json*"))[-1]
    text = gzip.open(newest).read() if newest.endswith("gz") else Path(newest).read_bytes()
    target = Path(__file__).with_name(f"{name}.txt")
    target.write_text("\n".join(lines(json.loads(text))) + "\n")
    print(target.name, target.stat().st_size)
print("botocore", botocore.__version__)

#!/usr/bin/env python3
"""Write a deterministic config repo of N data pipelines for the benchmarks.

    python3 make_workload.py OUTDIR N [--seed 1]

Layout:  OUTDIR/src/<layer>/<pipeline>/pipeline.yaml
         OUTDIR/src/<layer>/<pipeline>/requirements.txt
         OUTDIR/src/<layer>/<pipeline>/<function>/lambda.py   (about 2 KB each)

Chain lengths run from 1 to 8. They come from two decks of ten that each add up
to 30, so every N divisible by ten has exactly 3*N functions (and N=1 has 3).
About 70 % of pipelines have a cron trigger, 20 % an S3 trigger, 10 % none.
"""
import argparse
import os
import random
import shutil

LAYERS = ["raw", "curated", "features", "marts"]
DECKS = [[3, 1, 2, 8, 1, 2, 4, 2, 4, 3], [1, 1, 1, 2, 2, 3, 5, 7, 6, 2]]
TRIGGERS = ["cron"] * 7 + ["s3"] * 2 + ["none"]
STEPS = ["ingest", "validate", "clean", "enrich", "aggregate", "publish", "audit", "notify"]
NOUNS = ["orders", "census", "weather", "billing", "clicks", "stock", "sensor", "claims",
         "grants", "trips", "visits", "refunds"]
WORDS = ("batch column frame record window schema bucket prefix offset cursor field "
         "ledger shard partition checksum sample filter merge split lookup").split()


def lambda_source(rng, name):
    """Plausible-looking Python of about 2 KB; no two functions are equal."""
    out = [f'"""Step {name} of a data pipeline."""', "import json", "import os", ""]
    size = sum(len(line) + 1 for line in out)
    number = 0
    while size < 1900:
        a, b, c = rng.choice(WORDS), rng.choice(WORDS), rng.choice(WORDS)
        block = [f"def {a}_{b}_{number}(value, {c}={rng.randrange(10 ** 6)}):",
                 f"    # keep each {a} beside its {b}",
                 f"    if value is None or {c} < {rng.randrange(1000)}:",
                 f"        return {{'{a}': {c}, '{b}': None}}",
                 f"    return {{'{a}': value, '{b}': {c} * {rng.randrange(2, 99)}}}", ""]
        out += block
        size += sum(len(line) + 1 for line in block)
        number += 1
    out += ["def handler(event, context):",
            f"    return {{'statusCode': 200, 'step': '{name}', 'body': json.dumps(event)}}", ""]
    return "\n".join(out)


def pipeline_yaml(rng, index, name, length, trigger):
    lines = [f"# pipeline {index}", f"description: Loads {name} and hands it on, run {index}"]
    if trigger == "cron":
        lines.append(f"schedule: cron({rng.randrange(60)} {rng.randrange(24)} * * ? *)")
    elif trigger == "s3":
        lines += ["triggers:", "  - name: landed",
                  f"    s3: {{bucket: landing-{rng.randrange(100):02d}, prefix: data/{name}/}}"]
    attempts, interval = rng.randrange(1, 6), rng.choice([1, 2, 5, 10])
    lines.append(f"defaults: {{retry: {{attempts: {attempts}, interval: {interval}s, backoff_rate: 2}}}}")
    names = rng.sample(STEPS, length)
    functions = []
    for step in names:
        keys = []
        if rng.random() < 0.6:
            keys.append(f"    timeout: {rng.choice([60, 120, 300, 600, 900])}s")
        if rng.random() < 0.6:
            keys.append(f"    memory: {rng.choice([256, 512, 1024, 2048])}")
        count = rng.choice([0, 0, 1, 2, 4])
        if count:
            keys.append("    environment:")
            for number, word in enumerate(rng.sample(WORDS, count)):
                keys.append(f"      {word.upper()}_{number}: \"{rng.choice(WORDS)}-{rng.randrange(10 ** 5)}\"")
        if keys:
            functions += [f"  {step}:"] + keys
    if functions:
        lines += ["functions:"] + functions
    lines += ["steps:"] + [f"  - {step}" for step in names]
    return "\n".join(lines) + "\n", names


DORC_YAML = """project: acme
region: eu-west-2
tags: {department: data}
environments:
  dev:
    vpc_id: vpc-0d0d0d0d0d0d0d0d0
    private_subnet_ids: [subnet-0d0d0d0d0d0d0d0d1, subnet-0d0d0d0d0d0d0d0d2]
  prod:
    vpc_id: vpc-0a0a0a0a0a0a0a0a0
    private_subnet_ids: [subnet-0a0a0a0a0a0a0a0a1, subnet-0a0a0a0a0a0a0a0a2]
"""
DOCKERFILE = """FROM public.ecr.aws/lambda/python:3.12
ARG CODE_PATH
COPY ${CODE_PATH}/ ${LAMBDA_TASK_ROOT}/
CMD ["lambda.handler"]
"""


def main():
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("outdir")
    parser.add_argument("n", type=int)
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    rng = random.Random(args.seed)
    shutil.rmtree(os.path.join(args.outdir, "src"), ignore_errors=True)
    os.makedirs(args.outdir, exist_ok=True)
    for path, content in (("dorc.yaml", DORC_YAML), ("Dockerfile", DOCKERFILE)):
        with open(os.path.join(args.outdir, path), "w", newline="\n") as out:
            out.write(content)
    functions = total = 0
    for index in range(args.n):
        length = DECKS[index // 10 % 2][index % 10]
        name = f"{NOUNS[index % len(NOUNS)]}-{index:04d}"
        trigger = TRIGGERS[(index * 3) % 10]
        folder = os.path.join(args.outdir, "src", LAYERS[index % len(LAYERS)], name)
        os.makedirs(folder)
        text, names = pipeline_yaml(rng, index, name, length, trigger)
        files = {"pipeline.yaml": text,
                 "requirements.txt": f"boto3==1.34.{rng.randrange(99)}\npandas==2.1.{rng.randrange(5)}\n"}
        for step in names:
            os.mkdir(os.path.join(folder, step))
            files[os.path.join(step, "lambda.py")] = lambda_source(rng, f"{name}/{step}")
        for path, content in files.items():
            with open(os.path.join(folder, path), "w", newline="\n") as out:
                out.write(content)
            total += len(content)
        functions += length
    print(f"{args.n} pipelines, {functions} functions, {total} bytes")


if __name__ == "__main__":
    main()

"""What we accept must be a part of what each peer accepts: a differential test on changed and damaged tokens. And our
attacks once more, with fresh keys.

usage: main.py VECTOR_REPORT COUNT
"""
import json
import multiprocessing
import os
import subprocess
import sys
import tempfile
import time
from collections import Counter

import peers
import tokens

CHUNK = 5000
QUESTIONS = ("signature", "claims")


def judge_chunk(numbers):
    """Counts answers by (question, ours, peers'…), and lists what we accept and a peer refuses."""
    cases = [corpus.token(number) for number in numbers]
    counts, violations = Counter(), []
    for number, (algorithm, text, notes), ours in zip(numbers, cases, our_answers(cases), strict=True):
        theirs = [peer.judge(algorithm, text) for peer in judges]
        for question, name in enumerate(QUESTIONS):
            row = (ours[question], *(answer[question] for answer in theirs))
            counts[name, row] += 1
            if row[0] and not all(row):
                refusing = [peer.name for peer, answer in zip(judges, theirs) if not answer[question]]
                violations.append(f"token {number} ({algorithm}, {', '.join(notes)}): {' and '.join(refusing)} refuses "
                                  f"by {name} what we accept")
    return counts, violations


def our_answers(cases):
    settings = {"issuer": tokens.ISSUER, "client": tokens.CLIENT, "nonce": tokens.NONCE, "now": corpus.now,
                "keys": {a: {"keys": [key.jwk]} for a, key in corpus.keys.items()}}
    lines = [json.dumps(settings)]
    lines += [json.dumps({"token": text, "keys": algorithm, "alg": algorithm}) for algorithm, text, _ in cases]
    run = subprocess.run([program, "judge"], input="\n".join(lines) + "\n", capture_output=True, text=True, check=True)
    return [tuple(digit == "1" for digit in line) for line in run.stdout.splitlines()]


def judge_fresh_attacks():
    """Our own attacks again, under keys that no source has ever seen."""
    generator = os.path.join(os.path.dirname(os.path.abspath(__file__)), "../Vectors/attacks/generate.py")
    with tempfile.NamedTemporaryFile("r") as corpus_file:
        subprocess.run([sys.executable, generator, corpus_file.name], check=True, stdout=subprocess.DEVNULL)
        run = subprocess.run([program, "attacks"], stdin=corpus_file, check=True, stdout=subprocess.PIPE, text=True)
    print(run.stdout, end="")
    return " PASS" in run.stdout


def figure(name, value, bound, passes):
    print(f"FIGURE {name} {value} {bound} {'PASS' if passes else 'FAIL'}")
    return passes


def main():
    global program, corpus, judges
    program, count = os.path.abspath(sys.argv[1]), int(sys.argv[2])
    now = int(time.time())
    corpus = tokens.Corpus(now)
    judges = [kind(corpus.keys, now) for kind in (peers.PyJWT, peers.Joserfc)]
    chunks = [range(start, min(start + CHUNK, count)) for start in range(0, count, CHUNK)]
    counts, violations = Counter(), []
    # The keys live in this process: its children inherit them.
    with multiprocessing.get_context("fork").Pool(os.cpu_count()) as pool:
        for chunk_counts, chunk_violations in pool.imap_unordered(judge_chunk, chunks):
            counts += chunk_counts
            violations += chunk_violations
    print("| question | we | " + " | ".join(peer.name for peer in judges) + " | tokens |\n|---|---|---|---|---|")
    for (question, row), number in sorted(counts.items(), reverse=True):
        print(f"| {question} | " + " | ".join("accept" if answer else "refuse" for answer in row) + f" | {number} |")
    print(*violations[:40], sep="\n")
    accepted = min(sum(n for (q, row), n in counts.items() if q == question and all(row)) for question in QUESTIONS)
    passes = figure("differential_tokens", count, f">={count}", sum(counts.values()) == len(QUESTIONS) * count)
    passes &= figure("differential_accepted_by_all", accepted, f">={count // 100}", accepted >= count // 100)
    passes &= figure("differential_accepted_by_us_alone", len(violations), "=0", not violations)
    passes &= judge_fresh_attacks()
    return 0 if passes else 1


if __name__ == "__main__":
    sys.exit(main())

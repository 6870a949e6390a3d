"""The attack corpus through `login-tool token verify --batch`."""

import json
import os
import select
import subprocess

from checks import expect, expect_equal

TOOL = os.environ.get("LOGIN_TOOL")


def options(corpus, secret_file):
    """The command line for all cases; the client secret is given so that a confusion with it would show."""
    return [
        TOOL, "token", "verify", "--issuer", corpus["issuer"], "--client-id", corpus["client_id"], "--nonce", corpus["nonce"],
        "--at", str(corpus["now"]), "--leeway", str(corpus["leeway_seconds"]), "--client-secret-file", secret_file, "--batch", "-",
    ]  # fmt: skip


def line(corpus, case):
    return json.dumps({
        "id": case["id"], "token": case["token"], "jwks": corpus["jwksets"][case["jwks"]], "profile": case["profile"],
        "alg": case["algs"], "max_age": case["params"].get("max_age"), "access_token": case["params"].get("access_token"),
    })  # fmt: skip


def judged(corpus, secret_file):
    """The answers to all cases, which must come one for one and in order."""
    text = "".join(line(corpus, case) + "\n" for case in corpus["cases"])
    run = subprocess.run(options(corpus, secret_file), input=text.encode(), capture_output=True, timeout=120, check=False)
    expect_equal(run.returncode, 0, "exit code")
    expect_equal(run.stderr, b"", "standard error")
    answers = [json.loads(answer) for answer in run.stdout.splitlines()]
    expect_equal([answer["id"] for answer in answers], [case["id"] for case in corpus["cases"]], "order of answers")
    for answer in answers:
        expect_equal(answer["error"] is None, answer["verdict"] == "accept", f"error beside a verdict in {answer}")
    return answers


def check_decided(corpus, answers, decided):
    """No decided case is judged wrongly, and there are as many of them as there should be."""
    expected = [(case, answer) for case, answer in zip(corpus["cases"], answers) if case["expect"] != "either"]
    wrong = [f"{case['id']} {case['why']}: {answer}" for case, answer in expected if answer["verdict"] != case["expect"]]
    expect(not wrong, f"{len(wrong)} wrong: {wrong[:5]}")
    expect_equal(len(expected), decided, "number of decided cases")


def check_conversation(corpus, secret_file):
    """Each question is answered before the next one is asked."""
    with subprocess.Popen(options(corpus, secret_file), stdin=subprocess.PIPE, stdout=subprocess.PIPE) as tool:
        try:
            for case in corpus["cases"][:20]:
                tool.stdin.write(line(corpus, case).encode() + b"\n")
                tool.stdin.flush()
                arrived, _, _ = select.select([tool.stdout], [], [], 10)
                expect(arrived, "no answer before the next question")
                expect_equal(json.loads(tool.stdout.readline())["id"], case["id"], "answer")
            tool.stdin.close()
            expect_equal(tool.wait(10), 0, "exit code")
        finally:
            tool.kill()

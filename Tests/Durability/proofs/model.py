"""What must be in a store after what writers said, and what of it is there."""
import hashlib

from proofs.worker import IDLE

OWNERS = [f"owner{number}" for number in range(8)]
STATES = [f"state{number}" for number in range(4)]
COUNTER = "counter"
NONE = "none"


def digest(name):
    return hashlib.sha256(name.encode()).digest()


def tags(name, number):
    return [f"owner{digest(name)[1] % 8}", f"state{number % 4}"]


class Model:
    """The states that each name may be in: one after an acknowledgement, two or more while something is in the air.

    A state is a pair of number and idle end, or "none"."""

    def __init__(self, touches_survive):
        # Touches outlive a killed process; power loss may undo them.
        self.touches_survive = touches_survive
        self.states = {}
        self.dead = {}
        self.acknowledged = 0
        self.counted = 0
        self.counting = 0
        self.counter_before = 0

    def live(self, prefix):
        """The names of one writer that are there for sure, with their state."""
        return [(name, state) for name, states in self.states.items() if name.startswith(prefix)
                for state in states if len(states) == 1 and state != NONE]

    def hear(self, lines, faults, ended=False, pending=None):
        """Takes in what a writer said, and gives back the step that is in the air."""
        for line in lines:
            word, _, rest = line.partition(" ")
            if word == ">":
                pending = rest.split()
                self._begin(pending)
            elif word == "<":
                self._end(pending, rest, faults)
                pending = None
            elif word not in ("ready", "end"):
                faults.add("broken", f"a worker said: {line}")
        if ended and (pending or not lines or lines[-1] != "end"):
            faults.add("broken", f"SIGTERM left {pending} undone")
        return pending

    def _after(self, step):
        """How a step changes one state; None when it does not apply to it."""
        operation, name = step[0], step[1]
        before = self.states.get(name, {NONE})

        def changed(state):
            if operation == "create":
                return (int(step[2]), IDLE) if state == NONE else None
            if state == NONE:
                return None
            if operation == "update":
                return (int(step[3]), state[1]) if state[0] == int(step[2]) else None
            if operation == "touch":
                return (state[0], max(state[1], int(step[2])))
            return NONE

        return {after for state in before if (after := changed(state)) is not None}

    def _begin(self, step):
        if step[0] == "purge":
            return
        if step[1] == COUNTER:
            self.counting += 1
            return
        self.states[step[1]] = self.states.get(step[1], {NONE}) | self._after(step)

    def _end(self, step, outcome, faults):
        if outcome.startswith("error"):
            return faults.add("broken", f"{step}: {outcome}")
        if step[0] == "purge":
            return None
        if step[1] == COUNTER:
            self.counting -= 1
            self.counted += outcome == "yes"
            self.acknowledged += outcome == "yes"
            return None
        if outcome == "no":
            return faults.add("lost", f"{step} found nothing")
        self.acknowledged += 1
        if step[0] != "touch" or self.touches_survive:
            self._settle(step)
        return None

    def _settle(self, step):
        name, states = step[1], self.states[step[1]]
        if step[0] == "create":
            kept = {state for state in states if state != NONE}
        elif step[0] == "update":
            kept = {state for state in states if state != NONE and state[0] == int(step[3])}
        elif step[0] == "touch":
            kept = {state for state in states if state != NONE and state[1] >= int(step[2])}
        else:
            kept = {NONE}
        self.states[name] = kept

    def judge(self, found, faults, settles=True):
        """Compares what a reader found with what must be there; if it settles things, goes on from what was found."""
        for name, state in found.items():
            if name == COUNTER:
                self._judge_counter(state, faults, settles)
                continue
            allowed = self.states.get(name, {NONE})
            if state not in allowed:
                faults.add(self._kind(state, allowed), f"{name} is {state}, not {sorted(map(str, allowed))}")
            if not settles:
                continue
            if state == NONE:
                self.states.pop(name, None)
                self.dead[name] = None
            else:
                self.states[name] = {state}

    def _kind(self, state, allowed):
        if state in ("unreadable", "foreign"):
            return state
        if isinstance(state, str) and state != NONE:
            return "broken"
        if allowed == {NONE}:
            return "back"
        return "lost"

    def _judge_counter(self, state, faults, settles):
        least = self.counter_before + self.counted
        if not isinstance(state, tuple) or not least <= state[0] <= least + self.counting:
            faults.add("lost", f"the shared counter is {state}, not {least} to {least + self.counting}")
        if not settles:
            return
        self.counter_before = state[0] if isinstance(state, tuple) else least
        self.counted = self.counting = 0


def check(model, reader, faults, everything=False, settles=True):
    """Reads back what the model knows, by key and by tag."""
    # With all that was ever removed only now and then: these are never written again.
    gone = [] if settles else [name for name, states in model.states.items() if states == {NONE}]
    names = (set(model.states) | {COUNTER}).difference(gone)
    removed = [*model.dead, *gone]
    found = reader.read(sorted(names.union(removed if everything else [*removed[-50:], *gone[-50:]])))
    model.judge(found, faults, settles)
    check_index(reader, found, faults)


def check_index(reader, found, faults):
    """Every live record is listed under its tags."""
    listed = {tag: reader.keys(tag) for tag in OWNERS + STATES}
    for name, state in found.items():
        if not isinstance(state, tuple):
            continue
        for tag in tags(name, state[0]):
            if digest(name).hex() not in listed[tag]:
                faults.add("unlisted", f"{name} under {tag}")

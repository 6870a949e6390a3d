"""Lines that machines read: FIGURE <name> <value> <bound> PASS|FAIL|SKIP."""
import sys


class Figures:
    """Collects figures, and prints each as soon as it is known."""

    def __init__(self, out=sys.stdout):
        self.lines = []
        self.out = out

    def exactly(self, name, value, bound, remark=""):
        self._add(name, value, f"={bound}", "PASS" if value == bound else "FAIL", remark)

    def at_least(self, name, value, bound, remark=""):
        self._add(name, value, f">={bound}", "PASS" if value >= bound else "FAIL", remark)

    def none(self, name, faults):
        """Zero faults; the first of them are told."""
        remark = "; ".join(str(fault) for fault in faults[:3])
        self.exactly(name, len(faults), 0, remark)

    def skip(self, name, why):
        self._add(name, "-", "-", "SKIP", why)

    def with_verdict(self, verdict):
        return [line for line in self.lines if line.split()[4] == verdict]

    def _add(self, name, value, bound, verdict, remark):
        line = f"FIGURE {name} {value} {bound} {verdict}" + (f" ({remark})" if remark else "")
        self.lines.append(line)
        if self.out:
            self.out.write(line + "\n")
            self.out.flush()


class Faults:
    """What a proof found, by kind: every kind is a figure, so that a kind that is never found is told too."""

    KINDS = ("lost", "back", "unreadable", "foreign", "unlisted", "broken")

    def __init__(self):
        self.found = {kind: [] for kind in self.KINDS}

    def add(self, kind, text):
        self.found[kind].append(text)

    @property
    def count(self):
        return sum(len(texts) for texts in self.found.values())

    def tell(self, figures, prefix):
        names = {"lost": "acknowledged_lost", "back": "removed_back", "unlisted": "missing_from_index", "broken": "other_faults"}
        for kind, texts in self.found.items():
            figures.none(f"{prefix}_{names.get(kind, kind)}", texts)

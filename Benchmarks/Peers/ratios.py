"""The ratios of one run as tables, for Benchmarks/Peers/compare and Benchmarks/Peers/chart."""


def table(rows):
    """Everything that was measured, for the terminal."""
    lines = ["| library | version | min µs | median µs | per second and core | ratio of minima | of medians |",
             "|---|---|---:|---:|---:|---:|---:|"]
    for row in rows.values():
        lines.append(f"| {row['peer']} | {row['version']} | {row['min_ns'] / 1e3:.1f} | {row['med_ns'] / 1e3:.1f} "
                     f"| {1e9 / row['min_ns']:,.0f} | {row['ratio']:.3f} | {row['ratio_of_medians']:.3f} |")
    return "\n".join(lines)


def overview(rows):
    """What Docs/Performance.md opens with."""
    lines = ["| library | version | verifications a second and core | ratio to libcrypto | ours / theirs |",
             "|---|---|---:|---:|---:|"]
    own = rows["ours"]["min_ns"]
    for name, row in rows.items():
        times = "–" if name.startswith("ours") or name == "floor" else f"{row['min_ns'] / own:.1f}"
        lines.append(f"| {row['peer']} | {row['version']} | {1e9 / row['min_ns']:,.0f} | {row['ratio']:.2f} | {times} |")
    return "\n".join(lines)

"""The ratios of one run as a table, for Benchmarks/Peers/compare and Benchmarks/Peers/chart."""


def table(rows):
    lines = ["| library | version | min µs | median µs | per second and core | ratio of minima | of medians |",
             "|---|---|---:|---:|---:|---:|---:|"]
    for row in rows.values():
        lines.append(f"| {row['peer']} | {row['version']} | {row['min_ns'] / 1e3:.1f} | {row['med_ns'] / 1e3:.1f} "
                     f"| {1e9 / row['min_ns']:,.0f} | {row['ratio']:.3f} | {row['ratio_of_medians']:.3f} |")
    return "\n".join(lines)

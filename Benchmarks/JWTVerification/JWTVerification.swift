import Benchmark
import Support

/// Each workload alone, for looking into one of them: percentiles, baselines and comparisons are the plugin's. What is
/// promised is judged by `make bench` and `.ci/counts.py`.
let benchmarks: @Sendable () -> Void = {
    Benchmark.defaultConfiguration = Benchmark.Configuration(
        metrics: [.cpuTotal, .wallClock, .throughput], warmupIterations: 1, scalingFactor: .kilo,
        maxDuration: .seconds(2))
    for workload in Workload.allCases {
        Benchmark(
            workload.rawValue,
            closure: { benchmark, subject in
                blackHole(subject.run(0..<benchmark.scaledIterations.count))
            },
            setup: { try workload.subject(Corpus(count: BenchmarkScalingFactor.kilo.rawValue)) })
    }
}

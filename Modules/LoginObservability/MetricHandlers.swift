#if Observability

    import CoreMetrics
    import OAuthTypes

    /// The counters of a metric with one label. Its values are a closed list: whatever else is counted is `other`.
    struct LabelledCounters: Sendable {
        private static let other = "other"

        private let counters: [String: Counter]

        /// All of them exist from the start, so that the first one counted is an increase.
        init(_ metric: LoginMetric, label: String, values: [String], factory: any MetricsFactory) {
            var counters: [String: Counter] = [:]
            for value in Set(values).union([LabelledCounters.other]) {
                counters[value] = Counter(label: metric.rawValue, dimensions: [(label, value)], factory: factory)
            }
            self.counters = counters
        }

        func increment(_ value: String?, by amount: Int = 1) {
            (counters[value ?? LabelledCounters.other] ?? counters[LabelledCounters.other])?.increment(by: amount)
        }
    }

    /// The timers of something that works or fails.
    struct OutcomeTimers: Sendable {
        private let ok, failed: Timer

        init(_ metric: LoginMetric, label: String, value: String, factory: any MetricsFactory) {
            let timer = { (outcome: String) in
                Timer(
                    label: metric.rawValue, dimensions: [(label, value), ("outcome", outcome)],
                    preferredDisplayUnit: .seconds, factory: factory)
            }
            (ok, failed) = (timer("ok"), timer("failed"))
        }

        func record(_ duration: Duration, isOK: Bool) {
            (isOK ? ok : failed).recordNanoseconds(max(duration.inNanoseconds, 0))
        }
    }

#endif

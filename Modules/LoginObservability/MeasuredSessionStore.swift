#if Observability

    public import CoreMetrics
    public import OAuthTypes
    public import SessionStore

    extension SessionStore {
        /// This store, with the duration of each operation as a metric of swift-metrics.
        ///
        /// ```swift
        /// let flow = try LoginFlow(settings, store: MemorySessionStore().measured(), keys: keys, environment: environment)
        /// ```
        /// It passes everything on, keeps every law that this store keeps, and is an `IndexedSessionStore` if this store
        /// is. Records and keys are no part of the metrics.
        /// - Parameters:
        ///   - factory: makes the metrics; by default that of the metrics system.
        ///   - stopwatch: measures.
        public func measured(
            by factory: any MetricsFactory = MetricsSystem.factory, stopwatch: Stopwatch = .system
        ) -> any SessionStore {
            MeasuredSessionStore(inner: self, metrics: StoreMetrics(factory: factory, stopwatch: stopwatch))
        }
    }

    struct MeasuredSessionStore<Inner: SessionStore>: SessionStore {
        let inner: Inner
        let metrics: StoreMetrics

        func read(_ key: SessionKey, at now: UnixTime) async throws -> SessionRecord? {
            try await metrics.during(metrics.read) { try await inner.read(key, at: now) }
        }

        func write(
            _ record: SessionRecord, for key: SessionKey, if condition: WriteCondition, at now: UnixTime
        ) async throws -> Bool {
            try await metrics.during(metrics.write) {
                try await inner.write(record, for: key, if: condition, at: now)
            }
        }

        func touch(_ key: SessionKey, until idleEnd: UnixTime, at now: UnixTime) async throws -> Bool {
            try await metrics.during(metrics.touch) { try await inner.touch(key, until: idleEnd, at: now) }
        }

        func remove(_ key: SessionKey, at now: UnixTime) async throws -> SessionRecord? {
            try await metrics.during(metrics.remove) { try await inner.remove(key, at: now) }
        }

        func purge(expiredBefore time: UnixTime, limit: Int) async throws -> Int {
            let count = try await metrics.during(metrics.purge) {
                try await inner.purge(expiredBefore: time, limit: limit)
            }
            metrics.purgedRecords.increment(by: count)
            return count
        }
    }

    extension MeasuredSessionStore: IndexedSessionStore where Inner: IndexedSessionStore {
        func keys(
            matching tag: IndexTag, after: SessionKey?, limit: Int, at now: UnixTime
        ) async throws -> [SessionKey] {
            try await metrics.during(metrics.keys) {
                try await inner.keys(matching: tag, after: after, limit: limit, at: now)
            }
        }

        func removeAll(matching tag: IndexTag, limit: Int, at now: UnixTime) async throws -> [SessionRecord] {
            try await metrics.during(metrics.removeAll) {
                try await inner.removeAll(matching: tag, limit: limit, at: now)
            }
        }
    }

    /// The metrics of a store.
    struct StoreMetrics: Sendable {
        let read, write, touch, remove, purge, keys, removeAll: OutcomeTimers
        let purgedRecords: Counter
        private let stopwatch: Stopwatch

        init(factory: any MetricsFactory, stopwatch: Stopwatch) {
            let timers = { (operation: String) in
                OutcomeTimers(.storeCalls, label: "operation", value: operation, factory: factory)
            }
            (read, write, touch, remove) = (timers("read"), timers("write"), timers("touch"), timers("remove"))
            (purge, keys, removeAll) = (timers("purge"), timers("keys"), timers("remove_all"))
            purgedRecords = Counter(label: LoginMetric.purgedRecords.rawValue, dimensions: [], factory: factory)
            self.stopwatch = stopwatch
        }

        func during<Answer>(_ timers: OutcomeTimers, _ call: () async throws -> Answer) async throws -> Answer {
            let start = stopwatch.reading
            do {
                let answer = try await call()
                timers.record(stopwatch.reading - start, isOK: true)
                return answer
            } catch {
                timers.record(stopwatch.reading - start, isOK: false)
                throw error
            }
        }
    }

#endif

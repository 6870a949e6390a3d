#if Observability

    /// The names of all metrics, as Prometheus shows them. Docs/Guides/Observability.md and the dashboard beside it use
    /// them; a test compares.
    package enum LoginMetric: String, CaseIterable, Sendable {
        /// Logins by `outcome`.
        case logins = "login_logins_total"
        /// Problems by `code`.
        case refusals = "login_refusals_total"
        /// Problems by `turn`: who can act.
        case turns = "login_refusals_by_turn_total"
        /// Refreshes by `outcome`.
        case refreshes = "login_refreshes_total"
        /// Sessions by what happened to them: `event`.
        case sessions = "login_sessions_total"
        /// Deviations of the provider by `source`.
        case deviations = "login_provider_deviations_total"
        /// All events by `event`.
        case events = "login_events_total"
        /// How long a `phase` took, with its `outcome`.
        case phases = "login_phase_duration_seconds"
        /// How long an `operation` of the session store took, with its `outcome`.
        case storeCalls = "login_store_duration_seconds"
        /// Expired records that were removed.
        case purgedRecords = "login_store_purged_records_total"
    }

#endif

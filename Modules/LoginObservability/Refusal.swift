#if Observability

    /// The codes of the flow's problems: a closed list for labels. Docs/Guides/Problems.md explains them.
    package enum Refusal {
        /// Why a login did not begin, a callback was refused, or a code did not become a session.
        package static let ofLogins: Set<String> = [
            "authorization_request_invalid", "callback_no_form", "callback_code_missing",
            "callback_code_too_long", "callback_duplicate_parameter", "callback_error_without_state",
            "callback_expired", "callback_issuer_mismatch", "callback_issuer_missing", "callback_login_needed",
            "callback_malformed",
            "callback_keys_unavailable", "callback_provider_error", "callback_response_refused",
            "callback_state_mismatch", "callback_state_missing", "callback_unknown_login",
            "callback_unsigned", "pushed_request_failed", "request_signing_failed",
            "callback_used", "discovery_failed", "hook_failed", "id_token_keys_unavailable", "id_token_missing",
            "id_token_refused", "initiation_refused", "login_denied", "login_in_circles", "login_interrupted",
            "login_start_failed",
            "provider_demand_unmet", "return_path_too_long", "session_expiry_refused", "session_id_taken",
            "session_too_large", "token_request_failed", "too_many_logins",
        ]

        /// What else is answered with a problem. A store that fails concerns pages as well as logins.
        package static let others: Set<String> = [
            "body_too_long", "csrf_token_refused", "method_refused", "session_lost_in_rotation",
            "session_store_failed", "token_login_needed", "token_none_issued", "token_not_checked_yet",
            "token_provider_away", "token_refresh_failed", "token_refresh_refused",
        ]

        /// The operator's turn by their meaning, and yet anyone brings them about: with an address of one's own making,
        /// without cookies, or with a long name at the provider.
        private static let atWill: Set<String> = [
            "callback_no_form", "callback_code_missing", "callback_issuer_missing", "callback_provider_error",
            "login_in_circles", "session_too_large",
        ]

        static func isAtWill(_ code: String?) -> Bool { code.map(atWill.contains) ?? false }
    }

#endif

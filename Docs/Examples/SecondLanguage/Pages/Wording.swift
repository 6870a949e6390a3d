import LoginFlow

/// What the page of a problem says. The codes are stable, the English texts are not.
struct Wording {
    let title, advice: String

    private init(_ title: String, _ advice: String) {
        self.title = title
        self.advice = advice
    }

    init(_ problem: FlowProblem) {
        self = Wording.own(problem) ?? Wording.common(problem)
    }

    /// Problems with words of their own.
    private static func own(_ problem: FlowProblem) -> Wording? {
        switch problem.code {
        case "callback_expired":
            Wording(
                "Die Anmeldung hat zu lange gedauert",
                "Zu Ihrer Sicherheit muss sie in zehn Minuten fertig sein. Bitte beginnen Sie neu.")
        case "callback_error_without_state":
            Wording(
                "Die Anmeldung wurde nicht beendet", "Es wurde nichts weitergegeben. Versuchen Sie es gern noch einmal."
            )
        case "callback_provider_error" where problem.turn == .user:
            Wording(
                "Die Anmeldung wurde abgelehnt",
                "Sie oder der Anmeldedienst haben sie abgelehnt. Es wurde nichts weitergegeben. Versuchen Sie es gern noch einmal."
            )
        case "callback_no_form":
            Wording("Der Anmeldedienst hat auf eine Weise geantwortet, die diese Seite nicht versteht", tellUs)
        // The reason comes from the app's own hook, in the app's own language.
        case "login_denied": Wording("Sie können sich hier nicht anmelden", problem.detail)
        case "login_in_circles":
            Wording(
                "Ihre Anmeldung geht immer wieder verloren",
                "Erlauben Sie Cookies für diese Seite und warten Sie eine Minute. Hilft das nicht, melden Sie es uns bitte mit der Kennung."
            )
        case "initiation_refused":
            Wording(
                "Diese Anmeldung war nicht für diese Seite bestimmt",
                "Eine andere Seite verlangt eine Anmeldung bei einem Dienst, den es hier nicht gibt. Melden Sie sich hier von vorn an."
            )
        case "return_path_too_long":
            Wording("Diese Adresse ist zu lang", "Melden Sie sich erst an und öffnen Sie die Seite danach noch einmal.")
        case "too_many_logins":
            Wording(
                "Gerade melden sich zu viele an",
                "Bitte warten Sie eine Minute und laden Sie die Seite neu. Dann geht Ihre Anmeldung weiter.")
        case "session_store_failed", "session_id_taken":
            Wording("Ihre Sitzung ist gerade nicht erreichbar", later)
        case "session_lost_in_rotation":
            Wording("Ihre Sitzung ist beendet", "Sie konnte nicht erneuert werden. Bitte melden Sie sich wieder an.")
        case "csrf_token_refused":
            Wording(
                "Dieses Formular ist veraltet",
                "Gehen Sie zurück, laden Sie die Seite neu und versuchen Sie es noch einmal.")
        case "method_refused":
            Wording(
                "Diese Adresse nimmt kein Formular an", "Es wurde nichts geändert. Sie können sich von vorn anmelden.")
        case "body_too_long":
            Wording(
                "Dieses Formular ist zu lang", "Es wurde nichts geändert. Gehen Sie zurück und laden Sie die Seite neu."
            )
        case "page_forbidden": Wording("Diese Seite ist nicht für Sie", "Ihrem Konto fehlt die Berechtigung.")
        case "page_not_found":
            Wording("Diese Seite gibt es nicht", "Vielleicht ist die Adresse falsch, oder die Seite wurde entfernt.")
        case "page_failed": Wording("Auf dieser Seite ging etwas schief", tellUs)
        case "page_unavailable": Wording("Diese Seite antwortet gerade nicht", later)
        case "token_login_needed": Wording("Bitte melden Sie sich wieder an", "Ihre Berechtigung dafür ist abgelaufen.")
        case "token_not_checked_yet":
            Wording("Ihre neue Berechtigung wird noch geprüft", later)
        case "token_refresh_failed": Wording("Ihre Berechtigung konnte nicht erneuert werden", later)
        case "token_refresh_refused":
            Wording("Der Anmeldedienst hat Ihre Berechtigung nicht erneuert", tellUs)
        case "token_none_issued": Wording("Der Anmeldedienst gibt uns dafür keine Berechtigung", tellUs)
        case "hook_failed": Wording("Die Anmeldung konnte nicht beendet werden", tellUs)
        case "id_token_missing", "id_token_refused", "session_expiry_refused":
            Wording("Die Antwort des Anmeldedienstes gilt nicht", tellUs)
        default: nil
        }
    }

    /// What problems of the same kind have in common, those of later releases included.
    private static func common(_ problem: FlowProblem) -> Wording {
        switch (problem.turn, problem.status) {
        case (.wait, _): Wording("Der Anmeldedienst ist nicht erreichbar", later)
        case (.operator, 500): Wording("Die Anmeldung ist nicht richtig eingerichtet", tellUs)
        case (.operator, _): Wording("Der Anmeldedienst hat unsere Anfrage abgelehnt", tellUs)
        case (.user, 403):
            Wording(
                "Der Anmeldedienst verlangt eine neue Anmeldung",
                "Es fehlt noch ein Schritt, etwa ein zweiter Faktor oder Ihre Zustimmung. Melden Sie sich noch einmal an."
            )
        case (.user, _):
            Wording(
                "Diese Anmeldung kann nicht weitergehen",
                "Sie wurde in einem anderen Browser begonnen, ist schon benutzt oder zu alt. Mit Ihrem Konto ist alles in Ordnung: Melden Sie sich noch einmal an."
            )
        }
    }

    private static let later =
        "Das geht meist schnell vorbei. Bitte versuchen Sie es gleich noch einmal; Sie wurden nicht abgemeldet."
    private static let tellUs = "Sie können das nicht beheben. Bitte melden Sie es uns mit der Kennung."
}

import WireFormats

// Authorization responses that no honest provider sends.
extension HostileProvider.Fault {
    static let responseAttacks: [HostileProvider.Fault] = [
        emptyState, repeatedState, repeatedCode, repeatedIssuer, codeWithError, neitherCodeNorError, longCode,
        longState, foreignCode, scriptInError, tokensInResponse,
    ]

    /// The provider sends an empty state back.
    public static let emptyState = HostileProvider.Fault(
        "emptyState", .refuse,
        summary: "sends an empty state back",
        recipe: .response { $0["state"] = "" })

    /// The provider sends the state twice.
    public static let repeatedState = HostileProvider.Fault(
        "repeatedState", .refuse,
        summary: "sends the state twice",
        recipe: .response { $0 += $0.filter { $0.name == "state" } })

    /// The provider sends two codes.
    public static let repeatedCode = HostileProvider.Fault(
        "repeatedCode", .refuse,
        summary: "sends two codes",
        recipe: .response { $0.append(FormField(name: "code", value: "second")) })

    /// The provider sends two issuers.
    public static let repeatedIssuer = HostileProvider.Fault(
        "repeatedIssuer", .refuse,
        summary: "sends two issuers",
        recipe: .response { $0.append(FormField(name: "iss", value: "https://elsewhere.example")) })

    /// The provider sends a code and an error in one response.
    public static let codeWithError = HostileProvider.Fault(
        "codeWithError", .refuse,
        summary: "sends a code and an error in one response",
        recipe: .response { $0.append(FormField(name: "error", value: "access_denied")) })

    /// The provider sends neither a code nor an error.
    public static let neitherCodeNorError = HostileProvider.Fault(
        "neitherCodeNorError", .refuse,
        summary: "sends neither a code nor an error",
        recipe: .response { $0["code"] = nil })

    /// The provider sends a code of 1,500 octets.
    public static let longCode = HostileProvider.Fault(
        "longCode", .refuse,
        summary: "sends a code of 1,500 octets",
        recipe: .response { $0["code"] = String(repeating: "c", count: 1_500) })

    /// The provider sends a state of 1,500 octets.
    public static let longState = HostileProvider.Fault(
        "longState", .refuse,
        summary: "sends a state of 1,500 octets",
        recipe: .response { $0["state"] = String(repeating: "s", count: 1_500) })

    /// The provider sends a code that it never issued.
    public static let foreignCode = HostileProvider.Fault(
        "foreignCode", .refuse,
        summary: "sends a code that it never issued",
        recipe: .response { $0["code"] = "a-code-of-another-login" })

    /// The provider sends an error whose description is a script.
    public static let scriptInError = HostileProvider.Fault(
        "scriptInError", .refuse,
        summary: "sends an error whose description is a script",
        recipe: .response { fields in
            fields["code"] = nil
            fields["error"] = "server_error"
            fields["error_description"] = "<script>alert(1)</script>"
            fields["error_uri"] = "javascript:alert(1)"
        })

    /// The provider sends tokens in the authorization response instead of a code.
    public static let tokensInResponse = HostileProvider.Fault(
        "tokensInResponse", .refuse,
        summary: "sends tokens in the authorization response instead of a code",
        recipe: .response { fields in
            fields["code"] = nil
            fields["access_token"] = "stolen"
            fields["id_token"] = "e30.e30.AA"
        })
}

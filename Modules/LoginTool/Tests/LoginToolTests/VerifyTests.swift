import JOSE
import LoginToolCommands
import Testing
import WireFormats

@Suite struct VerifyTests {
    let issuer: TestIssuer

    init() throws { issuer = try TestIssuer() }

    func verify(_ token: String, options more: [String] = []) -> Session {
        Session(["token", "verify", "--jwks", issuer.keySetFile] + issuer.options + more + ["-"], input: token + "\n")
    }

    @Test func printsTheClaimsOfAGoodToken() throws {
        let session = verify(try issuer.token())
        let claims = try #require(JSONValue(parsing: Array(session.output.utf8))?.objectValue)
        #expect(session.status == .success)
        #expect(claims["sub"] == "user-1" && claims["nonce"] == .string(Session.nonce))
        #expect(session.complaint == "")
    }

    @Test func takesTheTokenAsAnArgumentToo() throws {
        let arguments = ["token", "verify", "--jwks", issuer.keySetFile] + issuer.options
        #expect(Session(arguments + [try issuer.token()]).status == .success)
    }

    @Test func judgesEachKindByItsProfile() throws {
        let tokens = [
            "id-token": try issuer.token(), "logout-token": try issuer.logoutToken(),
            "access-token": try issuer.accessToken(), "access-token-auth0": try issuer.token(changing: ["nonce": nil]),
        ]
        for (profile, _) in tokens {
            for (kind, token) in tokens {
                let status = verify(token, options: ["--profile", profile]).status
                #expect(status == (kind == profile ? .success : .refused), "\(kind) as \(profile)")
            }
        }
    }

    @Test(arguments: [
        (
            ["--at", "1760000310", "--leeway", "10"],
            "expired: ID token refused: the token expired (exp) 10 s ago (clocks may differ by 10 s): compare the clocks\n"
        ),
        (
            ["--at", "1759999989"],
            "issued_in_future: ID token refused: the token was issued (iat) 1 s in the future (clocks may differ by 0 s): "
                + "compare the clocks\n"
        ),
        (
            ["--at", "-9223372036854775808"],
            "issued_in_future: ID token refused: the token was issued (iat) 9223372036854775807 s in the future (clocks "
                + "may differ by 0 s): compare the clocks\n"
        ),
        (
            ["--client-id", "-other"],
            "wrong_aud: ID token refused: the claim aud has not the expected value: expected '-other', found "
                + "'client-123'\n"
        ),
        (["--nonce", "other"], "wrong_nonce: ID token refused: the claim nonce has not the expected value\n"),
        (
            ["--issuer", "https://other.example"],
            "wrong_iss: ID token refused: the claim iss has not the expected value: expected 'https://other.example', "
                + "found 'https://issuer.example'\n"
        ),
        (
            ["--alg", "RS256,PS256"],
            "algorithm_not_accepted: ID token refused: the token's algorithm (alg) is not among the configured ones: "
                + "expected 'RS256' or 'PS256', found 'ES256'\n"
        ),
    ])
    func refusesWithOneLineThatBeginsWithACode(_ more: [String], complaint: String) throws {
        let session = verify(try issuer.token(), options: ["--leeway", "0"] + more)
        #expect(session.status == .refused)
        #expect(session.output == "")
        #expect(session.complaint == complaint)
    }

    @Test func notesWhatDepartsAndWasReadAllTheSame() throws {
        var jwk = issuer.key.publicJWK
        jwk["oth"] = []
        let file = try issuer.folder.file("odd.json", text: JSONValue.object(["keys": [.object(jwk)]]).text())
        let session = verify(try issuer.token(changing: ["amr": "pwd"]), options: ["--jwks", file])
        #expect(session.status == .success)
        #expect(
            session.complaint
                == "note: jwks oth: an empty private member, read as absent\n"
                + "note: id_token amr: a text, read as an array of it\n")
    }

    @Test func callsAnEncryptedTokenEncrypted() {
        #expect(verify("a.b.c.d.e").complaint.hasPrefix("encrypted: ID token refused: the token is encrypted (JWE"))
    }

    /// A token on the command line may come from anyone.
    @Test func refusesAnUnknownType() throws {
        let session = verify(try issuer.token(type: "ID+JWT"))
        #expect(session.complaint.hasPrefix("wrong_type: ") && session.complaint.contains("found 'ID+JWT'"))
    }

    @Test func allowsTheLeewayAndNoMore() throws {
        let token = try issuer.token()
        #expect(verify(token, options: ["--at", "1760000309", "--leeway", "10"]).status == .success)
        #expect(verify(token, options: ["--at", "1760000310", "--leeway", "10"]).status == .refused)
    }

    @Test(arguments: [
        ("<html>", "malformed_key_set"), ("", "malformed_key_set"), ("{}", "key_set_without_keys"),
        (#"{"keys":[]}"#, "unknown_key"), (#"{"keys":[],"keys":[]}"#, "malformed_key_set"),
    ])
    func refusesByAKeySetThatIsNone(_ text: String, code: String) throws {
        let file = try issuer.folder.file("broken.json", text: text)
        let session = verify(try issuer.token(), options: ["--jwks", file])
        #expect(session.status == .refused)
        #expect(session.complaint.hasPrefix("\(code): "))
    }

    @Test func showsNothingOfARefusedToken() throws {
        let token = try issuer.token(changing: ["sub": "a-secret-subject"])
        let complaints = [["--nonce", "x"], ["--at", "0"], ["--alg", "RS256"]].map {
            verify(token, options: $0).complaint
        }
        for complaint in complaints + [verify(token + "x").complaint, verify("secret." + token).complaint] {
            #expect(!complaint.contains("secret"))
            #expect(token.split(separator: ".").allSatisfy { !complaint.contains($0) })
        }
    }

    @Test func takesHMACByTheClientSecretOnly() throws {
        let secret = try issuer.folder.file("secret", text: HMACToken.secret + "\n")
        let hmac = ["--client-secret-file", secret, "--nonce", HMACToken.nonce]
        #expect(verify(HMACToken.text, options: hmac + ["--alg", "HS256"]).status == .success)
        #expect(verify(HMACToken.text, options: hmac + ["--alg", "HS512,HS384,HS256"]).status == .success)
        #expect(
            verify(HMACToken.text, options: hmac + ["--alg", "HS384"]).complaint.hasPrefix("algorithm_not_accepted: "))
        #expect(
            verify(HMACToken.text, options: hmac + ["--alg", "RS256"]).complaint.hasPrefix("algorithm_not_accepted: "))
    }

    @Test(arguments: [
        ("another secret of at least thirty-two octets", "invalid_signature"), ("tiny", "weak_client_secret"),
    ])
    func refusesHMACByAnotherSecret(_ secret: String, code: String) throws {
        let file = try issuer.folder.file("secret", text: secret)
        let session = verify(
            HMACToken.text, options: ["--client-secret-file", file, "--alg", "HS256", "--nonce", HMACToken.nonce])
        #expect(session.status == .refused)
        #expect(session.complaint.hasPrefix("\(code): "))
        #expect(!session.complaint.contains(secret))
    }
}

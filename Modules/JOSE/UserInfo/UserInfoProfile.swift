/// The format of an issuer's signed UserInfo responses.
///
/// No header type and no claim identifies such a response, and issuer and client are those of an ID token. What
/// distinguishes them is that an ID token must have `exp` (OpenID Connect Core §2), which §5.3.2 does not define.
public struct UserInfoProfile: Hashable, Sendable {
    enum Form: Sendable { case core, expiring }

    let form: Form

    /// The standard format, without `exp`: neither an ID token nor a UserInfo response can be used as the other.
    public static let core = UserInfoProfile(form: .core)

    /// For issuers that write `exp`, which is then required and must not have passed.
    ///
    /// An ID token with neither `nonce` nor a hash, as some issuers return in a refresh, looks exactly like such a
    /// response. Only their source then distinguishes them: accept UserInfo only from the UserInfo endpoint and ID
    /// tokens only from the token endpoint. The ID token of a login always has the nonce, so that it cannot be
    /// confused.
    public static let expiring = UserInfoProfile(form: .expiring)
}

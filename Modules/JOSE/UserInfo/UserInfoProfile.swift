/// The form in which an issuer signs its UserInfo responses.
///
/// Neither a header type nor a claim of its own marks such a response, and issuer and client are those of an ID token.
/// What tells the two apart is that an ID token must have `exp` (OpenID Connect Core §2) and §5.3.2 knows none here.
public struct UserInfoProfile: Hashable, Sendable {
    enum Form: Sendable { case core, expiring }

    let form: Form

    /// As the standard has it, without `exp`: no ID token is taken for UserInfo, and no UserInfo for an ID token.
    public static let core = UserInfoProfile(form: .core)

    /// For issuers that write `exp`, which is then required and must not have passed.
    ///
    /// An ID token with neither `nonce` nor a hash, as some issuers return with refreshed tokens, looks exactly like
    /// such a response, and the other way round. What keeps them apart is then only where they come from: take
    /// UserInfo from the UserInfo endpoint alone, ID tokens from the token endpoint alone. The ID token of a login
    /// always has the nonce, so there the mix-up stays impossible.
    public static let expiring = UserInfoProfile(form: .expiring)
}

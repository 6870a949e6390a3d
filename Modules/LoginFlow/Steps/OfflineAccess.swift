/// How the scope `offline_access` is requested (OpenID Connect Core §11).
///
/// Providers differ: some grant it directly, some only together with `prompt=consent` and otherwise leave out the
/// refresh token or refuse the login, some do not know it and issue a refresh token all the same.
public enum OfflineAccess: Sendable, Hashable {
    /// As it is at first. Where the token endpoint then gives no refresh token, with `prompt=consent` for a day, and where
    /// that gives none either, as it is for a day. Only token answers teach this; a callback, which anyone could make
    /// up, ends in one more try without the scope, for that login alone.
    case automatic
    /// Never, whatever ``LoginSettings/scope`` says.
    case never
    /// Together with `prompt=consent`; not in a login with `prompt=none`, which excludes it.
    case withConsent
    /// Alone, whatever the token endpoint answers.
    case plain
}

#if Hummingbird

    // What an ordinary app names, so that it imports HummingbirdLogin alone. With the upcoming feature MemberImportVisibility a
    // member is visible only where its module is imported. An alias of a type does not bring the type's members along, an
    // exported import of the type does: of the other declarations of its module it exports no name. The language has no
    // spelling without an underscore for it; Hummingbird and SwiftNIO export their parts like this too.

    @_exported public import class LoginFlow.LoginFlow
    @_exported public import struct LoginFlow.ClientAddress
    @_exported public import struct LoginFlow.LoginSession
    @_exported public import struct LoginFlow.LoginSettings

    @_exported public import struct LoginLifecycle.LoginService

    @_exported public import struct OAuthTypes.ClientID
    @_exported public import struct OAuthTypes.ClientSecret
    @_exported public import struct OAuthTypes.EndpointURL
    @_exported public import struct OAuthTypes.Issuer
    @_exported public import struct OAuthTypes.Scope
    @_exported public import struct OAuthTypes.SettingsError

    @_exported public import class SessionStore.FileSessionStore
    @_exported public import class SessionStore.MemorySessionStore
    @_exported public import class SessionStore.SQLiteSessionStore
    @_exported public import struct SessionStore.SealingKeys

#endif

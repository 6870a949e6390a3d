#if Hummingbird

    public import LoginFlow
    public import LoginLifecycle
    public import OAuthTypes
    public import SessionStore

    // What an ordinary app names, so that it imports HummingbirdLogin alone. Each is the type of the same name; an app that
    // imports the other modules too still means one thing by each name.

    /// The login of a web app.
    public typealias LoginFlow = LoginFlow::LoginFlow
    /// The app and how it logs users in.
    public typealias LoginSettings = LoginFlow::LoginSettings
    /// Every fault of the settings.
    public typealias SettingsError = OAuthTypes::SettingsError
    /// A logged-in user in this browser.
    public typealias LoginSession = LoginFlow::LoginSession
    /// The client that a request comes from.
    public typealias ClientAddress = LoginFlow::ClientAddress

    /// Runs the flow as a service, and ends with the app: `Application(…, services: [LoginService(flow) { … }])`.
    public typealias LoginService = LoginLifecycle::LoginService

    /// Sessions in memory.
    public typealias MemorySessionStore = SessionStore::MemorySessionStore
    /// Sessions in files.
    public typealias FileSessionStore = SessionStore::FileSessionStore
    /// Sessions in an SQLite database.
    public typealias SQLiteSessionStore = SessionStore::SQLiteSessionStore
    /// The keys that seal sessions.
    public typealias SealingKeys = SessionStore::SealingKeys

    /// The provider's name, compared octet by octet.
    public typealias Issuer = OAuthTypes::Issuer
    /// The app's client ID at the provider.
    public typealias ClientID = OAuthTypes::ClientID
    /// The app's client secret at the provider.
    public typealias ClientSecret = OAuthTypes::ClientSecret
    /// An absolute URL.
    public typealias EndpointURL = OAuthTypes::EndpointURL
    /// A scope to request or to require.
    public typealias Scope = OAuthTypes::Scope

#endif

import JOSE
import OAuthTypes

// What a service that only verifies tokens takes along. The linker keeps the whole of every module that is used.
let keys = try JWKSet(jwks: Array(#"{"keys":[]}"#.utf8))
print(IDTokenVerifier(keys: LocalJWKSet(keys, of: try Issuer("https://issuer.example")), algorithms: [.rs256]))

import OAuthTypes

// Enough use that the linker keeps the product.
let issuer = try Issuer("https://login.example")
print(try issuer.configurationURL())

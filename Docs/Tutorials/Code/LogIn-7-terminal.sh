export LOGIN_ISSUER=https://YOUR-TENANT.auth0.com/
export LOGIN_CLIENT_ID=the-id-of-your-client
export LOGIN_CLIENT_SECRET=the-secret-of-your-client
export LOGIN_BASE_URL=http://localhost:3000
swift run ShopServer

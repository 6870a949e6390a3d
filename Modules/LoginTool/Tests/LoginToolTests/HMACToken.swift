/// An ID token with HS256, made with Python's hmac; the library itself signs none.
enum HMACToken {
    static let secret = "a client secret of the tests, long enough for HS384 too"
    static let nonce = "n-1"
    static let text = """
        eyJhbGciOiJIUzI1NiJ9\
        .eyJpc3MiOiJodHRwczovL2lzc3Vlci5leGFtcGxlIiwic3ViIjoidXNlci0xIiwiYXVkIjoiY2xpZW50LTEyMyIsImV4cCI6MTc2\
        MDAwMDMwMCwiaWF0IjoxNzU5OTk5OTkwLCJub25jZSI6Im4tMSJ9\
        .Ctc7KbAs9S4uhfRGGWA24mZ0T1wypQWgotLna8IjP5M
        """
}

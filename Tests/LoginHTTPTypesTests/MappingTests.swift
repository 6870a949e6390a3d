#if HTTPTypes

    import HTTPTypes
    import LoginFlow
    import LoginHTTPTypes
    import OAuthTypes
    import Testing

    @Suite struct MappingTests {
        private func request(
            _ method: String = "GET", authority: String? = "app.example", path: String? = "/",
            fields: HTTPFields = [:]
        ) throws -> BrowserRequest? {
            let method = try #require(HTTPRequest.Method(method))
            return BrowserRequest(
                HTTPRequest(method: method, scheme: "https", authority: authority, path: path, headerFields: fields))
        }

        private func lines(_ fields: [HeaderField]?) -> [String]? { fields?.map { "\($0.name): \($0.value)" } }

        private func name(_ text: String) throws -> HTTPField.Name { try #require(HTTPField.Name(text)) }

        @Test func keepsMethodTargetFieldsAndBody() throws {
            let head = HTTPRequest(
                method: .post, scheme: "https", authority: "app.example", path: "/a%2Fb?c=%20&&",
                headerFields: [.accept: "text/html", try name("X-One"): "1"])
            let visit = try #require(BrowserRequest(head, body: [1, 2]))
            #expect(visit.method == .post)
            #expect(visit.target == "/a%2Fb?c=%20&&")
            #expect(lines(visit.fields) == ["Host: app.example", "Accept: text/html", "X-One: 1"])
            #expect(visit.body == [1, 2])
        }

        @Test func repeatedFieldsStayApartAndInOrder() throws {
            var fields = HTTPFields()
            for value in ["1", "2", "3"] { fields.append(HTTPField(name: try name("X-Forwarded-For"), value: value)) }
            #expect(try request(fields: fields)?.fields.values(named: "x-forwarded-for") == ["1", "2", "3"])
            let back = HTTPFields(try #require([HeaderField](fields)))
            #expect(back == fields)
        }

        @Test func cookiesThatHTTP2SplitAreJoined() throws {
            var fields = HTTPFields()
            fields.append(HTTPField(name: .cookie, value: "a=1"))
            fields.append(HTTPField(name: .accept, value: "*/*"))
            fields.append(HTTPField(name: try name("Cookie"), value: "b=2; c=3"))
            let visit = try #require(try request(authority: nil, fields: fields))
            #expect(lines(visit.fields) == ["Cookie: a=1; b=2; c=3", "Accept: */*"])
        }

        @Test(arguments: [nil, "app.example:8080"]) func anAuthorityBecomesHost(authority: String?) throws {
            #expect(try request(authority: authority)?.fields.values(named: "Host") == (authority.map { [$0] } ?? []))
        }

        @Test func aHostThatIsThereStays() throws {
            let visit = try request(authority: "a.example", fields: [try name("Host"): "b.example"])
            #expect(visit?.fields.values(named: "Host") == ["b.example"])
        }

        @Test func aValueThatIsNotUTF8IsReadAsISO8859() throws {
            let fields = HTTPFields([HTTPField(name: try name("X"), value: [0x61, 0xE9, 0xFF] as [UInt8])])
            #expect(try request(fields: fields)?.fields.values(named: "X") == ["a\u{E9}\u{FF}"])
        }

        @Test(arguments: ["h\u{E9}", "\u{FFFD}", "\u{1F600}"]) func aValueInUTF8StaysAsItIs(value: String) throws {
            let visit = try request(fields: [try name("X"): value])
            #expect(visit?.fields.values(named: "X") == [value])
            let field = try #require(HeaderField("X", value))
            #expect(HTTPFields([field]).first?.value == value)
        }

        /// Such values come from servers that build fields leniently; a control character would split a log line.
        @Test(arguments: [[0x61, 0x01], [0x7F], [0x1B, 0x5B]] as [[UInt8]])
        func aValueWithAControlCharacterIsNoField(octets: [UInt8]) throws {
            let fields = HTTPFields([HTTPField(name: try name("X"), lenientValue: octets)])
            #expect([HeaderField](fields) == nil)
            #expect(try request(fields: fields) == nil)
        }

        @Test(arguments: [
            ("http://app.example/a?b", "/a?b"), ("HTTPS://app.example", "/"), ("http://app.example?b", "/?b"),
            ("/http://a", "/http://a"),
        ])
        func theAbsoluteFormIsReadAsPathAndQuery(path: String, target: String) throws {
            #expect(try request(path: path)?.target == target)
        }

        @Test(arguments: [nil, "", "*", "app.example:443", "a/b", "ftp://a/"])
        func aTargetThatIsNoPathIsNoVisit(path: String?) throws {
            #expect(try request(path: path) == nil)
        }

        @Test(arguments: ["get", "M-SEARCH", String(repeating: "A", count: 33)])
        func aMethodOfNoBrowserIsNoVisit(method: String) throws {
            #expect(try request(method) == nil)
        }

        @Test(arguments: [200, 303, 413, 599]) func aReplyKeepsItsStatusAndEveryCookie(status: Int) throws {
            let fields = ["a=1", "b=2"].compactMap { HeaderField("Set-Cookie", $0) }
            let reply = BrowserReply(status: status, fields: fields, body: [1])
            let response = HTTPResponse(reply)
            #expect(response.status.code == status)
            #expect(response.headerFields[values: .setCookie] == ["a=1", "b=2"])
            #expect(BrowserReply(response, body: [1])?.fields == fields)
        }

        /// HTTPTypes stops the program for some of these.
        @Test(arguments: [Int.min, -1, 0, 100, 199, 600, 1000, Int.max])
        func aStatusThatNoServerMaySendBecomes500(status: Int) {
            #expect(HTTPResponse(BrowserReply(status: status)).status == .internalServerError)
        }

        @Test func aTransportsRequestKeepsItsTextAndLosesWhatFramesIt() throws {
            let pairs = [("Host", "evil.example"), ("Content-Length", "9"), ("TE", "trailers"), ("X", "1")]
            let url = try EndpointURL("https://API.example:8443/a/%2e?b=%20")
            let head = try #require(
                HTTPRequest(
                    TransportRequest(.put, url, fields: pairs.compactMap { HeaderField($0, $1) }, replay: .never)))
            #expect(head.method == .put && head.scheme == "https")
            #expect(head.authority == "api.example:8443")
            #expect(head.path == "/a/%2e?b=%20")
            #expect(lines([HeaderField](head.headerFields)) == ["Accept-Encoding: identity", "X: 1"])
        }

        @Test func aTransportsRequestWithoutPathAsksForTheRoot() throws {
            let head = HTTPRequest(TransportRequest(.get, try EndpointURL("https://api.example"), replay: .idempotent))
            #expect(head?.authority == "api.example" && head?.path == "/")
        }

        @Test(arguments: [100, 103, 199, 600]) func aResponseThatIsNotFinalIsNone(status: Int) {
            #expect(TransportResponse(HTTPResponse(status: .init(code: status)), body: []) == nil)
            #expect(TransportResponse(HTTPResponse(status: .ok), body: [1])?.body == [1])
        }
    }

#endif

#if Observability

    import LoginFlow
    import LoginObservability
    import Logging
    import OAuthTypes
    import SessionStore
    import TestSupport
    import Testing
    import WireFormats

    /// The guide and the dashboard say what the code does.
    struct GuideTests {
        private let guide: String

        init() throws { guide = try GuideTests.text("Docs/Guides/Observability.md") }

        private static func text(_ path: String) throws -> String {
            String(decoding: try VectorFile.document(path), as: UTF8.self)
        }

        /// The rows of the table behind the comment `name`, each as its cells.
        private func table(_ name: String) throws -> [[String]] {
            let table = try #require(guide.split(separator: "<!-- \(name) -->").dropFirst().first)
            let rows = table.split(separator: "\n\n").first?.split(separator: "\n").dropFirst(2) ?? []
            return rows.map { row in
                row.split(separator: "|", omittingEmptySubsequences: false).dropFirst().dropLast().map {
                    String($0.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
                }
            }
        }

        private func quoted(_ cell: String) -> Set<String> {
            Set(cell.matches(of: /`([^`]+)`/).map { String($0.1) })
        }

        /// The text of every file of LoginFlow.
        private func sources(below folder: String) throws -> String {
            try VectorFile.documents(in: folder).filter { !$0.hasSuffix(".docc") }.map { name in
                let path = "\(folder)/\(name)"
                return name.hasSuffix(".swift") ? try GuideTests.text(path) : try sources(below: path)
            }.joined()
        }

        @Test func everyEventOfTheSourceIsKnown() throws {
            let source = try sources(below: "Modules/LoginFlow")
            var found = Set(source.matches(of: /record\(\s*"([a-z._]+)"/).map { String($0.1) })
            found.formUnion(source.matches(of: /FlowEvent\(\s*"([a-z._]+)"/).map { String($0.1) })
            found.formUnion(source.matches(of: /tell\(\s*"([^"]+)"/).map { "refresh.\($0.1)" })
            let outcomes = try #require(source.firstMatch(of: /var outcome: String \{([^}]+\})/))
            found.formUnion(outcomes.1.matches(of: /: "([^"]+)"/).map { "refresh.\($0.1)" })
            #expect(found.count > 30)
            #expect(found == Set(KnownEvent.allCases.map(\.rawValue)))
        }

        @Test func everyEventHasItsRow() throws {
            let names = try table("events").map { $0[0] }
            #expect(names.sorted() == KnownEvent.allCases.map { "`\($0.rawValue)`" }.sorted())
        }

        @Test func theGuideHasTheLevels() throws {
            let variants: [[FlowEvent.Detail]] = [
                [], [.init("turn", "user")], [.init("turn", "operator")], [.init("failure", "x")],
                [.init("outcome", "failed")],
            ]
            for row in try table("events") {
                let name = try #require(quoted(row[0]).first)
                let levels = variants.map { details in
                    KnownEvent.level(
                        of: FlowEvent(
                            name, from: .webApp, to: .webApp, at: UnixTime(seconds: 0), correlationID: "",
                            details: details)
                    ).rawValue
                }
                #expect(quoted(row[2]) == Set(levels), "\(name)")
            }
        }

        @Test func theGuideHasTheMetricsOfEachEvent() throws {
            for row in try table("events") {
                let name = try #require(quoted(row[0]).first)
                let memory = MemoryMetrics()
                let code = FlowEvent.Detail("code", "callback_expired")
                LoginMetrics(factory: memory).record(
                    FlowEvent(
                        name, from: .webApp, to: .webApp, at: UnixTime(seconds: 0), correlationID: "", details: [code]))
                let counted = Set(memory.counted.keys.map { String($0.prefix { $0 != "{" }) })
                #expect(quoted(row[3]) == counted.subtracting(["login_events_total"]), "\(name)")
            }
        }

        @Test func theGuideHasTheSpanOfEachEvent() async throws {
            let fixture = try Fixture()
            _ = try await fixture.wholeFlow()
            let rows = try table("events")
            var seen: Set<String> = []
            for span in fixture.tracer.spans where span.operationName.hasPrefix("login.") {
                for event in span.events {
                    let row = try #require(rows.first { $0[0] == "`\(event)`" })
                    #expect(
                        row[4].isEmpty == false
                            && (quoted(row[4]).contains(span.operationName) || row[4].contains("of the phase")),
                        "\(event)")
                    seen.insert(event)
                }
            }
            #expect(seen.count >= 14)
        }

        @Test func theGuideHasEveryMetricAndEveryLabel() throws {
            let memory = MemoryMetrics()
            _ = LoginMetrics(factory: memory)
            _ = MemorySessionStore().measured(by: memory)
            let rows = try table("metrics")
            #expect(rows.map { $0[0] }.sorted() == LoginMetric.allCases.map { "`\($0.rawValue)`" }.sorted())
            #expect(
                Set(memory.names.map { String($0.prefix { $0 != "{" }) }) == Set(LoginMetric.allCases.map(\.rawValue)))
            for row in rows {
                let name = try #require(quoted(row[0]).first)
                let labels = memory.names.filter { $0.hasPrefix(name + "{") }.flatMap { $0.matches(of: /[{,](\w+)=/) }
                #expect(quoted(row[2]).isSuperset(of: Set(labels.map { String($0.1) })), "\(name)")
            }
            let named = Set(guide.matches(of: /(?:^|[^.\w])(login_[a-z_]+)/).map { String($0.1) })
            let codes = Refusal.ofLogins.union(Refusal.others)
            #expect(named.subtracting(codes) == Set(LoginMetric.allCases.map(\.rawValue)))
        }

        @Test func theGuideHasEverySpan() throws {
            let rows = try table("spans")
            #expect(rows.map { $0[1] }.sorted() == FlowPhase.allCases.map { "`\($0.rawValue)`" }.sorted())
            #expect(rows.allSatisfy { $0[0] == $0[1].replacing("`", with: "", maxReplacements: 1).withLogin })
        }

        @Test func theDashboardShowsEveryMetricAndNoOther() throws {
            let document = try JSONReader.object(try VectorFile.document("Docs/Guides/dashboard.json"))
            let panels = try #require(document["panels"]?.arrayValue)
            let expressions = panels.flatMap { $0.objectValue?["targets"]?.arrayValue ?? [] }.compactMap {
                $0.objectValue?["expr"]?.stringValue
            }
            #expect(expressions.count >= panels.count)
            var named: Set<String> = []
            for match in expressions.joined(separator: "\n").matches(of: /(?:^|[^.\w])(login_[a-z_]+)/) {
                let name = String(match.1)
                let parts = ["_bucket", "_sum", "_count"].filter(name.hasSuffix)
                named.insert(parts.first.map { String(name.dropLast($0.count)) } ?? name)
            }
            #expect(named == Set(LoginMetric.allCases.map(\.rawValue)))
            let values = expressions.joined().matches(of: /(?:phase|event|outcome|turn)=~?"([^"]+)"/).flatMap {
                $0.1.split(separator: "|").map(String.init)
            }
            let memory = MemoryMetrics()
            _ = LoginMetrics(factory: memory)
            for value in values { #expect(memory.names.contains { $0.contains("=\(value)") }, "\(value)") }
        }

        /// `.ci/problems.py` compares that guide with the code of the flow.
        @Test func everyProblemHasItsLabel() throws {
            let problems = try GuideTests.text("Docs/Guides/Problems.md")
            let codes = Set(problems.matches(of: /\n\| `([a-z_]+)` \| \d{3} \|/).map { String($0.1) })
            // Pages of the app are no refused logins.
            let refusals = codes.subtracting(["login_required"]).filter { !$0.hasPrefix("page_") }
            #expect(refusals == Refusal.ofLogins.union(Refusal.others))
            #expect(Refusal.ofLogins.isDisjoint(with: Refusal.others))
        }
    }

    extension String {
        fileprivate var withLogin: String { "`login." + self }
    }

#endif

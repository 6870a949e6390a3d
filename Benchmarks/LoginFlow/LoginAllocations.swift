import CFloor
import JOSE
import Support

/// The number of allocations of the beginning of a login, including those of libcrypto.
struct LoginAllocations {
    private static let count = 2_000

    func measure(_ report: inout Report) async throws {
        let app = try BenchApp(try SigningKey.generate(.rs256))
        for _ in 0..<Self.count { _ = try await app.begin() }
        let start = cfloor_allocations()
        guard start >= 0 else {
            report.add(
                Figure(skipped: "login_begin_allocs", bound: .atMost(50), because: "the counter is not preloaded"))
            return
        }
        for _ in 0..<Self.count { _ = try await app.begin() }
        let each = Double(cfloor_allocations() - start) / Double(Self.count)
        var table = Table("allocations", "per login")
        table.row("begin, with the request and what a browser reads of the reply", "\(each.rounded(to: 2))")
        report.add(table)
        report.add(Figure("login_begin_allocs", value: each, bound: .atMost(50)))
    }
}

import CFloor

/// Counts by Benchmarks/Allocations, which must be preloaded.
public enum AllocationCount {
    /// Allocations of one operation: what 2n of them need more than n, per operation. Nil when nothing counts.
    public static func perOperation(of count: Int, _ run: (Range<Int>) -> Int) -> Double? {
        guard cfloor_allocations() >= 0 else { return nil }
        cfloor_consume(Int64(run(0..<count)))
        let start = cfloor_allocations()
        cfloor_consume(Int64(run(0..<count)))
        let middle = cfloor_allocations()
        for _ in 0..<2 { cfloor_consume(Int64(run(0..<count))) }
        let end = cfloor_allocations()
        return Double((end - middle) - (middle - start)) / Double(count)
    }
}

import CFloor

/// Counts of Benchmarks/Allocations, which must be preloaded.
public enum AllocationCount {
    /// The allocations of one operation: the difference between 2n and n operations, divided by n. Nil if nothing counts.
    public static func perOperation(of count: Int, run: (Range<Int>) -> Int) -> Double? {
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

import Concurrency
import Testing

@Suite struct ContextPoolTests {
    @Test func keepsNoMoreThanItsLimit() {
        let contexts = ContextPool<Int>(limit: 2)
        for context in 1...3 { contexts.giveBack(context) }
        #expect(contexts.take { _ in true } == 2)
        #expect(contexts.take { _ in true } == 1)
        #expect(contexts.take { _ in true } == nil)
    }

    @Test func takesOnlyWhatFits() {
        let contexts = ContextPool<Int>()
        for context in 1...3 { contexts.giveBack(context) }
        #expect(contexts.take { $0.isMultiple(of: 2) } == 2)
        #expect(contexts.take { $0.isMultiple(of: 2) } == nil)
    }
}

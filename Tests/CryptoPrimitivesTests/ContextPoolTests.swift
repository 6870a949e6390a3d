import CryptoPrimitives
import Testing

@Suite struct KeyLanesTests {
    @Test func keepsNoMoreThanItsLimit() {
        let lanes = ContextPool<Int>(limit: 2)
        for lane in 1...3 { lanes.giveBack(lane) }
        #expect(lanes.take { _ in true } == 2)
        #expect(lanes.take { _ in true } == 1)
        #expect(lanes.take { _ in true } == nil)
    }

    @Test func takesOnlyWhatFits() {
        let lanes = ContextPool<Int>()
        for lane in 1...3 { lanes.giveBack(lane) }
        #expect(lanes.take { $0.isMultiple(of: 2) } == 2)
        #expect(lanes.take { $0.isMultiple(of: 2) } == nil)
    }
}

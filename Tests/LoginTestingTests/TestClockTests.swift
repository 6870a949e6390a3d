import APIClient
import LoginTesting
import OAuthTypes
import Testing

struct TestClockTests {
    @Test func timeStandsStillUntilItIsMoved() {
        let clock = TestClock(UnixTime(seconds: 1000))
        #expect(clock.wallClock.now == UnixTime(seconds: 1000))
        clock.advance(by: .milliseconds(600))
        clock.advance(by: .milliseconds(600))
        #expect(clock.wallClock.now == UnixTime(seconds: 1001))
        #expect(clock.stopwatch.reading == .milliseconds(1200))
        clock.advance(by: .seconds(-5))
        #expect(clock.now == UnixTime(seconds: 1001))
    }

    @Test func aWaitEndsWhenTheClockHasPassedIt() async {
        let clock = TestClock()
        await withTaskGroup(of: Void.self) { group in
            group.addTask {
                await clock.sleeper.sleep(.seconds(60))
                #expect(clock.stopwatch.reading >= .seconds(60))
            }
            group.addTask {
                while !Task.isCancelled {
                    clock.advance(by: .seconds(1))
                    await Task.yield()
                }
            }
            await group.next()
            group.cancelAll()
        }
    }

    @Test func aCancelledWaitEnds() async {
        let clock = TestClock()
        let waiting = Task { await clock.sleeper.sleep(.seconds(60)) }
        waiting.cancel()
        await waiting.value
        #expect(clock.stopwatch.reading == .zero)
    }

    @Test func aShortWaitNeedsNoHand() async {
        let clock = TestClock()
        await clock.sleeper.sleep(.milliseconds(1))
        #expect(clock.stopwatch.reading == .zero)
    }
}

import OAuthTypes
import Testing

@Suite struct UnixTimeTests {
    @Test func saturatesInsteadOfTrapping() {
        #expect(UnixTime.distantFuture.adding(seconds: 1) == .distantFuture)
        #expect(UnixTime.distantPast.adding(seconds: -1) == .distantPast)
        #expect(UnixTime(seconds: 1).adding(seconds: .max) == .distantFuture)
        #expect(UnixTime(seconds: -2).adding(seconds: .min) == .distantPast)
        #expect(UnixTime.distantFuture.seconds(since: .distantPast) == .max)
        #expect(UnixTime.distantPast.seconds(since: .distantFuture) == .min)
    }

    @Test func countsSeconds() {
        let moment = UnixTime(seconds: 1_700_000_000)
        #expect(moment.adding(seconds: -60).description == "1699999940")
        #expect(moment.seconds(since: moment.adding(seconds: -60)) == 60)
        #expect(moment < moment.adding(seconds: 1))
    }

    @Test func addsDurationsAndSaturates() {
        let moment = UnixTime(seconds: 1_700_000_000)
        #expect(moment.adding(.seconds(60)) == moment.adding(seconds: 60))
        #expect(moment.adding(.milliseconds(-1500)) == moment.adding(seconds: -1))
        #expect(moment.adding(Duration.seconds(Int64.max) * 2) == .distantFuture)
        #expect(moment.adding(Duration.seconds(Int64.min) * 2) == .distantPast)
        #expect(moment.adding(.seconds(Int64.min)) == UnixTime(seconds: .min + 1_700_000_000))
        #expect(UnixTime.distantPast.adding(.seconds(Int64.max) + .seconds(2)) == UnixTime(seconds: 1))
        #expect(UnixTime.distantFuture.duration(since: .distantPast) == .seconds(Int64.max))
        #expect(moment.adding(seconds: 90).duration(since: moment) == .seconds(90))
    }

    @Test func randomSourceGivesFreshOctetsOfTheAskedCount() {
        #expect(RandomSource.system.bytes(count: 32) != RandomSource.system.bytes(count: 32))
        #expect(RandomSource.system.bytes(count: 0).isEmpty)
        #expect(RandomSource.system.bytes(count: -1).isEmpty)
    }

    @Test func stopwatchNeverGoesBack() {
        let first = Stopwatch.system.reading
        #expect(Stopwatch.system.reading >= first)
    }
}

import SessionStore
import SessionStoreTesting
import Testing

struct SessionStoreKitTests {
    private let kit = SessionStoreKit(tasks: 8, rounds: 10, steps: 1_500)

    @Test(arguments: BrokenStore.Flaw.allCases)
    func findsExactlyTheBrokenLaws(_ flaw: BrokenStore.Flaw) async {
        let expected = flaw == .none ? Broken([]) : Self.expected[flaw]
        var laws = Set(SessionStoreLaw.allCases)
        for law in SessionStoreLaw.allCases where await holds(law, despite: flaw) { laws.remove(law) }
        var index = Set(IndexedStoreLaw.allCases)
        for law in IndexedStoreLaw.allCases where await holds(law, despite: flaw) { index.remove(law) }
        #expect(laws.subtracting(expected?.perhaps ?? []) == expected?.laws)
        #expect(index == expected?.index)
    }

    @Test func namesLawExpectationAndFinding() async {
        await #expect {
            try await kit.check(.touchNeverCreates) { BrokenStore(.touchCreates) }
        } throws: { error in
            guard let violation = error as? SessionStoreLawError else { return false }
            return violation.law == SessionStoreLaw.touchNeverCreates.description
                && violation.description.contains("expected: a touch of nothing says so; found: true")
        }
    }

    @Test func takesAStoreThatThrowsForABrokenOne() async {
        struct DownError: Error {}
        await #expect(throws: SessionStoreLawError.self) {
            try await kit.check(.absentReadsAsNil) { throw DownError() }
        }
    }

    @Test func everyLawIsAnotherSentence() {
        let sentences =
            SessionStoreLaw.allCases.map(\.description) + IndexedStoreLaw.allCases.map(\.description)
            + DurableStoreLaw.allCases.map(\.description) + SharedStoreLaw.allCases.map(\.description)
            + StoreFilesLaw.allCases.map(\.description)
        #expect(Set(sentences).count == sentences.count)
        #expect(sentences.allSatisfy { $0.hasSuffix(".") })
    }

    private func holds(_ law: SessionStoreLaw, despite flaw: BrokenStore.Flaw) async -> Bool {
        do { try await kit.check(law) { BrokenStore(flaw) } } catch { return false }
        return true
    }

    private func holds(_ law: IndexedStoreLaw, despite flaw: BrokenStore.Flaw) async -> Bool {
        do { try await kit.check(law) { BrokenStore(flaw) } } catch { return false }
        return true
    }

    /// What a flaw breaks each time, and what it may break besides, as the tasks happen to meet.
    private struct Broken: Sendable {
        let laws: Set<SessionStoreLaw>
        let index: Set<IndexedStoreLaw>
        let perhaps: Set<SessionStoreLaw>

        init(_ laws: Set<SessionStoreLaw>, index: Set<IndexedStoreLaw> = [], perhaps: Set<SessionStoreLaw> = []) {
            self.laws = laws
            self.index = index
            self.perhaps = perhaps
        }
    }

    private static let expected: [BrokenStore.Flaw: Broken] = [
        .creationOverwrites: Broken(
            [.createNeedsAbsence, .refusedWriteChangesNothing, .oneCreationWins, .behavesLikeADictionary],
            index: [.indexBehavesLikeADictionary]),
        .updateIgnoresTheRevision: Broken(
            [.updateNeedsTheRevision, .noUpdateIsLost, .behavesLikeADictionary], index: [.indexBehavesLikeADictionary]),
        .updateCreates: Broken(
            [
                .updateNeverCreates, .expiredIsNotUpdated, .removedStaysRemoved, .removalBeatsLateUpdates,
                .behavesLikeADictionary,
            ], index: [.indexBehavesLikeADictionary]),
        .refusedWriteSticks: Broken(
            [
                .updateNeedsTheRevision, .updateNeverCreates, .refusedWriteChangesNothing, .expiredIsNotUpdated,
                .removedStaysRemoved, .noUpdateIsLost, .removalBeatsLateUpdates, .behavesLikeADictionary,
            ], index: [.indexBehavesLikeADictionary]),
        .updateKeepsThePayload: Broken(
            [.acceptedWriteReplacesEverything, .expiredMakesRoom, .readersSeeWholeRecords, .behavesLikeADictionary],
            index: [.updatesAreFollowed, .removeAllSparesOthers, .indexBehavesLikeADictionary]),
        .creationIsNotAtomic: Broken([.oneCreationWins]),
        .updateIsNotAtomic: Broken([.noUpdateIsLost], perhaps: [.removalBeatsLateUpdates]),
        .expiredIsReturned: Broken(
            [
                .acceptedWriteReplacesEverything, .expiredIsGone, .expiredMakesRoom, .expiredIsNotUpdated,
                .timeComesFromTheCaller, .touchExtends, .touchStopsAtTheAbsoluteEnd, .touchNeverRevives,
                .expiredIsNotReturnedByRemove, .behavesLikeADictionary,
            ], index: [.expiredIsNotReturnedByRemoveAll, .indexBehavesLikeADictionary]),
        .endsOneSecondLate: Broken(
            [
                .acceptedWriteReplacesEverything, .expiredIsGone, .expiredMakesRoom, .expiredIsNotUpdated,
                .timeComesFromTheCaller, .touchExtends, .touchStopsAtTheAbsoluteEnd, .touchNeverRevives,
                .expiredIsNotReturnedByRemove,
            ], index: [.expiredIsNotReturnedByRemoveAll, .indexBehavesLikeADictionary]),
        .absoluteEndIsIgnored: Broken(
            [.expiredIsGone, .behavesLikeADictionary], index: [.indexBehavesLikeADictionary]),
        .expiredBlocksCreation: Broken(
            [.expiredMakesRoom, .behavesLikeADictionary], index: [.indexBehavesLikeADictionary]),
        .expiredIsUpdated: Broken(
            [.expiredIsNotUpdated, .behavesLikeADictionary], index: [.indexBehavesLikeADictionary]),
        .timeHas32Bits: Broken([.timeComesFromTheCaller]),
        .touchShortens: Broken([.touchNeverShortens, .behavesLikeADictionary], index: [.indexBehavesLikeADictionary]),
        .touchPassesTheAbsoluteEnd: Broken(
            [.touchStopsAtTheAbsoluteEnd, .behavesLikeADictionary], index: [.indexBehavesLikeADictionary]),
        .touchChangesTheRevision: Broken(
            [.touchNeverShortens, .touchKeepsTheRest, .behavesLikeADictionary], index: [.indexBehavesLikeADictionary]),
        .touchCreates: Broken(
            [
                .touchNeverCreates, .touchNeverRevives, .removedStaysRemoved, .removalBeatsLateUpdates,
                .behavesLikeADictionary,
            ], index: [.indexBehavesLikeADictionary]),
        .touchRevives: Broken([.touchNeverRevives, .behavesLikeADictionary], index: [.indexBehavesLikeADictionary]),
        .touchDoesNothing: Broken(
            [.touchExtends, .touchStopsAtTheAbsoluteEnd, .purgeSparesTheLiving, .behavesLikeADictionary],
            index: [.touchedRecordsStayFound, .expiredIsNotReturnedByRemoveAll, .indexBehavesLikeADictionary]),
        .touchWritesBack: Broken([.touchOverwritesNoUpdate]),
        .removeKeepsTheRecord: Broken(
            [
                .removedIsGone, .removedStaysRemoved, .oneRemovalGetsTheRecord, .removalBeatsLateUpdates,
                .behavesLikeADictionary,
            ], index: [.indexBehavesLikeADictionary]),
        .removeReturnsNothing: Broken(
            [.removeReturnsTheRecord, .oneRemovalGetsTheRecord, .removalBeatsLateUpdates, .behavesLikeADictionary],
            index: [.indexBehavesLikeADictionary]),
        .removeIsNotAtomic: Broken([.oneRemovalGetsTheRecord]),
        .removedComesBack: Broken([.removedStaysRemoved, .removalBeatsLateUpdates]),
        .removeReturnsTheExpired: Broken(
            [.expiredIsNotReturnedByRemove, .behavesLikeADictionary], index: [.indexBehavesLikeADictionary]),
        .purgeTakesTheLiving: Broken(
            [.purgeSparesTheLiving, .behavesLikeADictionary], index: [.indexBehavesLikeADictionary]),
        .purgeIgnoresTouches: Broken(
            [.purgeSparesTheLiving, .behavesLikeADictionary],
            index: [.touchedRecordsStayFound, .indexBehavesLikeADictionary]),
        .purgeIgnoresItsLimit: Broken(
            [.purgeStopsAtItsLimit, .behavesLikeADictionary], index: [.indexBehavesLikeADictionary]),
        .purgeNeverEnds: Broken([.purgeEnds, .behavesLikeADictionary]),
        .keysAreCut: Broken(
            [.keysAreComparedWhole],
            index: [
                .everyLiveRecordIsFound, .touchedRecordsStayFound, .updatesAreFollowed, .pagesNameEachKeyOnce,
                .concurrentCreationsAreFound, .indexBehavesLikeADictionary,
            ]),
        .kindsAreMixed: Broken(
            [.kindsAreApart],
            index: [
                .everyLiveRecordIsFound, .touchedRecordsStayFound, .pagesNameEachKeyOnce, .indexBehavesLikeADictionary,
            ]),
        .payloadsAreText: Broken([.payloadsAreOpaque]),
        .payloadsAreCut: Broken([.payloadsAreOpaque]),
        .floodEvicts: Broken([.floodOfOneKindSparesOthers]),
        .readsSeeHalves: Broken([.readersSeeWholeRecords]),
        .tagsAreCut: Broken([], index: [.tagsAreComparedWhole]),
        .indexForgetsUpdates: Broken([], index: [.updatesAreFollowed]),
        .pagesRepeat: Broken(
            [],
            index: [
                .everyLiveRecordIsFound, .touchedRecordsStayFound, .updatesAreFollowed, .pagesNameEachKeyOnce,
                .concurrentCreationsAreFound,
            ]),
        .pagesHaveNoOrder: Broken(
            [],
            index: [
                .everyLiveRecordIsFound, .touchedRecordsStayFound, .pagesNameEachKeyOnce, .concurrentCreationsAreFound,
            ]),
        .pagesIgnoreTheLimit: Broken([], index: [.pagesNameEachKeyOnce]),
        .removeAllTakesOthers: Broken([], index: [.removeAllSparesOthers, .indexBehavesLikeADictionary]),
        .removeAllIgnoresItsLimit: Broken([], index: [.removeAllStopsAtItsLimit]),
        .removeAllReturnsTheExpired: Broken(
            [], index: [.expiredIsNotReturnedByRemoveAll, .indexBehavesLikeADictionary]),
        .removeAllIsNotAtomic: Broken([], index: [.eachRecordGoesToOneRemoval]),
        .expiredHidesTheLiving: Broken([], index: [.expiredIsNotReturnedByRemoveAll]),
        .indexLosesEntries: Broken(
            [],
            index: [
                .pagesNameEachKeyOnce, .removeAllStopsAtItsLimit, .concurrentCreationsAreFound,
                .eachRecordGoesToOneRemoval,
            ]),
    ]
}

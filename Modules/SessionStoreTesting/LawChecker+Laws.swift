import SessionStore

extension LawChecker {
    func run(_ law: SessionStoreLaw) async throws {
        switch law {
        case .absentReadsAsNil: try await absentReadsAsNil()
        case .readReturnsWhatWasWritten: try await readReturnsWhatWasWritten()
        case .payloadsAreOpaque: try await payloadsAreOpaque()
        case .keysAreComparedWhole: try await keysAreComparedWhole()
        case .kindsAreApart: try await kindsAreApart()
        case .createNeedsAbsence: try await createNeedsAbsence()
        case .updateNeedsTheRevision: try await updateNeedsTheRevision()
        case .updateNeverCreates: try await updateNeverCreates()
        case .refusedWriteChangesNothing: try await refusedWriteChangesNothing()
        case .acceptedWriteReplacesEverything: try await acceptedWriteReplacesEverything()
        case .expiredIsGone: try await expiredIsGone()
        case .expiredMakesRoom: try await expiredMakesRoom()
        case .expiredIsNotUpdated: try await expiredIsNotUpdated()
        case .timeComesFromTheCaller: try await timeComesFromTheCaller()
        case .touchExtends: try await touchExtends()
        case .touchNeverShortens: try await touchNeverShortens()
        case .touchStopsAtTheAbsoluteEnd: try await touchStopsAtTheAbsoluteEnd()
        case .touchKeepsTheRest: try await touchKeepsTheRest()
        case .touchNeverCreates: try await touchNeverCreates()
        case .touchNeverRevives: try await touchNeverRevives()
        case .removeReturnsTheRecord: try await removeReturnsTheRecord()
        case .removedIsGone: try await removedIsGone()
        case .removedStaysRemoved: try await removedStaysRemoved()
        case .expiredIsNotReturnedByRemove: try await expiredIsNotReturnedByRemove()
        case .purgeSparesTheLiving: try await purgeSparesTheLiving()
        case .purgeEnds: try await purgeEnds()
        case .purgeStopsAtItsLimit: try await purgeStopsAtItsLimit()
        case .oneCreationWins: try await oneCreationWins()
        case .noUpdateIsLost: try await noUpdateIsLost()
        case .oneRemovalGetsTheRecord: try await oneRemovalGetsTheRecord()
        case .removalBeatsLateUpdates: try await removalBeatsLateUpdates()
        case .touchOverwritesNoUpdate: try await touchOverwritesNoUpdate()
        case .readersSeeWholeRecords: try await readersSeeWholeRecords()
        case .cancellationLeavesNoHalves: try await cancellationLeavesNoHalves()
        case .floodOfOneKindSparesOthers: try await floodOfOneKindSparesOthers()
        case .behavesLikeADictionary: try await behavesLikeADictionary()
        }
    }
}

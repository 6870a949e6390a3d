import SessionStore
import SessionStoreTesting
import Testing

/// Each flaw of a durable, shared or file-keeping store breaks exactly the laws that it breaks.
struct BrokenDurabilityTests {
    private let kit = SessionStoreKit(tasks: 6, rounds: 12)

    @Test(arguments: BrokenHandle.Flaw.allCases)
    func findsExactlyTheLawsThatAHandleBreaks(_ flaw: BrokenHandle.Flaw) async {
        var durable: Set<DurableStoreLaw> = []
        for law in DurableStoreLaw.allCases {
            let shared = BrokenHandle.SharedRecords()
            do { try await kit.check(law) { BrokenHandle(flaw, on: shared) } } catch { durable.insert(law) }
        }
        var sharing: Set<SharedStoreLaw> = []
        for law in SharedStoreLaw.allCases {
            let shared = BrokenHandle.SharedRecords()
            do { try await kit.check(law) { BrokenHandle(flaw, on: shared) } } catch { sharing.insert(law) }
        }
        #expect(durable == Self.durable[flaw, default: []])
        #expect(sharing == Self.shared[flaw, default: []])
    }

    @Test(arguments: BrokenFolder.Flaw.allCases)
    func findsExactlyTheLawsThatAFolderBreaks(_ flaw: BrokenFolder.Flaw) async throws {
        var broken: Set<StoreFilesLaw> = []
        for law in StoreFilesLaw.allCases {
            let directory = try TemporaryDirectory()
            do { try await kit.check(law, below: directory.path) { try BrokenFolder(flaw, path: $0) } } catch {
                broken.insert(law)
            }
        }
        #expect(broken == Self.files[flaw, default: []])
    }

    private static let durable: [BrokenHandle.Flaw: Set<DurableStoreLaw>] = [
        .writesStayInTheHandle: [.writesSurvive, .updatesSurvive, .touchedRecordsSurvive, .indexSurvives],
        .updatesStayInTheHandle: [.updatesSurvive, .indexSurvives],
        .removalsStayInTheHandle: [.removalsSurvive],
        .touchesLoseTheRecord: [.touchedRecordsSurvive],
        .indexStaysInTheHandle: [.indexSurvives],
    ]

    private static let shared: [BrokenHandle.Flaw: Set<SharedStoreLaw>] = [
        .writesStayInTheHandle: [
            .writesAreSeen, .touchesAreSeen, .tagsAreSeen, .handlesCompareAndSwap, .handlesCreateOnce,
            .handlesSpareOtherKeys,
            .purgesSpareWhatOthersTouched,
        ],
        .updatesStayInTheHandle: [.writesAreSeen, .handlesCompareAndSwap],
        .removalsStayInTheHandle: [.removalsAreSeen, .tagsAreSeen, .handlesRemoveOnce],
        .touchesLoseTheRecord: [.touchesAreSeen, .purgesSpareWhatOthersTouched],
        .touchesStayInTheHandle: [.touchesAreSeen],
        .indexStaysInTheHandle: [.tagsAreSeen],
        .readsAreCached: [.writesAreSeen, .removalsAreSeen, .tagsAreSeen, .handlesCompareAndSwap],
        .comparesWithWhatItRead: [.handlesCompareAndSwap],
        .creationLooksInTheHandle: [.handlesCreateOnce],
        .removeIsNotAtomic: [.handlesRemoveOnce],
        .purgeForgetsTheTouchesOfOthers: [.purgesSpareWhatOthersTouched],
    ]

    private static let files: [BrokenFolder.Flaw: Set<StoreFilesLaw>] = [
        .writesAreBuffered: [.killLosesNothing],
        .updatesAreBuffered: [.killLosesNothing],
        .removalsAreBuffered: [.killBringsNothingBack],
        .indexIsInMemory: [.killLosesNothing],
        .nothingIsChecked: [.tornWriteHarmsNothingElse, .damageIsNeverARecord, .exchangedFilesAreNeverARecord],
        .oneBadFileStopsAll: [.tornWriteHarmsNothingElse],
        .keyIsNotInside: [.exchangedFilesAreNeverARecord],
    ]
}

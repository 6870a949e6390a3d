/// A sentence that holds for every session store. ``SessionStoreKit`` checks one at a time.
public enum SessionStoreLaw: String, CaseIterable, Sendable, CustomStringConvertible {
    case absentReadsAsNil = "A key that was never written reads as nil."
    case readReturnsWhatWasWritten = "A record reads as it was written, in every field."
    case payloadsAreOpaque = "Payloads of any octets and of any length up to the bound come back unchanged."
    case keysAreComparedWhole = "Keys that differ in one bit of the digest are different keys."
    case kindsAreApart = "Keys that differ in kind only are different keys."
    case createNeedsAbsence = "A creation is refused while a live record is there."
    case updateNeedsTheRevision = "An update is refused unless the live record has the revision that it names."
    case updateNeverCreates = "An update where nothing is there is refused and creates nothing."
    case refusedWriteChangesNothing = "A refused write changes nothing."
    case acceptedWriteReplacesEverything = "An accepted write replaces the whole record."
    case expiredIsGone = "A record is gone from the moment at which it reaches one of its ends, and not before."
    case expiredMakesRoom = "A creation is accepted where the record has expired."
    case expiredIsNotUpdated = "An update of an expired record is refused, whatever revision it names."
    case timeComesFromTheCaller = "The caller's time decides, whatever the system's clock says."
    case touchExtends = "A touch moves the idle end of a live record, and says so."
    case touchNeverShortens = "A touch to an earlier time leaves the idle end as it is."
    case touchStopsAtTheAbsoluteEnd = "A touch beyond the absolute end stops there."
    case touchKeepsTheRest = "A touch keeps revision, payloads, tags and absolute end."
    case touchNeverCreates = "A touch where nothing is there creates nothing."
    case touchNeverRevives = "A touch of an expired record is refused and revives nothing."
    case removeReturnsTheRecord = "A removal returns the record as it was."
    case removedIsGone = "A removed record is gone, and a second removal returns nil."
    case removedStaysRemoved = "No late update or touch brings a removed record back."
    case expiredIsNotReturnedByRemove = "The removal of an expired record returns nil."
    case purgeSparesTheLiving = "A purge removes no record that is live at its time, touched ones included."
    case purgeEnds = "Purging again and again ends with zero, and never counts more than had expired."
    case purgeStopsAtItsLimit = "A purge counts no more than its limit, and none for a limit below one."
    case oneCreationWins = "Of creations of one key at the same time, one is accepted."
    case noUpdateIsLost = "Of updates from one revision at the same time, one is accepted; none is lost."
    case oneRemovalGetsTheRecord = "Of removals at the same time, one gets the record."
    case removalBeatsLateUpdates = "A record removed while others update it stays removed."
    case touchOverwritesNoUpdate = "A touch at the same time as updates overwrites none of them."
    case readersSeeWholeRecords = "A reader at the same time as updates sees one whole record."
    case cancellationLeavesNoHalves = "A cancelled call has happened or has not, and the store works on."
    case floodOfOneKindSparesOthers = "However many records of one kind are written, those of others stay."
    case behavesLikeADictionary = "Any sequence of calls answers as a dictionary with expiring entries would."

    /// The sentence.
    public var description: String { rawValue }
}

/// A sentence that holds for every store that finds records by tag.
public enum IndexedStoreLaw: String, CaseIterable, Sendable, CustomStringConvertible {
    case everyLiveRecordIsFound = "Every live record is found under each of its tags."
    case tagsAreComparedWhole = "Tags that differ in one bit are different tags."
    case touchedRecordsStayFound = "A record that lives on by a touch stays found."
    case updatesAreFollowed = "A record is found under the tags of its last write."
    case pagesNameEachKeyOnce = "Pages ascend, keep to their limit, name each key once and end."
    case removeAllTakesTheTagged = "Removing by tag removes and returns the live records that carry the tag."
    case removeAllSparesOthers = "Removing by tag spares records that do not carry the tag, or no longer do."
    case removeAllStopsAtItsLimit = "Removing by tag keeps to its limit, and ends with an empty answer."
    case expiredIsNotReturnedByRemoveAll = "Removing by tag returns no expired record, and none hides a live one."
    case concurrentCreationsAreFound = "Records created at the same time under one tag are all found."
    case eachRecordGoesToOneRemoval = "Of removals by tag at the same time, one gets each record."
    case indexBehavesLikeADictionary = "Any sequence of calls, by tag too, answers as a dictionary would."

    /// The sentence.
    public var description: String { rawValue }
}

/// A sentence that holds for every store that keeps records beyond its own life. "Opening again" means a second
/// handle on the same store, while the first one may still be open.
public enum DurableStoreLaw: String, CaseIterable, Sendable, CustomStringConvertible {
    case writesSurvive = "A written record is there after opening again."
    case updatesSurvive = "An updated record is there in its last state after opening again."
    case removalsSurvive = "A removed record stays removed after opening again."
    case touchedRecordsSurvive = "A touched record is there after opening again, with its old end or its new one."
    case indexSurvives = "A store with an index finds every live record by its tags after opening again."

    /// The sentence.
    public var description: String { rawValue }
}

/// A sentence that holds for every store that several processes share. Two handles on the same records stand
/// for two processes.
public enum SharedStoreLaw: String, CaseIterable, Sendable, CustomStringConvertible {
    case writesAreSeen = "What one handle writes, another one reads at once."
    case touchesAreSeen = "What one handle touches lives on for another one."
    case removalsAreSeen = "What one handle removes is gone for another one, for its late updates too."
    case tagsAreSeen = "What one handle tags, another one finds and removes by tag."
    case handlesCompareAndSwap = "Updates through two handles at the same time lose nothing."
    case handlesCreateOnce = "Of creations through two handles at the same time, one is accepted."
    case handlesRemoveOnce = "Of removals through two handles at the same time, one gets the record."
    case handlesSpareOtherKeys = "Creations of different keys through two handles at the same time are all there."
    case purgesSpareWhatOthersTouched = "A purge spares what another handle has touched."

    /// The sentence.
    public var description: String { rawValue }
}

/// A sentence that holds for every store that keeps its records in files: whatever a killed process, a torn write or a
/// damaged disk leaves there.
public enum StoreFilesLaw: String, CaseIterable, Sendable, CustomStringConvertible {
    case killLosesNothing = "What was answered is in the files: a process that is killed then loses nothing."
    case killBringsNothingBack = "What was removed is gone from the files, and no kill brings it back."
    case tornWriteHarmsNothingElse =
        "A last write that reached the disk in part leaves its record as before, as after or gone, and all others."
    case damageIsNeverARecord =
        "A file that is empty, cut or overwritten never reads as a record that was never written."
    case exchangedFilesAreNeverARecord = "Files under each other's names never read as each other's records."

    /// The sentence.
    public var description: String { rawValue }
}

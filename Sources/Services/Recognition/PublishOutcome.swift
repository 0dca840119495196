package import Ledgers

/// What became of a report that an edge handed in.
///
/// Everything but a throw is on this node's disk.
package struct PublishOutcome: Sendable, Equatable {
    package enum Event: Sendable, Equatable {
        /// A first version, or a new version of a known result.
        case published
        /// The same content is here already.
        case duplicate
    }

    package var event: Event
    package var entry: EntryID
    package var reportKey: String
    package var version: Int
    /// Whether the result is void now.
    package var isVoid: Bool
    /// What the sender should know; without patient data.
    package var notices: [PublishNotice]

    package init(
        _ event: Event, entry: EntryID, reportKey: String, version: Int, isVoid: Bool = false,
        notices: [PublishNotice] = []
    ) {
        self.event = event
        self.entry = entry
        self.reportKey = reportKey
        self.version = version
        self.isVoid = isVoid
        self.notices = notices
    }

    package var word: String {
        switch event {
        case .published: isVoid ? "voided" : version > 1 ? "newVersion" : "accepted"
        case .duplicate: "duplicate"
        }
    }
}

/// Something about a report that was taken which its sender should know, because it is not what the sender may expect.
///
/// The edges put it beside their answer: HL7 an ERR segment of severity W, FHIR an OperationOutcome.
package struct PublishNotice: Sendable, Equatable {
    package enum Code: String, Sendable, CaseIterable {
        /// A version that is further, or was issued later, stands; this one is kept in the history.
        case older
        /// The same was said before, and something else since: it stands again.
        case again
        /// The result is void and stays so.
        case intoVoid
        /// The result was void and stands again.
        case lifted
        /// It says less than the version before; what that one holds was kept.
        case emptier
        /// It holds fewer lines than the version before.
        case fewerLines
        /// A line is said to be corrected and has no value: the value before stays.
        case valueKept
        /// Lines of one code and sub-id are told apart by OBX-1 alone.
        case likeLines
        /// What stood before could not be read any more, so this version stands alone.
        case unmerged
        /// A correction whose collection time is that of no known result: it is one of its own.
        case otherTime
        /// The result was another patient's and is this one's now.
        case moved
        /// A result of another patient has this number, service and collection time, and stays that patient's.
        case otherPatient
        /// It names fewer identifiers of the patient than the version before, and is found by these alone.
        case fewerIdentifiers
        /// The patient has no identifier that is in use.
        case formerIdentifiers
        /// An identifier that names nobody was passed over.
        case placeholder
    }

    package var code: Code

    package init(_ code: Code) { self.code = code }

    /// What it means, in English; without patient data.
    package var text: String {
        switch code {
        case .older:
            "a version that is further, or was issued later, is known; this one is kept in the result's history"
        case .again: "the same was known before and another version stood since; this one stands now"
        case .intoVoid: "the result is void; the content is kept in its history and a later final report lifts the void"
        case .lifted: "the result was void; this report lifts the void"
        case .emptier: "the report holds no value, text or document; those of the version before are kept"
        case .fewerLines: "the report holds fewer lines than the version before, which it replaces"
        case .valueKept:
            "a line is corrected and has no value; the value before stays: send the value, or \"\" where there is none"
        case .likeLines:
            "lines of one code and sub-id (OBX-3, OBX-4) are told apart by OBX-1 alone; send sub-ids, or times (OBX-14)"
        case .unmerged: "what stood before cannot be read any more; the report stands as this message says it"
        case .otherTime:
            "no known result of this number and service has this collection time; it is taken as one of its own"
        case .moved:
            "the result was another patient's; it is this patient's now, and is no longer found under the former one"
        case .otherPatient:
            "a result of another patient has this number, service and collection time, and stays that patient's: "
                + "if this report moves it, send it as a correction"
        case .fewerIdentifiers:
            "the report names fewer of the patient's identifiers than the version before; it is found by these alone"
        case .formerIdentifiers:
            "no identifier of the patient is in use any more: the report is found by them, and nobody recognises it "
                + "without comparing the persons"
        case .placeholder: "an identifier of the patient is a place-holder that names nobody; it was passed over"
        }
    }
}

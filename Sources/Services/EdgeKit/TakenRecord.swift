package import Effects
package import Ledgers

/// One thing that a message brought and that was taken: a report, a request.
package struct TakenRecord: Sendable, Equatable {
    /// Something about it that its sender should know.
    package struct Notice: Sendable, Equatable {
        package var code: String
        package var text: String

        package init(code: String, text: String) {
            self.code = code
            self.text = text
        }
    }

    /// What became of it: `accepted`, `newVersion`, `voided`, `duplicate`.
    package var word: String
    package var entry: EntryID
    /// The id under which it is read again.
    package var key: String
    package var version: Int
    /// Its address below the FHIR interface's, with the version; none where it has none.
    package var location: String?
    package var notices: [Notice]

    package init(
        word: String, entry: EntryID, key: String, version: Int, location: String? = nil, notices: [Notice] = []
    ) {
        self.word = word
        self.entry = entry
        self.key = key
        self.version = version
        self.location = location
        self.notices = notices
    }

    /// Nothing has changed by it.
    package var isDuplicate: Bool { word == "duplicate" }
}

/// What is wrong with a message, where; carries no patient data.
package struct MessageProblem: Sendable, Equatable {
    package var code: String
    package var place: String
    package var text: String

    package init(code: String, place: String, text: String) {
        self.code = code
        self.place = place
        self.text = text
    }
}

/// Why a message is refused, as far as an answer over HTTP tells it apart.
package enum MessageFault: String, Sendable {
    /// It cannot be read.
    case unreadable
    /// It can be read, and what it says is not taken.
    case unacceptable
    case tooLarge
    /// The node failed over it, and would again.
    case broken
    /// This way in takes messages of the other form only.
    case otherFormat
}

extension Failure {
    /// A message holds something that is too large to be kept; the text says what, and how large it may be.
    package static func messageTooLarge(_ text: String) -> Failure { Failure(messageTooLargeCode, text) }

    package static let messageTooLargeCode: Failure.Code = "intake.tooLarge"
}

import Effects
import Foundation
package import Ledgers
package import Regions
package import ServiceKit
import SwiftProtobuf
package import Trust
import Wire

/// A request to open one version of a result, resting on an access statement.
package struct FetchRequest: Sendable, Equatable {
    package var entry: EntryID
    package var statement: SignedAccessStatement

    /// What the statement of such a question says.
    static func question(_ entry: EntryID) -> String { "recognition.fetch \(entry)" }

    package init(entry: EntryID, statement: SignedAccessStatement) {
        self.entry = entry
        self.statement = statement
    }
}

extension FetchRequest: ProtobufWireValue {
    package func wire() throws -> PBRecognitionFetchRequest {
        var message = PBRecognitionFetchRequest()
        message.entry = entry.description
        message.statement = statement.wire()
        return message
    }

    package init(wire message: PBRecognitionFetchRequest) throws {
        entry = try EntryID(message.entry)
        statement = try SignedAccessStatement(wire: message.statement)
    }
}

/// The proof of the entry, with its payload, from the first node on the way that holds it.
package struct FetchAnswer: Sendable, Equatable {
    package var excerpt: Excerpt
    package var servedBy: NodeID

    package init(excerpt: Excerpt, servedBy: NodeID) {
        self.excerpt = excerpt
        self.servedBy = servedBy
    }
}

extension FetchAnswer: ProtobufWireValue {
    package func wire() throws -> PBRecognitionFetchAnswer {
        var message = PBRecognitionFetchAnswer()
        message.excerpt = Data(try excerpt.wireBytes())
        message.servedBy = servedBy.rawValue
        return message
    }

    package init(wire message: PBRecognitionFetchAnswer) throws {
        excerpt = try Excerpt(wireBytes: [UInt8](message.excerpt))
        servedBy = try NodeID(message.servedBy)
    }
}

/// A request for one part of a document that an opened result names, resting on an access statement.
///
/// All parts of one document rest on one statement: it is written to a node's audit ledger with the first part that the
/// node is asked for.
package struct DocumentRequest: Sendable, Equatable {
    package var entry: EntryID
    package var attachment: Digest
    package var position: Int
    package var statement: SignedAccessStatement

    /// What the statement of such a question says.
    static func question(_ entry: EntryID, _ attachment: Digest) -> String {
        "recognition.document \(entry) \(attachment)"
    }

    package init(entry: EntryID, attachment: Digest, position: Int, statement: SignedAccessStatement) {
        self.entry = entry
        self.attachment = attachment
        self.position = position
        self.statement = statement
    }
}

extension DocumentRequest: ProtobufWireValue {
    package func wire() throws -> PBRecognitionDocumentRequest {
        var message = PBRecognitionDocumentRequest()
        message.entry = entry.description
        message.attachment = Data(attachment.bytes)
        message.position = UInt32(clamping: position)
        message.statement = statement.wire()
        return message
    }

    package init(wire message: PBRecognitionDocumentRequest) throws {
        guard let attachment = Digest(bytes: [UInt8](message.attachment)) else {
            throw Failure("recognition.malformed", "the name of a document cannot be read")
        }
        self.init(
            entry: try EntryID(message.entry), attachment: attachment,
            position: try PeerNumber.count(message.position, atMost: Limits.attachmentBytes, "the place of a chunk"),
            statement: try SignedAccessStatement(wire: message.statement))
    }
}

import Effects
import Foundation
import SwiftProtobuf
package import Trust
import Wire

/// One chunk of an attachment that a neighbour asks for.
package struct AttachmentPlace: Sendable, Equatable {
    package var attachment: Digest
    package var position: Int

    package init(attachment: Digest, position: Int) {
        self.attachment = attachment
        self.position = position
    }

    /// Any place; for the table of methods.
    static var sample: AttachmentPlace {
        get throws {
            guard let digest = Digest(bytes: [UInt8](repeating: 0, count: Digest.byteCount)) else {
                throw AttachmentList.malformed
            }
            return AttachmentPlace(attachment: digest, position: 0)
        }
    }
}

extension AttachmentPlace: ProtobufWireValue {
    package func wire() throws -> PBAttachmentPlace {
        var message = PBAttachmentPlace()
        message.attachment = Data(attachment.bytes)
        message.position = UInt32(clamping: position)
        return message
    }

    package init(wire message: PBAttachmentPlace) throws {
        guard let attachment = Digest(bytes: [UInt8](message.attachment)) else { throw AttachmentList.malformed }
        self.init(
            attachment: attachment,
            position: try PeerNumber.count(message.position, atMost: Limits.attachmentBytes, "the place of a chunk"))
    }
}

/// Attachments by their names.
package struct AttachmentList: Sendable, Equatable {
    package var attachments: [Digest]

    package init(_ attachments: [Digest]) {
        self.attachments = attachments
    }

    static let malformed = Failure("courier.malformed", "the name of an attachment cannot be read")
}

extension AttachmentList: ProtobufWireValue {
    package func wire() throws -> PBAttachmentList {
        var message = PBAttachmentList()
        message.attachments = attachments.map { Data($0.bytes) }
        return message
    }

    package init(wire message: PBAttachmentList) throws {
        guard message.attachments.count <= Limits.attachmentsPerStep else {
            throw Failure("courier.tooMany", "a call names more than \(Limits.attachmentsPerStep) attachments")
        }
        attachments = try message.attachments.map { bytes in
            guard let digest = Digest(bytes: [UInt8](bytes)) else { throw Self.malformed }
            return digest
        }
    }
}

package import Effects
import Foundation
package import Ledgers
package import Regions
import SwiftProtobuf
package import Trust
import Wire

/// What a node says under its signature, as it was written: nobody encodes it a second time.
///
/// Access statements and the commands of services travel so. A word says what they are, and is signed with them, so that
/// one can never stand for another.
package struct SignedBytes: Sendable, Equatable {
    /// What is signed.
    package struct Kind: Sendable {
        let context: [UInt8]

        /// - Parameter words: no other kind's.
        package init(_ words: String) { context = Array((words + "\n").utf8) }
    }

    package let bytes: [UInt8]
    package let signature: [UInt8]

    private static let signatureBytes = 128

    package init(_ bytes: [UInt8], as kind: Kind, key: SigningKey) throws {
        self.bytes = bytes
        signature = try key.sign(kind.context + bytes)
    }

    /// Whether a node signed it with a key that held at a time.
    ///
    /// - Parameter key: as the bytes name it.
    package func isSigned(
        as kind: Kind, by node: NodeID, key: KeyID, at time: WallTime, in keys: any KeyDirectory
    ) -> Bool {
        keys.ledgerKey(of: node, id: key, at: time)?
            .verify(signature: signature, message: kind.context + bytes) ?? false
    }
}

extension SignedBytes: ProtobufWireValue {
    package func wire() -> PBSigned {
        var message = PBSigned()
        message.statement = Data(bytes)
        message.signature = Data(signature)
        return message
    }

    /// - Throws: `access.malformed` where it is longer than any.
    package init(wire message: PBSigned) throws {
        guard message.statement.count <= Limits.entryHeaderBytes / 2, message.signature.count <= Self.signatureBytes
        else { throw AccessStatement.malformed }
        bytes = [UInt8](message.statement)
        signature = [UInt8](message.signature)
    }
}

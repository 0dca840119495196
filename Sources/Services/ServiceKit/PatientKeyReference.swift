import Effects
import Foundation
import SwiftProtobuf
package import Trust
import Wire

/// A patient key with the epoch whose secret made it; this is all that a header or a query says about a person.
package struct PatientKeyReference: Hashable, Sendable {
    package var epoch: UInt32
    package var key: PatientKey

    package init(epoch: UInt32, key: PatientKey) {
        self.epoch = epoch
        self.key = key
    }
}

extension PatientKeyReference: ProtobufWireValue {
    package func wire() -> PBPatientKey {
        var message = PBPatientKey()
        message.epoch = epoch
        message.key = Data(key.bytes)
        return message
    }

    /// - Throws: `access.patientKey`.
    package init(wire message: PBPatientKey) throws {
        guard let key = PatientKey(bytes: [UInt8](message.key)) else {
            throw Failure("access.patientKey", "a patient key cannot be read")
        }
        self.init(epoch: PeerNumber.label(message.epoch), key: key)
    }
}

extension PatientKeyReference {
    /// Epoch and key in one value, for indexes.
    package var indexBytes: [UInt8] {
        withUnsafeBytes(of: epoch.bigEndian) { Array($0) } + key.bytes
    }

    /// Reads ``indexBytes``.
    package init?(indexBytes bytes: [UInt8]) {
        let width = MemoryLayout<UInt32>.size
        guard bytes.count > width, let key = PatientKey(bytes: bytes[width...]) else { return nil }
        self.init(epoch: bytes[..<width].reduce(0) { $0 << 8 | UInt32($1) }, key: key)
    }

    /// An order that says nothing about persons and is the same everywhere.
    package func isOrdered(before other: PatientKeyReference) -> Bool {
        epoch == other.epoch ? key.bytes.lexicographicallyPrecedes(other.key.bytes) : epoch < other.epoch
    }
}

package import Effects

/// The secret of one epoch, from which every node of a region makes the same patient keys.
///
/// It reaches each node encrypted to that node's box key, and its descriptions never show the bytes.
package struct PatientKeySecret: Sendable, Equatable, CustomStringConvertible, CustomReflectable {
    package static let byteCount = 32

    package let epoch: UInt32
    package let suite: Suite
    package let bytes: [UInt8]

    /// - Throws: `patient.malformedSecret` unless there are exactly 32 bytes.
    package init(epoch: UInt32, suite: Suite, bytes: [UInt8]) throws {
        guard bytes.count == Self.byteCount else {
            throw Failure("patient.malformedSecret", "a patient key secret has \(Self.byteCount) bytes")
        }
        self.epoch = epoch
        self.suite = suite
        self.bytes = bytes
    }

    /// A new secret.
    package init(epoch: UInt32, suite: Suite, random: any RandomSource) {
        self.epoch = epoch
        self.suite = suite
        bytes = random.bytes(Self.byteCount)
    }

    /// The key of one identifier: the suite's HMAC, under this secret, of type, issuing authority and normalised value.
    ///
    /// The message is the label `yilian.patient-key.v1`, the type, the authority and the value, each in UTF-8 after its
    /// own length (4 bytes, most significant first), so that no two triples give one message. All three are normalised
    /// by `PatientIdentifierNormaliser`.
    ///
    /// - Throws: `patient.emptyIdentifier` where type or value is empty: such persons would all be one.
    package func patientKey(type: String, authority: String, value: String) throws -> PatientKey {
        let type = PatientIdentifierNormaliser.normalise(type)
        let value = PatientIdentifierNormaliser.normalise(value, ofType: type)
        guard !type.isEmpty, !value.isEmpty else {
            throw Failure(
                "patient.emptyIdentifier", "an identifier without type or value names nobody",
                remedy: "send the identifier's type and value, or leave the identifier out")
        }
        var message: [UInt8] = []
        for field in ["yilian.patient-key.v1", type, PatientIdentifierNormaliser.normalise(authority), value] {
            let bytes = Array(field.utf8)
            withUnsafeBytes(of: UInt32(clamping: bytes.count).bigEndian) { message.append(contentsOf: $0) }
            message.append(contentsOf: bytes)
        }
        return PatientKey(code: suite.hmac(key: bytes, message: message))
    }

    /// Tells this secret from every other one and says nothing about it: the suite's HMAC, under the secret, of a label.
    package var fingerprint: [UInt8] {
        suite.hmac(key: bytes, message: Array("yilian.patient-key-epoch.fingerprint.v1".utf8))
    }

    package var description: String { "\(suite) patient key secret of epoch \(epoch)" }
    package var customMirror: Mirror { Mirror(self, children: ["epoch": epoch]) }
}

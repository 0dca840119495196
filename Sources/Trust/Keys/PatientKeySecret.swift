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

/// A person's identifier made unreadable: what headers and indexes carry instead of a name or a number.
///
/// Equal keys under one epoch's secret mean equal identifiers; without the secret neither direction can be guessed.
package struct PatientKey: Hashable, Sendable, CustomStringConvertible {
    package static let byteCount = 32

    package let bytes: [UInt8]

    /// - Returns: `nil` unless there are exactly 32 bytes.
    package init?(bytes: some Collection<UInt8>) {
        guard bytes.count == Self.byteCount else { return nil }
        self.bytes = Array(bytes)
    }

    /// - Returns: `nil` unless the text is 64 hexadecimal digits.
    package init?(hex: String) {
        guard let bytes = Hex.bytes(hex) else { return nil }
        self.init(bytes: bytes)
    }

    init(code: [UInt8]) {
        bytes = code
    }

    package var hex: String { Hex.text(bytes) }
    package var description: String { hex }
}

/// Brings the spellings of one identifier together before it becomes a patient key.
///
/// In this order, and nothing else:
/// 1. full-width ASCII (U+FF01 to U+FF5E) becomes ASCII, the ideographic space (U+3000) a space;
/// 2. leading and trailing characters that Unicode calls white space are dropped;
/// 3. in a value of type `citizenID`, `a` to `z` become `A` to `Z` (the check character `x`).
///
/// What stays: inner spaces, hyphens, leading zeros, the case of every other identifier; no other Unicode
/// normalisation is made. Changing a rule changes every key, so a change needs a new epoch.
package enum PatientIdentifierNormaliser {
    /// The identifier type of citizen identity numbers (GB 11643).
    package static let citizenIDType = "citizenID"

    /// Rules 1 and 2.
    package static func normalise(_ text: String) -> String {
        if isPlain(text) { return text }
        let folded = text.unicodeScalars.map(fold)
        guard let first = folded.firstIndex(where: { !$0.properties.isWhitespace }),
            let last = folded.lastIndex(where: { !$0.properties.isWhitespace })
        else { return "" }
        var result = String.UnicodeScalarView()
        result.append(contentsOf: folded[first...last])
        return String(result)
    }

    /// Rules 1 to 3.
    package static func normalise(_ value: String, ofType type: String) -> String {
        let plain = normalise(value)
        guard type == citizenIDType else { return plain }
        let bytes = plain.utf8.map { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0) ? $0 - 32 : $0 }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Whether neither rule has anything to do: printable ASCII without a space at either end.
    private static func isPlain(_ text: String) -> Bool {
        let bytes = text.utf8
        return bytes.first != 0x20 && bytes.last != 0x20 && bytes.allSatisfy { (0x20...0x7E).contains($0) }
    }

    private static func fold(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
        switch scalar.value {
        case 0xFF01...0xFF5E: Unicode.Scalar(UInt8(scalar.value - 0xFEE0))
        case 0x3000: " "
        default: scalar
        }
    }
}

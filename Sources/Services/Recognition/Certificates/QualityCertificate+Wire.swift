import Effects
import Regions

extension QualityCertificate {
    /// - Parameter version: from 1; a higher one takes the place of the lower, which stays on record.
    func bytes(version: Int) throws -> [UInt8] {
        var message = PBRecognitionCertificateFields()
        message.number = number
        message.unit = unit.rawValue
        message.item = item ?? ""
        message.classes = classes.map(\.rawValue)
        message.scope = scope
        message.from = from.milliseconds
        message.to = to.milliseconds
        message.programme = programme
        message.version = UInt32(clamping: version)
        return try message.serializedBytes()
    }

    /// - Throws: `recognition.malformed`.
    static func read(_ bytes: [UInt8]) throws -> (certificate: QualityCertificate, version: Int) {
        guard let message = try? PBRecognitionCertificateFields(serializedBytes: bytes), !message.number.isEmpty
        else { throw Failure("recognition.malformed", "a certificate cannot be read") }
        let version = try PeerNumber.count(message.version, atMost: Limits.versions, "a certificate's version")
        guard version > 0 else { throw Failure("recognition.malformed", "a certificate has no version") }
        let certificate = QualityCertificate(
            number: message.number, unit: try OrgUnitID(message.unit), item: message.item.nonEmpty,
            classes: message.classes.map(ExaminationClass.init(rawValue:)), scope: message.scope,
            from: try PeerNumber.time(message.from), to: try PeerNumber.time(message.to),
            programme: message.programme)
        return (certificate, version)
    }
}

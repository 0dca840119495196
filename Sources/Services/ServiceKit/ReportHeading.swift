package import Effects
package import Ledgers
import Trust
package import Wire

/// What other services read of a report's header: whose it is, and under which keys of a person it came.
package struct ReportHeading: Sendable, Equatable {
    /// The kind of entry whose header it is.
    package static let kind = EntryKind(100)

    package var institution: String
    package var patientKeys: [PatientKeyReference]

    /// - Throws: `report.malformed`.
    package init(_ fields: [UInt8]) throws {
        institution = try Self.institution(in: fields)
        patientKeys = try Self.patientKeys(in: fields)
    }

    /// The patient keys that an encoded header names, without reading the rest of it.
    package static func patientKeys(in bytes: [UInt8]) throws -> [PatientKeyReference] {
        do {
            return try ProtobufReader.read(bytes) { reader in
                var keys: [PatientKeyReference] = []
                while let field = try reader.next() {
                    if field.number == 2, let key = reader.message(field) { keys.append(try patientKey(key)) }
                }
                return keys
            }
        } catch {
            throw malformed
        }
    }

    /// The institution that an encoded header names, without reading the rest of it.
    package static func institution(in bytes: [UInt8]) throws -> String {
        do {
            return try ProtobufReader.read(bytes) { reader in
                var name = ""
                while let field = try reader.next() {
                    if field.number == 3 { name = try reader.text(field) ?? name }
                }
                return name
            }
        } catch {
            throw malformed
        }
    }

    /// One patient key of a header.
    package static func patientKey(_ reader: ProtobufReader) throws -> PatientKeyReference {
        var reader = reader
        var epoch: UInt32 = 0
        var key: PatientKey?
        while let field = try reader.next() {
            if field.number == 1, let number = PeerNumber.label(reader.integer32(field)) { epoch = number }
            if field.number == 2, let bytes = reader.data(field) { key = PatientKey(bytes: bytes) }
        }
        guard let key else { throw malformed }
        return PatientKeyReference(epoch: epoch, key: key)
    }

    package static let malformed = Failure("report.malformed", "the report's header cannot be read")
}

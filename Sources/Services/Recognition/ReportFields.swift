import Effects
import Foundation
package import ServiceKit
import Trust
import Wire

/// What the header of a recognition record says: enough to find a result and to judge whether it is worth opening.
package struct ReportFields: Sendable, Equatable {
    /// Identity of the result: a digest of institution, order number and patient key.
    package var reportKey: String
    package var patientKeys: [PatientKeyReference]
    package var institution: String
    package var service: Coding.Code
    package var category: ReportCategory
    package var status: ReportStatus
    /// From 1; changed content of one result is a new version.
    package var version: Int
    package var observedTime: String?
    package var issuedTime: String?
    /// Came in processing mode P; nothing else is recognisable.
    package var isProduction: Bool
    package var observationCount: Int
    package var attachmentCount: Int
    /// Which items of the region's catalogue the report holds; none where its author's region has no catalogue.
    package var lines: [ReportLine]
    /// Which of the patient keys are evidence that one person has them: those of identifiers that name their issuer.
    ///
    /// A hospital's bare number may be many people's. Headers without this say nothing of the kind.
    package var identifying: UInt64 = 0
    /// What the report says of the person, as digests.
    package var marks = DemographicMarks()
    /// The message brought lines, which were merged into what stood before; else it brought the whole report.
    package var isByLines = false
    /// Which of the patient keys are of identifiers that are no longer in use.
    ///
    /// The result is found by them; that it is the person's own, they do not tell.
    package var former: UInt64 = 0

    package func encoded() throws -> [UInt8] {
        var writer = ProtobufWriter(reservingBytes: 256)
        writer.text(1, reportKey)
        for reference in patientKeys {
            writer.message(2) { writer in
                writer.integer(1, UInt64(reference.epoch))
                writer.data(2, reference.key.bytes)
            }
        }
        writer.text(3, institution)
        writer.text(4, service.code)
        writer.text(5, service.system)
        writer.text(6, service.display)
        writer.integer(7, UInt64(category.rawValue))
        writer.integer(8, UInt64(status.rawValue))
        writer.integer(9, UInt64(UInt32(clamping: version)))
        writer.text(10, observedTime)
        writer.text(11, issuedTime)
        writer.truth(12, isProduction)
        writer.integer(13, UInt64(UInt32(clamping: observationCount)))
        writer.integer(14, UInt64(UInt32(clamping: attachmentCount)))
        for line in lines { writer.message(15) { line.write(to: &$0) } }
        writer.integer(30, identifying)
        if !marks.isEmpty { writer.message(31) { marks.write(to: &$0) } }
        writer.truth(32, isByLines)
        writer.integer(33, former)
        return writer.bytes
    }

    package init(bytes: [UInt8]) throws {
        do {
            self = try ProtobufReader.read(bytes) { try Self(&$0) }
        } catch {
            throw ReportHeading.malformed
        }
    }

    /// Reads what ``withoutKey(_:)`` left.
    package init(bytes: [UInt8], reportKey: String) throws {
        try self.init(bytes: bytes)
        self.reportKey = reportKey
    }

    /// An encoded header less the report key that stands first in it, for an index whose rows hold the key themselves.
    ///
    /// What a header of a newer program says besides is kept.
    package static func withoutKey(_ bytes: [UInt8]) -> [UInt8] {
        let length = 40
        guard bytes.count >= 2 + length, bytes[0] == 0x0A, bytes[1] == UInt8(length) else { return bytes }
        return Array(bytes[(2 + length)...])
    }

    private init(_ reader: inout ProtobufReader) throws {
        (reportKey, institution, service, patientKeys) = ("", "", Coding.Code(code: "", display: "", system: ""), [])
        (category, version, observationCount, attachmentCount, isProduction) = (.other, 0, 0, 0, false)
        lines = []
        var status: ReportStatus?
        while let field = try reader.next() {
            switch field.number {
            case 1: reportKey = try reader.text(field) ?? reportKey
            case 2:
                guard patientKeys.count < Limits.personIdentifiers else { throw ReportHeading.malformed }
                if let key = reader.message(field) { patientKeys.append(try ReportHeading.patientKey(key)) }
            case 3: institution = try reader.text(field) ?? institution
            case 4: service.code = try reader.text(field) ?? service.code
            case 5: service.system = try reader.text(field) ?? service.system
            case 6: service.display = try reader.text(field) ?? service.display
            case 7:
                if let number = PeerNumber.label(reader.integer32(field)) {
                    category = try Self.known(ReportCategory.self, number)
                }
            case 8:
                if let number = PeerNumber.label(reader.integer32(field)) {
                    status = try Self.known(ReportStatus.self, number)
                }
            case 9: version = try reader.count(field, atMost: Limits.versions, "a report's version") ?? version
            case 10: observedTime = try reader.text(field)?.nonEmpty ?? observedTime
            case 11: issuedTime = try reader.text(field)?.nonEmpty ?? issuedTime
            case 12: if let number = PeerNumber.label(reader.integer(field)) { isProduction = number != 0 }
            case 13: observationCount = try reader.count(field, atMost: Limits.entryPayloadBytes, "observations") ?? 0
            case 14: attachmentCount = try reader.count(field, atMost: Limits.entryPayloadBytes, "attachments") ?? 0
            case 15:
                guard let line = reader.message(field), lines.count < Limits.reportLines else { continue }
                lines.append(try ReportLine(line))
            case 30: identifying = PeerNumber.label(reader.integer(field)) ?? identifying
            case 31: if let part = reader.message(field) { marks = try DemographicMarks(part) }
            case 32: if let number = PeerNumber.label(reader.integer(field)) { isByLines = number != 0 }
            case 33: former = PeerNumber.label(reader.integer(field)) ?? former
            default: continue
            }
        }
        guard let status else { throw ReportHeading.malformed }
        self.status = status
    }

    private static func known<Word: RawRepresentable<UInt8>>(_ type: Word.Type, _ number: UInt32) throws -> Word {
        guard let word = UInt8(exactly: number).flatMap(Word.init(rawValue:)) else { throw ReportHeading.malformed }
        return word
    }

    /// The keys that the report says are the same person's as one of its keys; none where either may be several
    /// people's.
    func keys(besides key: PatientKeyReference) -> [PatientKeyReference] {
        let identifying = zip(patientKeys, 0..<UInt64.bitWidth).filter { self.identifying >> $0.1 & 1 == 1 }.map(\.0)
        return identifying.contains(key) ? identifying.filter { $0 != key } : []
    }

    /// Whether it is a person's by keys alone that are no longer in use.
    ///
    /// - Parameter keys: all that the person is known by.
    func isOnlyFormerly(of keys: Set<PatientKeyReference>) -> Bool {
        let named = patientKeys.indices.filter { keys.contains(patientKeys[$0]) }
        return !named.isEmpty && named.allSatisfy(isFormer)
    }

    /// Whether a key is no longer in use.
    func isFormer(_ key: PatientKeyReference) -> Bool { patientKeys.firstIndex(of: key).map(isFormer) ?? false }

    private func isFormer(_ place: Int) -> Bool { place < UInt64.bitWidth && former >> UInt64(place) & 1 == 1 }

    /// - Parameter identifying: bit n for the patient key n; see ``identifying``.
    package init(
        _ submission: ReportSubmission, reportKey: String, patientKeys: [PatientKeyReference], version: Int,
        identifying: UInt64 = 0, former: UInt64 = 0, lines: [ReportLine] = [],
        marks: DemographicMarks = DemographicMarks()
    ) {
        let content = submission.content
        self.reportKey = reportKey
        self.patientKeys = patientKeys
        institution = content.institution
        service = Coding.Code(
            code: content.service.code, display: content.service.display,
            system: content.service.codes.first?.system ?? "")
        category = content.category
        status = content.status
        self.version = version
        observedTime = content.observedTime
        issuedTime = content.issuedTime
        isProduction = submission.isProduction
        observationCount = content.standingObservations.count
        attachmentCount = content.attachments.count
        self.lines = lines
        self.identifying = identifying
        self.former = former
        self.marks = marks
        isByLines = submission.completeness == .lines
    }
}

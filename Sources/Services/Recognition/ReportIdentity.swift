import Effects
import ServiceKit
import Trust

/// What makes two messages speak of one result: institution, order number, patient.
///
/// The order number is the filler's, with service code and position where several reports use it; where there is none,
/// the placer's with service code and position.
struct ReportIdentity: Sendable {
    private let institution: String
    private let filler: String?
    private let placer: String
    private let service: String
    private let position: Int
    private let patient: PatientKeyReference

    /// How many reports of one service under one filler number are told apart.
    private static let positions = 2...9

    /// - Throws: `recognition.noOrderNumber` where neither number is given.
    init(_ content: ReportContent, patient: PatientKeyReference) throws {
        guard content.fillerOrderNumber != nil || content.placerOrderNumber != nil else {
            throw Failure(
                "recognition.noOrderNumber", "the report has neither a filler nor a placer order number",
                remedy: "send OBR-3 or OBR-2 (FHIR: identifier, or basedOn with an identifier)")
        }
        institution = content.institution
        filler = content.fillerOrderNumber
        placer = content.placerOrderNumber ?? ""
        service = content.service.code
        position = content.position
        self.patient = patient
    }

    /// The key of the known result that the report speaks of.
    ///
    /// A correction may come alone although its filler number stands for several reports: a position of 1 then says
    /// nothing, and the service code tells which of them is meant.
    ///
    /// - Parameter taken: keys that other reports of the same message have; two reports of one message are two results.
    func known(taken: Set<String>, suite: Suite, in lookup: ReportLookup) throws -> String? {
        guard filler != nil else {
            let key = key(placerNumber, suite: suite)
            return try lookup.versions(of: key).isEmpty ? nil : key
        }
        let base = key(fillerNumber(nil), suite: suite)
        let first = try lookup.versions(of: base).first
        let isOfBase = first.map { isSameService($0.fields.service.code) } ?? false
        if position == 1, isOfBase, !taken.contains(base) { return base }
        for number in position > 1 ? position...position : Self.positions where first != nil || position > 1 {
            let key = key(fillerNumber(number), suite: suite)
            if !taken.contains(key), try !lookup.versions(of: key).isEmpty { return key }
        }
        // The number alone is the identity where it never stood for several reports, also when the service changes.
        let speaksOfBase = first != nil && (position == 1 || isOfBase)
        return speaksOfBase && !taken.contains(base) ? base : nil
    }

    /// A key for a result that is not known yet.
    func fresh(taken: Set<String>, suite: Suite, in lookup: ReportLookup) throws -> String {
        guard filler != nil else { return key(placerNumber, suite: suite) }
        if position > 1 { return key(fillerNumber(position), suite: suite) }
        let base = key(fillerNumber(nil), suite: suite)
        if !taken.contains(base), try lookup.versions(of: base).isEmpty { return base }
        for number in Self.positions {
            let key = key(fillerNumber(number), suite: suite)
            if !taken.contains(key), try lookup.versions(of: key).isEmpty { return key }
        }
        throw Failure(
            "recognition.tooManyReports", "the filler order number stands for too many reports of one service",
            remedy: "give each report a filler order number of its own")
    }

    private func isSameService(_ other: String) -> Bool {
        service.isEmpty || other.isEmpty || service == other
    }

    private func fillerNumber(_ number: Int?) -> [String] {
        ["filler", filler ?? ""] + (number.map { [service, "\($0)"] } ?? [])
    }

    private var placerNumber: [String] { ["placer", placer, service, "\(position)"] }

    /// The key under which the result stands in every index; tells nothing about the person.
    private func key(_ orderNumber: [String], suite: Suite) -> String {
        var bytes: [UInt8] = []
        for part in [institution] + orderNumber {
            let text = Array(part.utf8)
            withUnsafeBytes(of: UInt32(text.count).bigEndian) { bytes.append(contentsOf: $0) }
            bytes += text
        }
        withUnsafeBytes(of: patient.epoch.bigEndian) { bytes.append(contentsOf: $0) }
        return String(suite.digest(bytes + patient.key.bytes).hex.prefix(40))
    }
}

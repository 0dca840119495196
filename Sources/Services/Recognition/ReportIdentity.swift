import Effects
import ServiceKit
import Trust

/// What makes two messages speak of one result: institution, order number, service, time of collection, patient.
///
/// The order number is the filler's; where there is none, the placer's. Another service under the same number is another
/// result, whatever came first. Among results of one service under one number the time of collection decides, and where
/// that decides nothing the message is refused: a result is never taken for another one. A report without a number is a
/// result of its own for ever; only the very same content is the same result. What comes from training or debugging
/// is never a production result, whatever number it has.
struct ReportIdentity: Sendable {
    /// Which of the reports of its message, number and service it is, and how many of them there are.
    struct Occurrence: Sendable, Equatable {
        var index = 0
        var count = 1
    }

    private let institution: String
    private let isProduction: Bool
    private let number: [String]
    /// Codes of the service, the leading one first; a correction may name them in another order.
    private let services: [String]
    private let collected: CollectionTime
    private let isVoid: Bool
    private let isCorrection: Bool
    private let occurrence: Occurrence
    private let patient: PatientKeyReference
    private let digests: [[UInt8]]

    private static let servicesTried = 4

    /// - Parameter digests: of what the content may be here.
    /// - Throws: `recognition.noOrderNumber` where a void names no number: it would withdraw nothing.
    init(
        _ content: ReportContent, isProduction: Bool, occurrence: Occurrence, digests: [[UInt8]],
        patient: PatientKeyReference
    ) throws {
        institution = content.institution
        self.isProduction = isProduction
        isVoid = content.status == .void
        isCorrection = content.status == .corrected
        number = Self.number(content)
        guard !number.isEmpty || !isVoid else {
            throw Failure(
                "recognition.noOrderNumber", "the withdrawal names neither a filler nor a placer order number",
                remedy:
                    "send OBR-3 or OBR-2 (FHIR: identifier, or basedOn with an identifier) of the report that it withdraws"
            )
        }
        services = Self.services(content.service)
        collected = CollectionTime(content.observedTime)
        self.occurrence = occurrence
        self.patient = patient
        self.digests = digests
    }

    /// The kind of an order number, and the number; empty where there is none.
    static func number(_ content: ReportContent) -> [String] {
        content.fillerOrderNumber.map { ["filler", $0] } ?? content.placerOrderNumber.map { ["placer", $0] } ?? []
    }

    static func services(_ service: Coding) -> [String] {
        var codes: [String] = []
        for code in service.codes.map(\.code) where !code.isEmpty && !codes.contains(code) { codes.append(code) }
        return codes.isEmpty ? [service.display] : Array(codes.prefix(servicesTried))
    }

    /// A result under this identity's number and service.
    private struct Slot {
        var key: String
        var versions: [ReportTable.Version]
        var isTaken: Bool
        var time: CollectionTime
    }

    /// The key of the known result that the report speaks of.
    ///
    /// - Parameter taken: keys that other reports of the same message have; two reports of one message are two results.
    /// - Throws: `recognition.ambiguous`, `recognition.otherTime`.
    func known(taken: Set<String>, suite: Suite, in lookup: ReportLookup) throws -> String? {
        guard !number.isEmpty else {
            let key = numberless(suite: suite)
            return try lookup.versions(of: key).isEmpty ? nil : key
        }
        for service in services {
            let slots = try slots(service, taken: taken, suite: suite, in: lookup)
            if !slots.isEmpty { return try chosen(among: slots) }
        }
        return nil
    }

    /// How the collection time of a known result stands to the report's; `nil` where it is another service's.
    ///
    /// - Parameter content: of one of its versions.
    func relation(to content: ReportContent, _ versions: [ReportTable.Version]) -> CollectionTime.Relation? {
        guard content.institution == institution, Self.number(content) == number,
            versions.first?.fields.isProduction == isProduction,
            services.contains(Self.services(content.service).first ?? "")
        else { return nil }
        return CollectionTime(versions.lazy.compactMap(\.fields.observedTime).last).relation(to: collected)
    }

    /// The one among results of its person, number and service that came under whatever keys.
    ///
    /// - Throws: `recognition.ambiguous`, `recognition.otherTime`.
    func chosen(among keys: [String], taken: Set<String>, in lookup: ReportLookup) throws -> String? {
        let slots = try keys.map { try slot($0, taken: taken, in: lookup) }
        return slots.isEmpty ? nil : try chosen(among: slots)
    }

    /// Whether the collection time tells the minute, so that two results of one number have hardly one.
    var hasExactTime: Bool { collected.isExact }

    /// A key for a result that is not known yet.
    ///
    /// - Throws: `recognition.noService` for a void that does not say what it withdraws; `recognition.tooManyReports`.
    func fresh(taken: Set<String>, suite: Suite, in lookup: ReportLookup) throws -> String {
        guard !isVoid || services != [""] else {
            throw Failure(
                "recognition.noService", "the withdrawal names no service, and no report without one is known",
                remedy: "send the service code (OBR-4, FHIR: code) of the report that it withdraws")
        }
        guard !number.isEmpty else { return numberless(suite: suite) }
        for place in 1...Limits.reportsPerNumber {
            let key = key(services[0], place, suite: suite)
            if !taken.contains(key), try lookup.versions(of: key).isEmpty { return key }
        }
        throw Failure(
            "recognition.tooManyReports",
            "the order number stands for more than \(Limits.reportsPerNumber) reports of one service",
            remedy: "give each report an order number of its own")
    }

    /// Whether a report that is known nowhere corrects something: it is taken as one of its own, and its sender told.
    func correctsNothing(taken: Set<String>, suite: Suite, in lookup: ReportLookup) throws -> Bool {
        guard isCorrection, !number.isEmpty else { return false }
        return try services.contains { service in
            try slots(service, taken: taken, suite: suite, in: lookup).contains { !$0.isTaken }
        }
    }

    private func chosen(among slots: [Slot]) throws -> String? {
        let free = slots.filter { !$0.isTaken }
        let same = free.first { slot in
            slot.versions.contains { version in version.contentDigest.map(digests.contains) ?? false }
        }
        if let same { return same.key }
        let agreeing = slots.filter { $0.time.relation(to: collected) == .same }
        if occurrence.count > 1 {
            // Several of one message: in their order, among those of their time; a new one where there are fewer.
            let known = agreeing.isEmpty ? slots.filter { $0.time.relation(to: collected) == .unknown } : agreeing
            return known.first { !$0.isTaken }?.key
        }
        if agreeing.count == 1 { return agreeing[0].key }
        guard agreeing.isEmpty else { throw Self.ambiguous }
        let undated = slots.filter { $0.time.relation(to: collected) == .unknown }
        if undated.count == 1, slots.count == 1 { return undated[0].key }
        guard undated.isEmpty else { throw Self.ambiguous }
        guard !isVoid else {
            throw Failure(
                "recognition.otherTime", "no known report of this number and service has this collection time",
                remedy: "send the collection time (OBR-7, FHIR: effective) of the report that is withdrawn, or none")
        }
        return nil
    }

    static let ambiguous = Failure(
        "recognition.ambiguous",
        "the order number stands for several reports of this service, and the collection time does not tell which",
        remedy: "send the collection time (OBR-7, FHIR: effective), or give each report an order number of its own")

    private func slots(
        _ service: String, taken: Set<String>, suite: Suite, in lookup: ReportLookup
    ) throws -> [Slot] {
        var slots: [Slot] = []
        for place in 1...Limits.reportsPerNumber {
            let slot = try slot(key(service, place, suite: suite), taken: taken, in: lookup)
            guard !slot.versions.isEmpty else { break }
            slots.append(slot)
        }
        return slots
    }

    private func slot(_ key: String, taken: Set<String>, in lookup: ReportLookup) throws -> Slot {
        let versions = try lookup.versions(of: key)
        let time = versions.lazy.compactMap(\.fields.observedTime).last
        return Slot(key: key, versions: versions, isTaken: taken.contains(key), time: CollectionTime(time))
    }

    private func key(_ service: String, _ place: Int, suite: Suite) -> String {
        key(number + [service] + (place == 1 ? [] : ["\(place)"]), suite: suite)
    }

    private func numberless(suite: Suite) -> String {
        key(["none", services[0], Hex.text(digests[0])], suite: suite)
    }

    /// The key under which the result stands in every index; tells nothing about the person.
    private func key(_ parts: [String], suite: Suite) -> String {
        var bytes: [UInt8] = []
        for part in [institution] + (isProduction ? [] : ["not production"]) + parts {
            let text = Array(part.utf8)
            withUnsafeBytes(of: UInt32(clamping: text.count).bigEndian) { bytes.append(contentsOf: $0) }
            bytes += text
        }
        withUnsafeBytes(of: patient.epoch.bigEndian) { bytes.append(contentsOf: $0) }
        return ReportKey.bound(suite.digest(bytes + patient.key.bytes), to: institution, suite: suite)
    }
}

/// When a specimen was taken or an examination done, as far as it tells results apart.
struct CollectionTime: Sendable, Equatable {
    enum Relation { case same, other, unknown }

    private let text: String
    private let time: ClinicalTime?

    init(_ text: String?) {
        self.text = text ?? ""
        time = text.flatMap(ClinicalTime.init)
    }

    /// Two times are the same where they are one moment, or one says less exactly what the other says.
    ///
    /// Zones aside: the same time of day in two zones is one time, because converters label local times as they like.
    func relation(to other: CollectionTime) -> Relation {
        guard !text.isEmpty, !other.text.isEmpty else { return .unknown }
        if text == other.text { return .same }
        guard let time, let another = other.time, let first = time.moment(), let second = another.moment() else {
            return .other
        }
        let precision = min(time.precision, another.precision)
        return first == second || Self.parts(time, precision) == Self.parts(another, precision) ? .same : .other
    }

    /// Whether it tells the minute at least.
    var isExact: Bool { time.map { $0.precision >= .minute } ?? false }

    /// The parts of a time that a precision knows.
    private static func parts(_ time: ClinicalTime, _ precision: ClinicalTime.Precision) -> [Int] {
        let civil = time.civil
        let all = [civil.year, civil.month, civil.day, civil.hour, civil.minute, civil.second]
        return Array(all.prefix(precision.rawValue + 1))
    }
}

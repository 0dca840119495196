import EdgeKit
import Effects
import FHIR
import Recognition
import ServiceKit

/// Whether what a message says is about its report's patient.
///
/// Everything that becomes part of a report is asked for its own subject: a result under another person's name is the
/// worst that a message can do.
struct FHIRWhose {
    enum Verdict { case same, other, unknown }

    /// Whom a reference means, as far as the message tells.
    private struct Person {
        var mark: String?
        var reference: String?
        var identifiers: [PatientIdentifier] = []
        var isPatient = true

        /// Those that are in use.
        var current: [PatientIdentifier] { identifiers.filter { !$0.isFormer } }
    }

    /// What was found out before: many resources are about few people.
    private final class Memory {
        var verdicts: [String: Verdict] = [:]
    }

    private let bundle: FHIRBundle
    private let reader: FHIRPatientReader
    private let patient: Person?
    /// Who issued the patient's numbers, by number.
    private let issuers: [String: Set<String>]
    private let memory = Memory()

    /// - Parameter report: whose subject everything else is compared with; where it has none, the message's only
    ///   Patient.
    init(bundle: FHIRBundle, report: FHIRBundle.Entry, now: WallTime) {
        self.bundle = bundle
        let reader = FHIRPatientReader(bundle: bundle, now: now)
        self.reader = reader
        var patient: Person?
        if let subject = report.resource["subject"] {
            patient = Self.person(subject, from: report, bundle, reader)
        } else {
            patient = bundle.only("Patient").map { Self.person(found: $0, reader) }
        }
        self.patient = patient
        var issuers: [String: Set<String>] = [:]
        for identifier in patient?.current ?? [] where identifier.reach != .nobody {
            issuers[identifier.value, default: []].insert(identifier.authority)
        }
        self.issuers = issuers
    }

    /// Asks one reference of a resource.
    ///
    /// - Returns: `same` where it names nobody.
    func verdict(_ reference: JSONValue?, from entry: FHIRBundle.Entry) -> Verdict {
        guard let reference, let patient else { return .same }
        let found = bundle.resolve(reference, from: entry, type: "Patient")
        if let mark = found?.mark {
            if mark == patient.mark { return .same }
            if let known = memory.verdicts[mark] { return known }
        }
        let person =
            found.map { Self.person(found: $0, reader) } ?? Self.person(reference, from: entry, bundle, reader)
        let verdict = verdict(person, patient)
        if let mark = person.mark { memory.verdicts[mark] = verdict }
        return verdict
    }

    private func verdict(_ person: Person, _ patient: Person) -> Verdict {
        guard person.isPatient else { return .other }
        if !person.current.isEmpty, !patient.current.isEmpty {
            return person.current.contains(where: isPatients) ? .same : .other
        }
        // A number that is no longer in use shows neither that two are one person nor that they are not.
        if person.current.count < person.identifiers.count || patient.current.count < patient.identifiers.count {
            return .unknown
        }
        if let text = person.reference, text == patient.reference { return .same }
        return person.mark != nil && patient.mark != nil ? .other : .unknown
    }

    /// Whether a number is the report's patient's.
    ///
    /// Types are left aside: one message names a number with its type and, beside it, without. A place-holder is
    /// nobody's number.
    private func isPatients(_ identifier: PatientIdentifier) -> Bool {
        guard let known = issuers[identifier.value] else { return false }
        return identifier.authority.isEmpty || known.contains("") || known.contains(identifier.authority)
    }

    /// Refuses a message in which a resource is about somebody else, or nobody can tell about whom.
    func check(
        _ reference: JSONValue?, of entry: FHIRBundle.Entry, element: String, _ findings: inout FHIRFindings
    ) {
        let place = bundle.expression(entry, element)
        switch verdict(reference, from: entry) {
        case .same: return
        case .other:
            findings.refuse(.conflict, "\(entry.name): its \(element) is another one than the report's patient", place)
        case .unknown:
            findings.refuse(
                .notFound, "\(entry.name): its \(element) is not in the message, so nobody can tell whose it is", place)
        }
    }

    private static func person(
        _ element: JSONValue, from entry: FHIRBundle.Entry, _ bundle: FHIRBundle, _ reader: FHIRPatientReader
    ) -> Person {
        if let found = bundle.resolve(element, from: entry, type: "Patient") { return person(found: found, reader) }
        let text = element["reference"]?.string
        let identifier = element["identifier"] ?? text.flatMap(FHIRCondition.init(reference:))?.identifier
        let named = identifier.map { reader.patient(identifier: $0, display: nil, from: entry).identifiers } ?? []
        let type = typeName(of: element)
        return Person(reference: text, identifiers: named, isPatient: type == nil || type == "Patient")
    }

    private static func person(found: FHIRBundle.Entry, _ reader: FHIRPatientReader) -> Person {
        guard found.resource.type == "Patient" else { return Person(mark: found.mark, isPatient: false) }
        return Person(mark: found.mark, identifiers: reader.patient(found).identifiers)
    }

    /// The type that a Reference names, by itself or in its address.
    static func typeName(of element: JSONValue) -> String? {
        if let type = element["type"]?.string { return type }
        guard let reference = element["reference"]?.string else { return nil }
        let path = reference.prefix { $0 != "?" }
        if path.count < reference.count { return path.split(separator: "/").last.map(String.init) }
        let parts = path.split(separator: "/")
        return parts.count >= 2 && !path.hasPrefix("urn:") ? String(parts[parts.count - 2]) : nil
    }
}

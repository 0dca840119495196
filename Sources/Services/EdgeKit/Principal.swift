import Effects
import FHIR
package import ServiceKit

/// For whom a request or a message speaks: a hospital's system that has proved itself at a listener, or the operator who
/// brings a file of one.
package struct Principal: Hashable, Sendable {
    /// The hospital system as the node's file calls it, or the listener; for logs, statements and audits.
    package var system: String
    /// The institution as identities hold it: the id of its unit in the region.
    package var institution: String
    /// In which forms messages may come this way.
    package var forms: Set<MessageForm>
    /// For what the system asks about patients where a request names nothing else; none: it may not ask.
    package var purpose: AccessStatement.Purpose?
    /// The purposes that there are.
    package var knownPurposes: [AccessStatement.Purpose]
    /// Who asks where a request names nobody.
    package var practitioner: String?

    package init(
        system: String, institution: String, forms: Set<MessageForm> = [.hl7v2, .fhir],
        purpose: AccessStatement.Purpose? = nil, knownPurposes: [AccessStatement.Purpose] = PurposeList().all,
        practitioner: String? = nil
    ) {
        self.system = system
        self.institution = institution
        self.forms = forms
        self.purpose = purpose
        self.knownPurposes = knownPurposes
        self.practitioner = practitioner
    }
}

/// The forms that messages have.
package enum MessageForm: String, CaseIterable, Sendable {
    case hl7v2
    case fhir
}

extension Asking {
    /// What the system's configuration says, as far as the request's headers do not say otherwise.
    ///
    /// - Parameter headers: `X-Yilian-Practitioner`, `-Purpose`, `-Order`, `-Consent` and `-Break-Glass`, by lower-case
    ///   name.
    /// - Throws: a refusal where nobody is named, the purpose is unknown, an emergency has no reason, or the system may
    ///   not ask at all.
    package init(_ principal: Principal, _ headers: [String: String]) throws {
        guard let configured = principal.purpose else {
            throw FHIRRefusal(
                403, .forbidden, "this system may not ask about patients: its configuration names no purpose")
        }
        let purpose: AccessStatement.Purpose
        if let word = try Self.text(headers, "x-yilian-purpose") {
            guard let named = principal.knownPurposes.first(where: { $0.rawValue == word }) else {
                let known = principal.knownPurposes.map(\.rawValue).joined(separator: ", ")
                throw FHIRRefusal(
                    400, .codeInvalid, "the purpose is unknown; it is one of \(known)", expression: "X-Yilian-Purpose")
            }
            purpose = named
        } else {
            purpose = configured
        }
        guard let practitioner = try Self.text(headers, "x-yilian-practitioner") ?? principal.practitioner else {
            throw FHIRRefusal(
                400, .required, "nobody is named who asks; send X-Yilian-Practitioner",
                expression: "X-Yilian-Practitioner")
        }
        self.init(
            practitioner: practitioner, organizationUnit: principal.institution, purpose: purpose,
            consent: try Self.text(headers, "x-yilian-consent"),
            breakGlassReason: try Self.text(headers, "x-yilian-break-glass"),
            order: try Self.text(headers, "x-yilian-order"), system: principal.system)
        if purpose == .emergency, breakGlassReason == nil {
            throw FHIRRefusal(
                400, .required, "an emergency access needs its reason; send X-Yilian-Break-Glass",
                expression: "X-Yilian-Break-Glass")
        }
    }

    /// A header's text, which may be percent-encoded UTF-8; `nil` where it is missing or blank.
    private static func text(_ headers: [String: String], _ name: String) throws -> String? {
        guard let raw = headers[name] else { return nil }
        guard let text = PercentCoding.decode(raw), text.utf8.count <= Limits.accessTextBytes,
            !text.unicodeScalars.contains(where: { $0.value < 0x20 || $0.value == 0x7F })
        else {
            throw FHIRRefusal(
                400, .value, "the header is not percent-encoded UTF-8 of at most \(Limits.accessTextBytes) bytes",
                expression: name)
        }
        let isBlank = text.allSatisfy(\.isWhitespace)
        return isBlank ? nil : text
    }
}

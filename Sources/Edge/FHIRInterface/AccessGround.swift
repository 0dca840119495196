import Effects
import FHIR
import Identity
import Recognition
import ServiceKit

/// Who asks about a person, and why: what an access statement is made of.
struct AccessGround: Hashable, Sendable {
    var practitioner: String
    var purpose: AccessStatement.Purpose
    var organizationUnit: String
    var consent: String?
    var breakGlassReason: String?
    /// The number of the order, encounter, request or review.
    var order: String?
    /// The system that asks, as the node's file calls it.
    var system: String

    /// What the system's configuration says, as far as the request's headers do not say otherwise.
    ///
    /// - Throws: a refusal where nobody is named, the purpose is unknown, an emergency has no reason, or the system may
    ///   not ask at all.
    init(_ page: TokenBook.Page, _ headers: [String: String], organizationUnit: String) throws {
        guard let configured = page.purpose else {
            throw FHIRRefusal(
                403, .forbidden, "this system may not ask about patients: its configuration names no purpose")
        }
        self.organizationUnit = organizationUnit
        system = page.system.name
        if let word = try Self.text(headers, "x-yilian-purpose") {
            guard let named = AccessStatement.Purpose(rawValue: word) else {
                let known = AccessStatement.Purpose.allCases.map(\.rawValue).joined(separator: ", ")
                throw FHIRRefusal(
                    400, .codeInvalid, "the purpose is unknown; it is one of \(known)", expression: "X-Yilian-Purpose")
            }
            purpose = named
        } else {
            purpose = configured
        }
        guard let practitioner = try Self.text(headers, "x-yilian-practitioner") ?? page.system.practitioner else {
            throw FHIRRefusal(
                400, .required, "nobody is named who asks; send X-Yilian-Practitioner",
                expression: "X-Yilian-Practitioner")
        }
        self.practitioner = practitioner
        consent = try Self.text(headers, "x-yilian-consent")
        breakGlassReason = try Self.text(headers, "x-yilian-break-glass")
        order = try Self.text(headers, "x-yilian-order")
        if purpose == .emergency, breakGlassReason == nil {
            throw FHIRRefusal(
                400, .required, "an emergency access needs its reason; send X-Yilian-Break-Glass",
                expression: "X-Yilian-Break-Glass")
        }
    }

    func inquiry(about identifier: PatientIdentifier) -> RecognitionService.Inquiry {
        RecognitionService.Inquiry(
            identifier: identifier, practitioner: practitioner, organizationUnit: organizationUnit, purpose: purpose,
            consent: consent, breakGlassReason: breakGlassReason, order: order, system: system)
    }

    /// The same on what an earlier question rested, where the request names nothing itself.
    func resting(on earlier: AccessStatement) -> AccessGround {
        guard order == nil, consent == nil, breakGlassReason == nil else { return self }
        var ground = self
        (ground.order, ground.consent, ground.breakGlassReason) =
            (earlier.order, earlier.consent, earlier.breakGlassReason)
        return ground
    }

    var asker: IdentityAsker {
        IdentityAsker(
            practitioner: practitioner, organizationUnit: organizationUnit, purpose: purpose, consent: consent,
            breakGlassReason: breakGlassReason, order: order, system: system)
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

package import Effects
package import Recognition
import Regions

/// A quality certificate as an operator writes and reads it; times as `2026-01-01` (midnight in China) or with an offset.
package struct CertificateInfo: Codable, Sendable, Equatable {
    package var number: String
    package var unit: String
    package var item: String?
    package var classes: [String]?
    package var scope: String
    package var from: String
    package var to: String
    package var programme: String
    /// Of those that are listed; 1 and more.
    package var isInForce: Bool?

    package init(
        number: String, unit: String, item: String? = nil, classes: [String]? = nil, scope: String, from: String,
        to: String, programme: String
    ) {
        self.number = number
        self.unit = unit
        self.item = item
        self.classes = classes
        self.scope = scope
        self.from = from
        self.to = to
        self.programme = programme
    }

    package init(_ certificate: QualityCertificate, now: WallTime) {
        self.init(
            number: certificate.number, unit: certificate.unit.rawValue, item: certificate.item,
            classes: certificate.classes.isEmpty ? nil : certificate.classes.map(\.rawValue),
            scope: certificate.scope, from: certificate.from.chinaText, to: certificate.to.chinaText,
            programme: certificate.programme)
        isInForce = certificate.isInForce(at: now)
    }

    /// - Throws: what reading the unit's name and the times throws.
    package func certificate() throws -> QualityCertificate {
        QualityCertificate(
            number: number, unit: try OrgUnitID(unit), item: item,
            classes: (classes ?? []).map(ExaminationClass.init(rawValue:)), scope: scope,
            from: try WallTime(recorded: from), to: try WallTime(recorded: to), programme: programme)
    }
}

/// What became of certificates that were published.
package struct CertificateOutcome: Codable, Sendable, Equatable {
    package var number: String
    package var version: Int
    /// The same was published before; nothing new was written.
    package var isRepetition: Bool

    package init(number: String, version: Int, isRepetition: Bool) {
        self.number = number
        self.version = version
        self.isRepetition = isRepetition
    }
}

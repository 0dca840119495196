import Effects
package import Ledgers
import Regions
import ServiceKit

extension RecognitionService {
    /// Publishes a quality certificate from the dispatcher to the whole region.
    ///
    /// The same number again with other content is a new version, which takes the place of the one before: an
    /// institution whose certificate is withdrawn gets a version that ends today.
    ///
    /// - Returns: the entry, and the version that stands now; the entry is none where the same was published before.
    /// - Throws: `recognition.notIssuer` at any other node; `recognition.badCertificate` where unit, item, class or scope
    ///   is unknown or the dates are the wrong way round.
    package func certify(_ certificate: QualityCertificate) async throws -> (entry: EntryID?, version: Int) {
        guard context.tier == .dispatcher else {
            throw Failure(
                "recognition.notIssuer", "only the dispatcher publishes quality certificates",
                place: context.node.rawValue,
                remedy: "run this at the dispatcher, or ask the region's quality control centre to")
        }
        try check(certificate)
        return try await context.ledger.write(lane: .clinical) { transaction in
            let known = try CertificateTable.newest(certificate.number, in: transaction.sql)
            if let known, known.certificate == certificate { return (nil, known.version) }
            let version = (known?.version ?? 0) + 1
            let entry = try transaction.append(
                EntryDraft(
                    kind: .qualityCertificate, subject: certificate.number,
                    fields: try certificate.bytes(version: version), headerAudience: .region))
            return (entry, version)
        }
    }

    /// The certificates that this node knows, by unit and number.
    package func certificates() async throws -> [QualityCertificate] {
        try await context.ledger.read { try CertificateTable.all(limit: Limits.certificatesListed, in: $0) }
    }

    private func check(_ certificate: QualityCertificate) throws {
        let configuration = context.region.current
        let rules = configuration.recognition
        func bad(_ what: String, _ remedy: String) -> Failure {
            Failure(
                "recognition.badCertificate", what, place: "certificate \(certificate.number.prefix(80))",
                remedy: remedy)
        }
        guard (1...128).contains(certificate.number.utf8.count) else {
            throw bad("a certificate has a number of 1 to 128 bytes", "give the number as the certificate shows it")
        }
        guard configuration.organizationUnit(certificate.unit) != nil else {
            throw bad("there is no unit '\(certificate.unit)' in the region", "name a unit of region.yaml")
        }
        guard rules.scope(certificate.scope) != nil else {
            throw bad(
                "there is no scope '\(certificate.scope.prefix(80))'",
                "name one of: " + rules.scopes.map(\.id).joined(separator: ", "))
        }
        if let item = certificate.item, !rules.items.contains(where: { $0.code == item }) {
            throw bad("the catalogue has no item '\(item.prefix(80))'", "look it up with `yilian region show`")
        }
        guard certificate.item != nil || !certificate.classes.isEmpty,
            certificate.classes.allSatisfy(ExaminationClass.known.contains)
        else {
            throw bad(
                "a certificate covers one item, or classes of examinations",
                "name an item, or classes of: " + ExaminationClass.known.map(\.rawValue).joined(separator: ", "))
        }
        guard certificate.from < certificate.to else {
            throw bad("the certificate ends before it begins", "correct the dates")
        }
    }
}

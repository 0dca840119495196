import Effects
package import ServiceKit
import Storage

/// What operators ask of images.
package enum ImagingEndpoints: EndpointSet {
    /// From where a list goes on, and how far.
    package struct ContradictionQuestion: Codable, Sendable, Equatable {
        /// `next` of the page before.
        package var after: String?
        package var limit: UInt32?

        package init(after: String? = nil, limit: UInt32? = nil) {
            self.after = after
            self.limit = limit
        }
    }

    /// Instances that were put aside, those that wait longest first.
    package struct ContradictionPage: Codable, Sendable, Equatable {
        package var items: [ContradictionInfo]
        /// Where the next page begins; none behind the last one.
        package var next: String?
    }

    /// An instance that belongs to no study until a person has decided whose it is; nothing of a person.
    package struct ContradictionInfo: Codable, Sendable, Equatable {
        package var entry: String
        /// What contradicts: `patientID`, `name`, `birthDate`, `sex` or `accessionNumber`.
        package var reason: String
        package var unit: String
        package var studyUID: String
        package var instanceUID: String
        package var modality: String
        package var since: String
        package var sizeBytes: UInt64
    }

    package static let aside = Endpoint<ContradictionQuestion, ContradictionPage>(
        .get, "imaging/aside",
        summary: "Instances whose patient contradicts what lies here of their study or accession number.",
        question: .query, answer: .json)

    package static func endpoints(of node: any ServiceDirectory) throws -> [ServedEndpoint] {
        let service = try node.service(ImagingService.self)
        return [aside.serve { try await service.aside($0) }]
    }
}

extension ImagingService {
    /// - Throws: `imaging.badPage` where a page is asked for that no page before named.
    func aside(_ question: ImagingEndpoints.ContradictionQuestion) async throws -> ImagingEndpoints.ContradictionPage {
        let parts = (question.after ?? "0 ").split(separator: " ", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2, let since = Int64(parts[0]) else {
            throw Failure(
                "imaging.badPage", "the page is none that a page before named", remedy: "give `next` of the page before"
            )
        }
        let limit = min(question.limit.map { Int(clamping: $0) } ?? Limits.imagingAnswers, Limits.imagingAnswers)
        let entry = String(parts[1])
        let rows = try await context.ledger.read { sql in
            try sql.rows(
                """
                SELECT entry, reason, unit, study, instance, modality, since, size FROM imaging_aside
                WHERE since > $1 OR since = $1 AND entry > $2 ORDER BY since, entry LIMIT $3
                """, [since, entry, limit + 1])
        }
        let items = try rows.prefix(limit).map { row in
            ImagingEndpoints.ContradictionInfo(
                entry: try row.text(0), reason: try row.text(1), unit: try row.text(2), studyUID: try row.text(3),
                instanceUID: try row.text(4), modality: try row.text(5),
                since: WallTime(milliseconds: try row.integer(6)).description, sizeBytes: UInt64(try row.integer(7)))
        }
        guard rows.count > limit, limit > 0 else { return ImagingEndpoints.ContradictionPage(items: items, next: nil) }
        let last = rows[limit - 1]
        return ImagingEndpoints.ContradictionPage(items: items, next: "\(try last.integer(6)) \(try last.text(0))")
    }
}

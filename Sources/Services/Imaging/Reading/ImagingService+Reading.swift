package import DICOM
import Effects
import Ledgers
package import ServiceKit
import Storage
import Trust

extension ImagingService {
    static let searchQuestion = "imaging.search"
    static let readQuestion = "imaging.read"

    /// Looks for studies, series or instances; whoever asks is on record for each person of the answer.
    ///
    /// - Throws: `access.…` where whoever asks may not; nothing is answered then.
    package func search(_ search: ImagingSearch, asking: Asking) async throws -> ImagingSearch.Answer {
        try checkAsking(asking)
        let answer = try await context.ledger.read { try search.run(in: $0) }
        var counts: [ImagingTable.Owner: Int] = [:]
        for hit in answer.hits { counts[hit.owner, default: 0] += 1 }
        try await admit(asking, to: counts, question: Self.searchQuestion)
        return answer
    }

    /// The instances of a study, of a series of it, or one of them, for somebody who opens them.
    ///
    /// - Throws: `imaging.notFound`, `imaging.tooMany`, `access.…`.
    package func open(
        study: String, series: String? = nil, instance: String? = nil, asking: Asking
    ) async throws -> [ImagingTable.File] {
        try checkAsking(asking)
        let limit = Limits.imagingInstancesRead
        let (owner, files) = try await context.ledger.read { sql in
            let row = try sql.row("SELECT unit, person FROM imaging_study WHERE study = $1", [study])
            return (
                try row.map { try ImagingTable.owner(try $0.text(0), try $0.bytes(1)) },
                try ImagingTable.files(study: study, series: series, instance: instance, limit: limit + 1, in: sql)
            )
        }
        guard let owner, !files.isEmpty else {
            throw Failure(
                "imaging.notFound", "no such study, series or instance lies at this node",
                remedy: "look for it with a search, at the node of the unit that made it")
        }
        guard files.count <= limit else {
            throw Failure(
                "imaging.tooMany", "more than \(limit) instances are asked for at a time",
                remedy: "ask for one series after the other")
        }
        try await admit(asking, to: [owner: files.count], question: Self.readQuestion)
        return files
    }

    /// Which of these instances lie on this node's disk for good, those that were put aside included.
    package func held(_ instanceUIDs: [String]) async throws -> Set<String> {
        try await context.ledger.read { sql in
            try instanceUIDs.reduce(into: Set<String>()) { held, uid in
                let row = try sql.row(
                    """
                    SELECT 1 FROM imaging_instance WHERE instance = $1
                    UNION ALL SELECT 1 FROM imaging_aside WHERE instance = $1 LIMIT 1
                    """, [uid])
                if row != nil { held.insert(uid) }
            }
        }
    }

    /// Whether somebody may ask about anybody at all, so that nobody learns from silence what lies here.
    private func checkAsking(_ asking: Asking) throws {
        guard !asking.practitioner.allSatisfy(\.isWhitespace) else {
            throw Failure(
                "access.incomplete", "an access statement needs a practitioner and a patient",
                remedy: "say who asks and about whom")
        }
    }

    /// Signs, charges and records a look at each person's images, all of them before anything is answered.
    ///
    /// - Parameter counts: how many answers are about whom.
    private func admit(_ asking: Asking, to counts: [ImagingTable.Owner: Int], question: String) async throws {
        var records: [AuditRecord] = []
        for (owner, count) in counts {
            let keys = try context.patientKeys.all(of: owner.identifier, within: owner.unit, at: context.now)
            let statement = try context.sign(asking, about: keys, question: question)
            _ = try await context.admit(statement, caller: nil)
            records.append(AuditRecord(statement, answered: count))
        }
        guard !records.isEmpty else { return }
        let all = records
        try await context.ledger.write(lane: .clinical) { transaction in
            for record in all { try AuditTrail.append(record, in: transaction) }
        }
    }
}

/// The bytes of an instance that somebody opened, piece by piece.
package struct InstanceBytes: Sendable {
    private let ledger: Ledger
    private let file: ImagingTable.File
    private let manifest: AttachmentManifest
    private let digest: Digest

    package var sizeBytes: Int { manifest.sizeBytes }
    /// How many pieces there are.
    package var count: Int { manifest.chunkCount }

    /// A piece, in the order of the file.
    ///
    /// - Throws: `attachment.notHere`, `attachment.badChunk`.
    package func piece(_ position: Int) async throws -> [UInt8] {
        try await ledger.chunk(position, of: digest, namedBy: file.entry)
    }

    /// What lies at a place of the file.
    ///
    /// - Throws: `imaging.longFrame` where it is more than anybody is given at a time; as for a piece.
    package func bytes(at extent: DICOMExtent) async throws -> [UInt8] {
        guard extent.offset >= 0, extent.lengthBytes >= 0, extent.lengthBytes <= Int64(Limits.imagingFrameBytes),
            extent.offset <= Int64(sizeBytes) - extent.lengthBytes
        else {
            throw Failure(
                "imaging.longFrame", "a frame has more bytes than are given at a time",
                remedy: "fetch the instance as it is (application/dicom)")
        }
        var rest = Int(extent.offset)..<Int(extent.offset + extent.lengthBytes)
        var bytes: [UInt8] = []
        bytes.reserveCapacity(rest.count)
        while !rest.isEmpty {
            let position = rest.lowerBound / manifest.chunkBytes
            let range = manifest.range(ofChunk: position)
            let piece = try await piece(position)
            let end = min(rest.upperBound, range.upperBound)
            bytes += piece[(rest.lowerBound - range.lowerBound)..<(end - range.lowerBound)]
            rest = end..<rest.upperBound
        }
        return bytes
    }

    /// What the file says of itself, read anew.
    ///
    /// - Throws: a failure with a code `dicom.…`.
    package func describe(_ bounds: DICOMBounds = .standard) async throws -> DICOMInstance {
        var reader = DICOMReader(bounds: bounds)
        for position in 0..<count { try reader.feed(try await piece(position)) }
        return try reader.finish()
    }

    init(_ file: ImagingTable.File, manifest: AttachmentManifest, context: NodeContext) {
        ledger = context.ledger
        self.file = file
        self.manifest = manifest
        digest = manifest.digest(suite: context.region.suite)
    }
}

extension ImagingService {
    /// The bytes of an instance that was opened.
    ///
    /// - Throws: `imaging.notFound` where it is gone.
    package func bytes(of file: ImagingTable.File) async throws -> InstanceBytes {
        let uid = file.instanceUID
        guard let manifest = try await context.ledger.read({ try ImagingTable.manifest(of: uid, in: $0) }) else {
            throw Failure("imaging.notFound", "no such study, series or instance lies at this node")
        }
        return InstanceBytes(file, manifest: manifest, context: context)
    }
}

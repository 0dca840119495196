package import Effects
import Foundation
package import Ledgers
package import Regions
import SwiftProtobuf
package import Trust
import Wire

/// One result in a file, with everything that proves it except the region's root public key.
///
/// It holds a person's data: who carries the file carries the record.
package struct ProofFile: Sendable, Equatable {
    package var entry: EntryID
    package var servedBy: NodeID
    package var excerpt: Excerpt
    /// The configuration that binds the author's ledger key to the author.
    package var region: SignedRegionConfiguration

    private static let format = "yilian proof 1"

    package init(entry: EntryID, servedBy: NodeID, excerpt: Excerpt, region: SignedRegionConfiguration) {
        self.entry = entry
        self.servedBy = servedBy
        self.excerpt = excerpt
        self.region = region
    }

    package func bytes() throws -> [UInt8] {
        var message = PBProofFile()
        message.format = Self.format
        message.entry = entry.description
        message.servedBy = servedBy.rawValue
        message.excerpt = Data(try excerpt.wireBytes())
        message.region = Data(try region.wireBytes())
        return try message.serializedBytes()
    }

    /// Reads a file; nothing is verified yet.
    ///
    /// - Throws: `proof.malformed` where it is none; what is damaged in one, by its own code.
    package init(bytes: [UInt8]) throws {
        guard let message = try? PBProofFile(serializedBytes: bytes), message.format == Self.format else {
            throw Failure("proof.malformed", "this is no proof of a result", remedy: Self.remedy)
        }
        (entry, servedBy, excerpt, region) = try Self.asProof {
            (
                try EntryID(message.entry), try NodeID(message.servedBy),
                try Excerpt(wireBytes: [UInt8](message.excerpt)),
                try SignedRegionConfiguration(wireBytes: [UInt8](message.region))
            )
        }
    }

    private static let remedy = "take a file as `yilian record export` wrote it, or export the result again"

    /// What is wrong in a part is wrong in the proof: whoever holds one can do nothing about the part alone.
    private static func asProof<Value>(_ body: () throws -> Value) throws -> Value {
        do { return try body() } catch let failure as Failure {
            throw Failure(
                failure.code, "the proof does not hold: \(failure.message)", place: failure.place, remedy: remedy)
        }
    }

    /// A proof that held: the result, and the configuration that it rests on.
    package struct Verified: Sendable {
        package var opened: RecognitionService.OpenedReport
        package var configuration: RegionConfiguration
        /// What was checked, in words, each with what it found.
        package var steps: [String]
    }

    /// Verifies the proof with the region's root public key alone.
    ///
    /// - Parameter sections: what the services read of the region's configuration.
    /// - Throws: `region.badSignature`, `ledger.unknownKey`, `ledger.badSeal`, `ledger.badExcerpt`,
    ///   `recognition.notProven`: which link of the chain does not hold.
    package func verify(
        rootKey: PublicKey, sections: [any RegionSection.Type], now: WallTime
    ) throws -> Verified {
        let (registry, opened) = try Self.asProof {
            let registry = try RegionRegistry(
                rootKey: rootKey, initial: region, sections: sections, now: now)
            return (
                registry,
                try RecognitionService.verify(
                    excerpt, entry: entry, servedBy: servedBy, inspector: BatchInspector(keys: registry),
                    deliveries: registry.deliveries, now: now)
            )
        }
        let configuration = registry.current
        return Verified(
            opened: opened, configuration: configuration,
            steps: [
                "the root key \(rootKey.id) signed version \(configuration.version) of region "
                    + "'\(configuration.region)'",
                "that configuration binds the sealing key to node '\(opened.entry.author)'",
                "the seal fits the header of batch \(opened.entry.id.batch)",
                "that configuration lets node '\(opened.entry.author)' write for '\(opened.fields.institution)' at that time",
                "the result is entry \(opened.entry.id.index) of that batch, header and content",
            ])
    }
}

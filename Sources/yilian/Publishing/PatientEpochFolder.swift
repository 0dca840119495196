import Effects
import Foundation
import Regions
import ServiceKit
import Trust

/// The secrets of the patient key epochs, as they lie in an authority's folder: `patient-key-epoch-N.key`, mode 0600.
///
/// `cert init` makes the first, `cert epoch new` every other one; publishing makes none. Whoever has one can make the
/// patient keys of everybody whose identity number he can guess: keep these files as the region's signing key.
struct PatientEpochFolder {
    let authority: AuthorityFolder
    let world: World

    /// One epoch with its secret.
    struct Epoch {
        var secret: PatientKeySecret
        /// Patient keys are made with it from then on.
        var from: WallTime

        var number: UInt32 { secret.epoch }

        /// Whether something else was published under its number.
        func isOther(than published: [PatientKeyEpoch]) -> Bool {
            published.contains { $0.epoch == number && $0.fingerprint != secret.fingerprint }
        }
    }

    /// What stands in one file.
    private struct File: Codable {
        var format: String
        var region: String
        var suite: String
        var epoch: UInt32
        /// ISO 8601.
        var from: String
        var secret: String
    }

    private static let format = "yilian.patient-key-epoch.v1"
    private static let prefix = "patient-key-epoch-"
    private static let suffix = ".key"

    func path(_ epoch: UInt32) -> String { authority.path + "/" + Self.prefix + "\(epoch)" + Self.suffix }

    /// The numbers of the files that lie there, in order.
    func numbers() throws -> [UInt32] {
        try world.disk.list(authority.path).compactMap { name in
            guard name.hasPrefix(Self.prefix), name.hasSuffix(Self.suffix) else { return nil }
            return UInt32(name.dropFirst(Self.prefix.count).dropLast(Self.suffix.count))
        }.sorted()
    }

    /// Writes an epoch's file; a file that stands there is never overwritten.
    ///
    /// - Throws: `key.exists`.
    func keep(_ epoch: Epoch, region: RegionID) throws {
        try PrivateFile.refuseExisting(path(epoch.number), disk: world.disk)
        let file = File(
            format: Self.format, region: region.rawValue, suite: epoch.secret.suite.id.rawValue, epoch: epoch.number,
            from: epoch.from.description, secret: Hex.text(epoch.secret.bytes))
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
        try world.disk.write(
            Array(try encoder.encode(file)) + [0x0A], to: path(epoch.number), mode: PrivateFile.mode)
    }

    /// Every epoch from the first to the last of which there is a file or a publication, without a gap.
    ///
    /// - Parameter known: what was published before, as far as it is at hand, the newest last.
    /// - Throws: `patientKey.missing` with the file that is missing; `patientKey.badFile`, `patientKey.otherSecret`;
    ///   `key.exposed`.
    func epochs(region: RegionID, suite: Suite, known: [RegionConfiguration]) throws -> [Epoch] {
        let here = Set(try numbers())
        let published = known.flatMap(\.patientKeyEpochs)
        let last = max(here.max() ?? 1, published.map(\.epoch).max() ?? 1)
        guard last <= Limits.patientKeyEpochs else {
            throw Failure(
                "patientKey.tooMany", "a region has at most \(Limits.patientKeyEpochs) epochs of patient keys",
                place: path(last), remedy: "move files away that no epoch of the region has")
        }
        return try (1...last).map { number in
            guard here.contains(number) else {
                let version = known.first { $0.patientKeyEpochs.contains { $0.epoch == number } }?.version
                throw missing(number, publishedWith: version)
            }
            let found = try read(number, region: region, suite: suite)
            guard !found.isOther(than: published) else { throw otherSecret(number) }
            return found
        }
    }

    func otherSecret(_ number: UInt32) -> Failure {
        Failure(
            "patientKey.otherSecret", "this is another secret than the one that was published for epoch \(number)",
            place: path(number), remedy: "move it away, and take the right one back: \(recovery)")
    }

    private func missing(_ number: UInt32, publishedWith version: UInt64?) -> Failure {
        let why = version.map { "version \($0) was published with it" } ?? "the numbers of the epochs have a gap"
        return Failure(
            "patientKey.missing",
            "the secret of patient key epoch \(number) is missing (\(why)); without it nobody finds the results of its "
                + "time", place: path(number), remedy: "restore the file from a backup, or take it back: \(recovery)")
    }

    private var recovery: String {
        "`yilian cert epoch recover \(authority.path) --data DIR` with a node's data folder"
    }

    /// One epoch from its file.
    func read(_ number: UInt32, region: RegionID, suite: Suite) throws -> Epoch {
        let text = try PrivateFile.read(path(number), disk: world.disk)
        guard let file = try? JSONDecoder().decode(File.self, from: Data(text.utf8)), file.format == Self.format,
            file.epoch == number, file.suite == suite.id.rawValue, file.region == region.rawValue,
            let bytes = Hex.bytes(file.secret), let from = try? WallTime(text: file.from)
        else {
            throw Failure(
                "patientKey.badFile", "this is no patient key secret of this region and epoch", place: path(number),
                remedy: "move it away, and take the right one back: \(recovery)")
        }
        return Epoch(secret: try PatientKeySecret(epoch: number, suite: suite, bytes: bytes), from: from)
    }

    /// An epoch as it is published: its secret encrypted to every node that has a box key.
    ///
    /// - Parameter published: boxes of unchanged keys are taken over from there, so that publishing the same twice gives
    ///   the same configuration.
    static func sealed(
        _ epoch: Epoch, in configuration: RegionConfiguration, published: RegionConfiguration?
    ) throws -> PatientKeyEpoch {
        let context = PatientKeyring.sealContext(region: configuration.region, epoch: epoch.number)
        let known = published?.patientKeyEpochs.first { $0.epoch == epoch.number }
        var boxes: [NodeID: [UInt8]] = [:]
        for node in configuration.nodes {
            guard let key = node.boxPublicKey else { continue }
            if let box = known?.encryptedSecrets[node.id], published?.node(node.id)?.boxPublicKey == key {
                boxes[node.id] = box
            } else {
                boxes[node.id] = try BoxPublicKey(suite: epoch.secret.suite, bytes: key)
                    .seal(epoch.secret.bytes, context: context)
            }
        }
        return PatientKeyEpoch(
            epoch: epoch.number, from: epoch.from, encryptedSecrets: boxes, fingerprint: epoch.secret.fingerprint)
    }
}

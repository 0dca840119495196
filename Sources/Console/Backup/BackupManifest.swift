package import Effects
import Regions
import ServiceKit
package import Trust

/// What a backup holds, signed by the node that made it: its files with their sizes and digests.
package struct BackupManifest: Codable, Sendable, Equatable {
    /// One file of the backup.
    package struct File: Codable, Sendable, Equatable {
        package var name: String
        package var sizeBytes: Int64
        /// SHA-256 or SM3, by the region's suite; hexadecimal.
        package var digest: String
    }

    /// Of this form; a program that does not know it refuses the backup.
    package var format: Int
    package var region: String
    package var node: String
    package var release: String
    package var madeAt: String
    package var suite: String
    /// Of the ledger key that signed it.
    package var key: String
    package var files: [File]

    package static let newestFormat = 1
    package static let name = "manifest.json"
    package static let signatureName = "manifest.signature"
    package static let ledgerName = "ledger.db"
    /// Files of the data folder that a backup takes besides the ledger, where they are there; no key is among them.
    static let otherNames = ["region.accepted", "region.waiting"]
    private static let fileNames = Set([ledgerName] + otherNames)

    /// What may be said of a file of a backup, in both languages.
    package static let words = [
        Wording("the suite '{1}' is not known", "不认识套件 '{1}'"), Wording("{1} cannot be read", "{1} 无法读取"),
        Wording("{1} has {2} bytes, and was {3}", "{1} 有 {2} 字节，原来是 {3}"),
        Wording("{1} is not what was written", "{1} 与写下时不同"),
    ]

    private static let context = Array("yilian backup 1\n".utf8)

    func signature(of bytes: [UInt8], by key: SigningKey) throws -> [UInt8] { try key.sign(Self.context + bytes) }

    /// Reads a manifest and checks who signed it, before anything that it says is believed.
    ///
    /// - Parameters:
    ///   - key: finds the public key that the manifest names, as the reader knows it for that node and moment.
    /// - Throws: `backup.malformed`, `backup.unsigned`, `backup.newer`.
    package static func read(
        _ bytes: [UInt8], signature: [UInt8], key: (BackupManifest, WallTime) -> PublicKey?
    ) throws -> BackupManifest {
        guard let manifest = try? OperatorJSON.value(BackupManifest.self, from: bytes, place: nil),
            let madeAt = try? WallTime(text: manifest.madeAt)
        else { throw malformed }
        guard let key = key(manifest, madeAt), key.verify(signature: signature, message: context + bytes) else {
            throw Failure(
                "backup.unsigned", "the backup is not signed by a key of this node that is known here",
                remedy: "take a backup that this node made")
        }
        guard manifest.format <= newestFormat else {
            throw Failure(
                "backup.newer", "a newer program made the backup", remedy: "use the program of that release")
        }
        let names = manifest.files.map(\.name)
        guard names.contains(ledgerName), Set(names).count == names.count, names.allSatisfy(fileNames.contains),
            manifest.files.allSatisfy({ (0...1 << 50).contains($0.sizeBytes) })
        else {
            throw malformed
        }
        return manifest
    }

    private static var malformed: Failure {
        Failure("backup.malformed", "the backup's list of files cannot be read", remedy: "take another backup")
    }

    /// What of the files differs from what the manifest says; empty where everything is as it was.
    package func problems(in folder: String) -> [String] {
        files.compactMap { file in
            let pieces = FilePieces(path: folder + "/" + file.name)
            guard let suite = SuiteID(rawValue: suite).map(Suite.init) else {
                return "the suite '\(self.suite)' is not known"
            }
            let digest = suite.digest(parts: pieces).hex
            guard pieces.failure == nil else { return "\(file.name) cannot be read" }
            guard pieces.count == file.sizeBytes else {
                return "\(file.name) has \(pieces.count) bytes, and was \(file.sizeBytes)"
            }
            return digest == file.digest ? nil : "\(file.name) is not what was written"
        }
    }
}

package import Effects
import Foundation

/// One key in a file: JSON with what the key is for, its suite, its id and its bytes in hexadecimal.
package struct KeyFile: Codable, Equatable, Sendable {
    /// What a key is for; a key of one kind is refused where another is wanted.
    package enum Kind: String, Codable, Sendable {
        case signing
        case verifying
        case box
    }

    private var format = "yilian.key.v1"
    private var kind: Kind
    private var suite: SuiteID
    /// The region, or the region and node, that the key belongs to; for people only.
    private var owner: String
    private var id: String
    private var key: String

    private init(kind: Kind, suite: Suite, owner: String, id: KeyID, key: [UInt8]) {
        self.kind = kind
        self.suite = suite.id
        self.owner = owner
        self.id = id.hex
        self.key = Hex.text(key)
    }

    static func text(_ key: SigningKey, owner: String) throws -> String {
        try FolderJSON.text(
            KeyFile(kind: .signing, suite: key.suite, owner: owner, id: key.id, key: key.privateBytes))
    }

    static func text(_ key: BoxKey, owner: String) throws -> String {
        try FolderJSON.text(KeyFile(kind: .box, suite: key.suite, owner: owner, id: key.id, key: key.privateBytes))
    }

    static func text(_ key: PublicKey, owner: String) throws -> String {
        try FolderJSON.text(KeyFile(kind: .verifying, suite: key.suite, owner: owner, id: key.id, key: key.bytes))
    }

    /// A ledger key or a region's signing key.
    ///
    /// - Throws: `key.missing`, `key.exposed`, `key.malformed`.
    package static func signingKey(at path: String, disk: any Disk) throws -> SigningKey {
        let file = try parse(try PrivateFile.read(path, disk: disk), kind: .signing, path: path)
        let key = try SigningKey(suite: Suite(file.suite), privateBytes: try KeyBytes.fromHex(file.key, place: path))
        try file.check(key.id, path)
        return key
    }

    /// A node's box key.
    ///
    /// - Throws: `key.missing`, `key.exposed`, `key.malformed`.
    package static func boxKey(at path: String, disk: any Disk) throws -> BoxKey {
        let file = try parse(try PrivateFile.read(path, disk: disk), kind: .box, path: path)
        let key = try BoxKey(suite: Suite(file.suite), privateBytes: try KeyBytes.fromHex(file.key, place: path))
        try file.check(key.id, path)
        return key
    }

    /// A region's root public key.
    ///
    /// - Throws: `disk.notFound`, `key.malformed`.
    package static func publicKey(at path: String, disk: any Disk) throws -> PublicKey {
        let text = try disk.readText(path, limitBytes: Limits.certificateBytes)
        let file = try parse(text, kind: .verifying, path: path)
        let key = try PublicKey(suite: Suite(file.suite), bytes: try KeyBytes.fromHex(file.key, place: path))
        try file.check(key.id, path)
        return key
    }

    private static func parse(_ text: String, kind: Kind, path: String) throws -> KeyFile {
        let file = try FolderJSON.value(KeyFile.self, from: text, place: path, code: "key.malformed")
        guard file.format == "yilian.key.v1" else {
            throw Failure("key.malformed", "this version of Yilian does not read the key's format", place: path)
        }
        guard file.kind == kind else {
            throw Failure(
                "key.wrongKind", "this is a \(file.kind.rawValue) key where a \(kind.rawValue) key is wanted",
                place: path, remedy: "check which file is named where")
        }
        return file
    }

    private func check(_ found: KeyID, _ path: String) throws {
        guard found.hex == id else {
            throw Failure(
                "key.malformed", "the file's key is not the one that its id names", place: path,
                remedy: "restore the file from a backup")
        }
    }
}

/// Files that hold keys: written for their owner alone, never over another, and read only while nobody else can.
package enum PrivateFile {
    package static let mode: UInt32 = 0o600

    /// Reads a file that only its owner may read.
    ///
    /// - Throws: `key.exposed` where the group or others may read or write it; what the disk throws.
    package static func read(_ path: String, disk: any Disk) throws -> String {
        guard disk.exists(path) else {
            throw Failure("key.missing", "there is no such key file", place: path, remedy: "check the path")
        }
        let mode = try disk.mode(path)
        guard mode & 0o077 == 0 else {
            throw Failure(
                "key.exposed", "others than its owner can reach this key (mode \(String(mode, radix: 8)))", place: path,
                remedy: "run `chmod 600 \(path)`, and think about who may have copied it")
        }
        return try disk.readText(path, limitBytes: Limits.certificateBytes)
    }

    /// Writes a new file of mode 0600.
    ///
    /// - Throws: `key.exists` where something stands there already.
    static func writeNew(_ text: String, to path: String, disk: any Disk) throws {
        try refuseExisting(path, disk: disk)
        try disk.write(text, to: path, mode: mode)
    }

    package static func refuseExisting(_ path: String, disk: any Disk) throws {
        guard !disk.exists(path) else {
            throw Failure(
                "key.exists", "a file stands here already, and keys are never overwritten", place: path,
                remedy: "find out what it is for before it is moved: a key that is lost cannot be made again")
        }
    }
}

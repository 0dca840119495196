/// Files as nodes use them: small ones, written whole.
///
/// Paths are absolute or relative to the process's working directory. Every failure is a `Failure` with the path as
/// its place.
package protocol Disk: Sendable {
    /// The bytes of a file.
    ///
    /// - Throws: `disk.notFound`, `disk.tooLarge` for more than `limitBytes`, `disk.unreadable`.
    func read(_ path: String, limitBytes: Int) throws -> [UInt8]

    /// Writes a file so that after a crash either the old or the new content is there, never a mixture.
    ///
    /// - Parameter mode: permission bits, for example `0o600` for a key.
    func write(_ bytes: [UInt8], to path: String, mode: UInt32) throws

    func createDirectory(_ path: String, mode: UInt32) throws
    func exists(_ path: String) -> Bool
    func isDirectory(_ path: String) -> Bool
    /// Whether a plain file stands there: no folder, pipe, socket or device.
    func isFile(_ path: String) -> Bool
    /// Whether this process may read there.
    func isReadable(_ path: String) -> Bool
    /// Whether this process may write there; a disk that is mounted for reading alone lets nobody.
    func isWritable(_ path: String) -> Bool
    /// The path without links in it; as it is given where there is nothing.
    func realPath(_ path: String) -> String
    /// The names in a directory, sorted.
    func list(_ path: String) throws -> [String]
    func remove(_ path: String) throws
    /// The permission bits of a file.
    func mode(_ path: String) throws -> UInt32
    /// Gives a file other permission bits.
    func setMode(_ mode: UInt32, of path: String) throws
}

extension Disk {
    package func isFile(_ path: String) -> Bool { exists(path) && !isDirectory(path) }

    package func isReadable(_ path: String) -> Bool { true }

    package func isWritable(_ path: String) -> Bool { true }

    package func realPath(_ path: String) -> String { path }

    package func read(_ path: String) throws -> [UInt8] {
        try read(path, limitBytes: Limits.configurationFileBytes)
    }

    /// The text of a file, without a byte-order mark.
    package func readText(_ path: String, limitBytes: Int = Limits.configurationFileBytes) throws -> String {
        let bytes = try read(path, limitBytes: limitBytes)
        guard let text = String(validating: bytes.starts(with: byteOrderMark) ? bytes[3...] : bytes[...], as: UTF8.self)
        else {
            let line = ForeignText.line(in: bytes)
            let looks = ForeignText.encoding(of: bytes)
            throw Failure(
                "disk.notText", "this is not UTF-8 text\(looks.map { "; the file looks like \($0.name)" } ?? "")",
                place: "\(path):\(line)",
                remedy: "save it as UTF-8" + (looks.map { ", or run `iconv -f \($0.code) -t UTF-8` on it" } ?? ""))
        }
        return text
    }

    /// Editors of other systems put it before a text; it is no part of it.
    private var byteOrderMark: [UInt8] { [0xEF, 0xBB, 0xBF] }

    package func write(_ text: String, to path: String, mode: UInt32 = 0o644) throws {
        try write(Array(text.utf8), to: path, mode: mode)
    }
}

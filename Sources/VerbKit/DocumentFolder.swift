import Effects
import Foundation

/// A folder into which documents about a person are written, each for its owner alone.
package struct DocumentFolder {
    private let path: String
    private var count = 0

    package init(_ path: String) throws {
        self.path = path
        try World.system.disk.createDirectory(path, mode: 0o700)
    }

    /// The number that the next document gets: from 1.
    package var nextNumber: Int { count + 1 }

    /// Leaves the next number out: its document does not come.
    package mutating func skip() { count += 1 }

    /// Writes the next document and says where.
    ///
    /// - Parameter content: in Base64, as a node gives it.
    package mutating func write(_ content: String?, contentType: String) throws {
        guard let bytes = content.flatMap({ Data(base64Encoded: $0) }).map({ [UInt8]($0) }) else {
            throw Failure("console.badAnswer", "the node gave no document \(nextNumber)", place: path)
        }
        let file = path + "/" + Self.name(nextNumber, contentType)
        count += 1
        try World.system.disk.write(bytes, to: file, mode: 0o600)
        Terminal.error("\(file): \(Shown.bytes(bytes.count)); it holds a person's data")
    }

    /// A name of our own: a title comes from a message and might lead anywhere.
    static func name(_ number: Int, _ contentType: String) -> String {
        let endings = [
            "application/pdf": "pdf", "image/jpeg": "jpg", "image/png": "png", "text/plain": "txt",
            "text/html": "html", "application/xml": "xml", "application/json": "json", "application/dicom": "dcm",
        ]
        return "document-\(number)." + (endings[contentType] ?? "bin")
    }
}

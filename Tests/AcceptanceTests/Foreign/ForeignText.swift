import Effects
import Foundation

enum ForeignTrouble: Error {
    case noHeader
    case notText
    case noAnswer
    case noJSON
}

extension ForeignHL7 {
    /// A message's text in the character set that its header names.
    static func text(_ bytes: [UInt8]) throws -> String {
        let start = String(decoding: bytes.prefix(1_024).map { $0 < 0x80 ? $0 : UInt8(ascii: "?") }, as: UTF8.self)
        let header =
            start.unicodeScalars.split { $0 == "\r" || $0 == "\n" }.map { String($0) }
            .first { $0.contains("MSH") } ?? ""
        let fields = header.split(separator: "|", omittingEmptySubsequences: false)
        let name = fields.count > 17 ? fields[17] : ""
        if name.contains("8859") {
            return String(String.UnicodeScalarView(bytes.map { UnicodeScalar($0) }))
        }
        if name.contains("GB") { return try gb18030(bytes) }
        guard let text = String(validating: bytes, as: UTF8.self) else { throw ForeignTrouble.notText }
        return text
    }

    /// GB 18030 by the operating system's own tool.
    private static func gb18030(_ bytes: [UInt8]) throws -> String {
        String(decoding: try converted(bytes, from: "GB18030", to: "UTF-8"), as: UTF8.self)
    }

    /// Text in another character set, by the operating system's own tool.
    static func converted(_ bytes: [UInt8], from source: String, to target: String) throws -> [UInt8] {
        let path = "/tmp/yilian-acceptance-\(SystemRandom().next()).txt"
        try SystemDisk().write(bytes, to: path, mode: 0o600)
        defer { try? SystemDisk().remove(path) }
        let tool = Process()
        tool.executableURL = URL(fileURLWithPath: "/usr/bin/iconv")
        tool.arguments = ["-f", source, "-t", target, path]
        let output = Pipe()
        tool.standardOutput = output
        try tool.run()
        let data = output.fileHandleForReading.readDataToEndOfFile()
        tool.waitUntilExit()
        guard tool.terminationStatus == 0 else { throw ForeignTrouble.notText }
        return Array(data)
    }
}

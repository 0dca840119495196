/// What an OBX says, read without any of the code that is tested.
package struct PlainLine: Sendable {
    package var code: String
    package var type: String
    package var value: String
    package var letter: String
    /// Whether the value has anything that a reader resolves.
    package var isSpecial: Bool

    /// Whether the code has nothing that a reader resolves.
    package var hasPlainCode: Bool

    /// Whether the line takes itself back.
    package var isWithdrawn: Bool { ["D", "X", "W"].contains(letter) }

    package static func all(in text: String) -> [PlainLine] {
        let plain = text.replacing("\u{FEFF}", with: "").replacing("\r\n", with: "\r")
        let isCR = plain.prefix { $0 != "\n" }.contains("\r")
        var segments: [String] = []
        for line in plain.split(separator: isCR ? "\r" : "\n").map(String.init) {
            if line.hasPrefix("ADD|"), !segments.isEmpty {
                segments[segments.count - 1] += line.dropFirst(4)
            } else if isSegment(line) {
                segments.append(line)
            } else if !segments.isEmpty {
                segments[segments.count - 1] += "\n" + line
            }
        }
        return segments.filter { $0 == "OBX" || $0.hasPrefix("OBX|") }.map(PlainLine.init)
    }

    private static func isSegment(_ line: String) -> Bool {
        let name = line.prefix(3)
        guard name.utf8.count == 3, name.first?.isNumber == false,
            name.allSatisfy({ $0.isASCII && ($0.isUppercase || $0.isNumber) })
        else { return false }
        return line.utf8.count == 3
            ? ["OBX", "ADD", "NTE", "OBR", "PID"].contains(line) : line.dropFirst(3).first == "|"
    }

    init(_ segment: String) {
        let fields = segment.split(separator: "|", omittingEmptySubsequences: false).map(String.init)
        func field(_ number: Int) -> String { number < fields.count ? fields[number] : "" }
        let code = field(3).split(separator: "~", omittingEmptySubsequences: false).first.map(String.init) ?? ""
        let parts = code.split(separator: "^", omittingEmptySubsequences: false).map(String.init)
        self.code = ([0, 3, 9].map { $0 < parts.count ? parts[$0] : "" }.first { !$0.isEmpty } ?? "").withoutBlanks
        type = field(2)
        value = field(5)
        letter = field(11)
        hasPlainCode = !code.contains { "\\\"\n\r".contains($0) }
        isSpecial =
            value.contains { "\\~^&\n\r\"".contains($0) } || value != value.withoutBlanks || value.isEmpty
            || code.contains("\\") || code.contains("\n")
    }
}

extension String {
    fileprivate var withoutBlanks: String {
        String(drop { $0.isWhitespace }.reversed().drop { $0.isWhitespace }.reversed())
    }
}

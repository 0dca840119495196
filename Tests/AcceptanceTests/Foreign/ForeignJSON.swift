import Foundation

/// JSON read by Foundation, with numbers as texts: `850.0` is to stay `850.0`.
struct ForeignJSON {
    var value: Any

    init(_ value: Any) { self.value = value }

    init(_ bytes: [UInt8]) throws {
        let marked = Self.quotingNumbers(bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? Array(bytes.dropFirst(3)) : bytes)
        value = try JSONSerialization.jsonObject(with: Data(marked), options: .fragmentsAllowed)
    }

    subscript(_ name: String) -> ForeignJSON? {
        (value as? [String: Any])?[name].map(ForeignJSON.init)
    }

    /// The elements of an array; a single value counts as one.
    var items: [ForeignJSON] {
        (value as? [Any])?.map(ForeignJSON.init) ?? [self]
    }

    func items(_ name: String) -> [ForeignJSON] { self[name]?.items ?? [] }

    var text: String {
        if let text = value as? String { return text }
        return (value as? Bool).map { $0 ? "true" : "false" } ?? ""
    }

    func text(_ name: String) -> String { self[name]?.text ?? "" }

    var names: [String] { ((value as? [String: Any]) ?? [:]).keys.sorted() }

    /// The text with quotation marks around everything that is a number.
    private static func quotingNumbers(_ bytes: [UInt8]) -> [UInt8] {
        var result: [UInt8] = []
        var isInText = false
        var isInNumber = false
        var isEscaped = false
        for byte in bytes {
            let isPart = (0x30...0x39).contains(byte) || "+-.eE".utf8.contains(byte)
            if isInNumber, !isPart {
                result.append(UInt8(ascii: "\""))
                isInNumber = false
            }
            if isInText {
                if isEscaped {
                    isEscaped = false
                } else if byte == UInt8(ascii: "\\") {
                    isEscaped = true
                } else if byte == UInt8(ascii: "\"") {
                    isInText = false
                }
            } else if byte == UInt8(ascii: "\"") {
                isInText = true
            } else if !isInNumber, (0x30...0x39).contains(byte) || byte == UInt8(ascii: "-") {
                result.append(UInt8(ascii: "\""))
                isInNumber = true
            }
            result.append(byte)
        }
        return result
    }
}

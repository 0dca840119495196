/// Writes JSON, numbers in the lexical form that they have.
package enum JSONPrinter {
    package static func bytes(_ value: JSONValue, isPretty: Bool = false) -> [UInt8] {
        var output: [UInt8] = []
        write(value, indent: isPretty ? 0 : nil, to: &output)
        return output
    }

    package static func text(_ value: JSONValue, isPretty: Bool = false) -> String {
        String(decoding: bytes(value, isPretty: isPretty), as: UTF8.self)
    }

    private static func write(_ value: JSONValue, indent: Int?, to output: inout [UInt8]) {
        switch value {
        case .null: output.append(contentsOf: "null".utf8)
        case .bool(let value): output.append(contentsOf: (value ? "true" : "false").utf8)
        case .number(let number): output.append(contentsOf: number.lexical.utf8)
        case .string(let text): write(text, to: &output)
        case .array(let items):
            list(items.count, open: "[", close: "]", indent: indent, to: &output) { index, inner, output in
                write(items[index], indent: inner, to: &output)
            }
        case .object(let object):
            let members = object.members
            list(members.count, open: "{", close: "}", indent: indent, to: &output) { index, inner, output in
                write(members[index].name, to: &output)
                output.append(contentsOf: (inner == nil ? ":" : ": ").utf8)
                write(members[index].value, indent: inner, to: &output)
            }
        }
    }

    private static func list(
        _ count: Int, open: String, close: String, indent: Int?, to output: inout [UInt8],
        element: (Int, Int?, inout [UInt8]) -> Void
    ) {
        output.append(contentsOf: open.utf8)
        let inner = indent.map { $0 + 2 }
        for index in 0..<count {
            if index > 0 { output.append(UInt8(ascii: ",")) }
            if let inner { lineBreak(inner, to: &output) }
            element(index, inner, &output)
        }
        if count > 0, let indent { lineBreak(indent, to: &output) }
        output.append(contentsOf: close.utf8)
    }

    private static func lineBreak(_ indent: Int, to output: inout [UInt8]) {
        output.append(0x0A)
        output.append(contentsOf: repeatElement(0x20, count: indent))
    }

    private static func write(_ text: String, to output: inout [UInt8]) {
        output.append(UInt8(ascii: "\""))
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "\""): output.append(contentsOf: "\\\"".utf8)
            case UInt8(ascii: "\\"): output.append(contentsOf: "\\\\".utf8)
            case 0x0A: output.append(contentsOf: "\\n".utf8)
            case 0x0D: output.append(contentsOf: "\\r".utf8)
            case 0x09: output.append(contentsOf: "\\t".utf8)
            case 0..<0x20:
                let digits = String(byte, radix: 16)
                output.append(contentsOf: ("\\u" + String(repeating: "0", count: 4 - digits.count) + digits).utf8)
            default: output.append(byte)
            }
        }
        output.append(UInt8(ascii: "\""))
    }
}

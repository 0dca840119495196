import Effects

/// Markup of which only the literals of the program are markup: whatever is put into it as text is shown as text.
///
/// A literal is a `StaticString`, so nothing that was not written in the sources can become one. A text inside a literal
/// (`"<b>\(name)</b>"`) is escaped for content and for attributes in double quotes; characters that would do something
/// else than show (controls, marks of direction) are shown as what they are.
package struct HTML: Hashable, Sendable, ExpressibleByStringInterpolation, CustomStringConvertible {
    /// As it is sent.
    package private(set) var text: String

    package static let empty: HTML = ""

    package init(stringLiteral value: StaticString) {
        text = value.description
    }

    package init(stringInterpolation: Interpolation) {
        text = stringInterpolation.text
    }

    private init(trusted text: String) {
        self.text = text
    }

    /// A text as it is shown, its line breaks as spaces.
    package init(_ text: String) {
        self.init(trusted: Self.escaped(text))
    }

    /// Parts one after the other.
    package init(_ parts: some Sequence<HTML>) {
        self.init(trusted: parts.reduce(into: "") { $0 += $1.text })
    }

    /// Markup where something holds, else nothing.
    package static func when(_ holds: Bool, _ markup: @autoclosure () -> HTML) -> HTML { holds ? markup() : .empty }

    /// Markup of a value where there is one, else nothing.
    package static func each<Value>(_ value: Value?, _ markup: (Value) -> HTML) -> HTML {
        value.map(markup) ?? .empty
    }

    package var isEmpty: Bool { text.isEmpty }

    package var description: String { text }

    package static func + (left: HTML, right: HTML) -> HTML { HTML(trusted: left.text + right.text) }

    package static func += (left: inout HTML, right: HTML) { left.text += right.text }

    /// Builds markup from literals and what stands between them.
    package struct Interpolation: StringInterpolationProtocol {
        package typealias StringLiteralType = StaticString

        fileprivate var text = ""

        package init(literalCapacity: Int, interpolationCount: Int) {
            text.reserveCapacity(literalCapacity + interpolationCount * 16)
        }

        package mutating func appendLiteral(_ literal: StaticString) { text += literal.description }

        package mutating func appendInterpolation(_ markup: HTML) { text += markup.text }

        package mutating func appendInterpolation(_ parts: [HTML]) { for part in parts { text += part.text } }

        package mutating func appendInterpolation(_ shown: String) { text += HTML.escaped(shown) }

        package mutating func appendInterpolation(_ number: some BinaryInteger) { text += String(number) }
    }

    private static func escaped(_ text: String) -> String {
        let text = PlainText.lines(text)
        guard text.utf8.contains(where: isSpecial) else { return text }
        var result = ""
        result.reserveCapacity(text.utf8.count + 16)
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "\"": result += "&quot;"
            case "'": result += "&#39;"
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }

    private static func isSpecial(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "&"), UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "\""), UInt8(ascii: "'"): true
        default: false
        }
    }
}

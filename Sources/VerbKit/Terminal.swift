import Console
package import Effects
import Foundation
import ServiceKit

/// What a person sees: results on standard output, errors and progress on standard error.
///
/// Whatever passes here does nothing to a terminal but show: see ``Effects/PlainText``.
package enum Terminal {
    /// A line or a table; a sentence that ``StatusWords`` has stands in the language of this process.
    package static func line(_ text: String = "") {
        write(PlainText.lines(StatusWords.shown(text, in: .current)) + "\n", to: 1)
    }

    /// A sentence in the language of this process; `{1}`, `{2}` stand for the values.
    package static func say(_ sentence: Wording, _ values: String...) {
        let numbered = Dictionary(uniqueKeysWithValues: values.enumerated().map { ($0 + 1, $1) })
        write(PlainText.lines(Template(sentence.text(in: .current)).filled(numbered)) + "\n", to: 1)
    }

    package static func error(_ text: String) {
        write(PlainText.lines(text) + "\n", to: 2)
    }

    /// A value as one line of JSON.
    package static func json(_ value: some Encodable, to descriptor: Int32 = 1) throws {
        write(try jsonLine(value) + "\n", to: descriptor)
    }

    /// The line without its end.
    package static func jsonLine(_ value: some Encodable) throws -> String {
        PlainText.json(String(decoding: try OperatorJSON.bytes(value), as: UTF8.self))
    }

    /// The text of a file: as it is where it goes into a file or a pipe, harmless where a person looks.
    package static func file(_ bytes: [UInt8]) {
        let text = String(decoding: bytes, as: UTF8.self)
        write(isatty(1) == 1 ? PlainText.lines(text) : text, to: 1)
    }

    /// Whether standard error is looked at by a person.
    package static var isInteractive: Bool { isatty(2) == 1 }

    /// Whether standard input comes from a person.
    package static var isInputInteractive: Bool { isatty(0) == 1 && isatty(2) == 1 }

    /// Writes everything, in as many pieces as the system wants; gives up where nobody reads any more.
    package static func write(_ text: String, to descriptor: Int32) {
        let bytes = Array(text.utf8)
        var offset = 0
        while offset < bytes.count {
            let count = bytes[offset...].withUnsafeBytes { Foundation.write(descriptor, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { return }
            offset += count
        }
    }
}

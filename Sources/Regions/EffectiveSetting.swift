/// One value that a node runs with, and what set it.
package struct EffectiveSetting: Hashable, Sendable, CustomStringConvertible {
    /// What set a value.
    package enum Origin: Hashable, Sendable, CustomStringConvertible {
        case file(String, line: Int, column: Int)
        /// A command's option, such as `--data`.
        case option(String)
        /// Nobody: the program's own default.
        case standard

        package var description: String {
            switch self {
            case .file(let name, let line, _): "\(name):\(line)"
            case .option(let name): name
            case .standard: "default"
            }
        }
    }

    /// The keys that lead to the value, joined by dots, positions from 0: `mllp.0.listen`.
    package var key: String
    package var value: String
    package var origin: Origin

    package init(key: String, value: String, origin: Origin) {
        self.key = key
        self.value = value
        self.origin = origin
    }

    package var description: String { "\(key) = \(value)  (\(origin))" }
}

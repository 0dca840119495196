import Effects
import Synchronization

/// What one session keeps between two pages; bounded, and gone with the session.
///
/// Whom somebody asked for stands here and never in an address.
package final class VisitMemory: Sendable {
    private let values = Mutex<[String: String]>([:])

    package static let limitBytes = 64 << 10

    package init() {}

    package subscript(_ name: String) -> String? { values.withLock { $0[name] } }

    /// Keeps a value, or forgets one.
    ///
    /// - Throws: `page.tooMuch` where it would be more than a session may keep.
    package func keep(_ name: String, _ value: String?) throws {
        try values.withLock { try Self.keep(name, value, in: &$0) }
    }

    private static func keep(_ name: String, _ value: String?, in values: inout [String: String]) throws {
        let others = values.reduce(0) { $1.key == name ? $0 : $0 + $1.key.utf8.count + $1.value.utf8.count }
        guard others + name.utf8.count + (value?.utf8.count ?? 0) <= limitBytes else {
            throw Failure("page.tooMuch", "the page was given more than it keeps")
        }
        values[name] = value
    }

    /// Forgets everything whose name begins so.
    package func forget(_ prefix: String) {
        values.withLock { values in values = values.filter { !$0.key.hasPrefix(prefix) } }
    }

    /// Counts one more under a name.
    ///
    /// - Throws: `page.tooMuch` where it would be more than a session may keep.
    package func count(_ name: String) throws -> Int {
        try values.withLock { values in
            let next = (values[name].flatMap { Int($0) } ?? 0) + 1
            try Self.keep(name, "\(next)", in: &values)
            return next
        }
    }

    /// Keeps that something was done.
    ///
    /// - Returns: whether it had not been done before.
    /// - Throws: `page.tooMuch` where it would be more than a session may keep.
    package func enter(_ name: String) throws -> Bool {
        try values.withLock { values in
            guard values[name] == nil else { return false }
            try Self.keep(name, "", in: &values)
            return true
        }
    }

    /// What stood there, for the last time.
    package func take(_ name: String) -> String? { values.withLock { $0.removeValue(forKey: name) } }
}

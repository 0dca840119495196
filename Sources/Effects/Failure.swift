/// An error that a person can act on: what is wrong, where, and what to do.
///
/// Equality is on the code. `description` carries no patient data; whoever builds a failure keeps names, numbers and
/// message contents out of `message`, `place` and `remedy`.
package struct Failure: Error, Equatable, Sendable, CustomStringConvertible {
    /// A stable, open code such as `region.unknownKey`; the part before the dot is the area.
    package struct Code: RawRepresentable, Hashable, Sendable, ExpressibleByStringLiteral, CustomStringConvertible {
        package var rawValue: String
        package init(rawValue: String) { self.rawValue = rawValue }
        package init(stringLiteral value: String) { rawValue = value }
        package var description: String { rawValue }
    }

    package var code: Code
    /// What is wrong, in one sentence.
    package var message: String
    /// Where: a file and line, a field, a node, a batch.
    package var place: String?
    /// What to do about it.
    package var remedy: String?

    package init(_ code: Code, _ message: String, place: String? = nil, remedy: String? = nil) {
        self.code = code
        self.message = message
        self.place = place
        self.remedy = remedy
    }

    /// The same failure with the file that it is about, where it names no place itself.
    package func at(_ place: String) -> Failure {
        Failure(code, message, place: self.place ?? place, remedy: remedy)
    }

    /// Does something with what stands in a file; a failure names the file.
    package static func naming<Value>(_ place: String, _ body: () throws -> Value) throws -> Value {
        do { return try body() } catch let failure as Failure { throw failure.at(place) }
    }

    package static func == (left: Failure, right: Failure) -> Bool {
        left.code == right.code
    }

    package var description: String {
        var text = ""
        if let place { text += place + ": " }
        text += message
        if let remedy { text += "; " + remedy }
        return text + " [\(code)]"
    }
}

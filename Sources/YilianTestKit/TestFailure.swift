package import Effects
import Regions

/// An error of a test region or of one of its nodes: what is wrong, where, and what to do.
public struct TestFailure: Error, Hashable, Sendable, CustomStringConvertible {
    /// A stable code such as `recognition.noOrderNumber`; the part before the dot is the area.
    public let code: String
    /// What is wrong, in a sentence; without patient data.
    public let message: String
    /// Where: a field, a file, a node; `nil` where that is no one place.
    public let place: String?
    /// What to do about it, where that is known.
    public let remedy: String?

    /// Place, message, remedy and code, as the program prints them.
    public var description: String {
        (place.map { $0 + ": " } ?? "") + message + (remedy.map { "; " + $0 } ?? "") + " [\(code)]"
    }

    package init(_ code: String, _ message: String, place: String? = nil, remedy: String? = nil) {
        self.code = code
        self.message = message
        self.place = place
        self.remedy = remedy
    }

    package init(_ failure: Failure) {
        self.init(failure.code.rawValue, failure.message, place: failure.place, remedy: failure.remedy)
    }

    /// Runs `body` and gives its failures in public form.
    package static func translating<Value>(
        isolation: isolated (any Actor)? = #isolation, _ body: () async throws -> Value
    ) async throws -> Value {
        do {
            return try await body()
        } catch let failure as Failure {
            throw TestFailure(failure)
        } catch let problems as RegionProblems {
            throw TestFailure(problems.failure)
        }
    }
}

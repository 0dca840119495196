package import Effects

/// An error of a test region or of one of its nodes: what is wrong, where, and what to do.
public struct TestFailure: Error, Hashable, Sendable, CustomStringConvertible {
    /// A stable code such as `recognition.noOrderNumber`; the part before the dot is the area.
    public let code: String
    public let message: String
    public let place: String?
    public let remedy: String?

    public var description: String {
        (place.map { $0 + ": " } ?? "") + message + (remedy.map { "; " + $0 } ?? "") + " [\(code)]"
    }

    init(_ code: String, _ message: String, place: String? = nil, remedy: String? = nil) {
        self.code = code
        self.message = message
        self.place = place
        self.remedy = remedy
    }

    package init(_ failure: Failure) {
        self.init(failure.code.rawValue, failure.message, place: failure.place, remedy: failure.remedy)
    }

    /// Runs `body` and gives its failures in public form.
    static func translating<Value>(
        isolation: isolated (any Actor)? = #isolation, _ body: () async throws -> Value
    ) async throws -> Value {
        do {
            return try await body()
        } catch let failure as Failure {
            throw TestFailure(failure)
        }
    }
}

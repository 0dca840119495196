import Effects

/// A form that makes something new and is taken once, however often it is sent: by a second click, or by going back.
extension PageVisit {
    private static let onceField = "once"

    /// What such a form carries; another each time that it is shown.
    ///
    /// - Throws: `page.tooMuch` where the session keeps too much.
    package func once() throws -> [String: String] { [Self.onceField: "\(try memory.count("forms"))"] }

    /// Does what the form that was sent asks for, unless it was done or is being done; what fails can be sent again.
    ///
    /// - Throws: `page.sentTwice`; what `body` throws.
    package func once<Value: Sendable>(_ body: () async throws -> Value) async throws -> Value {
        let name = "sent \(Int(request.form.exactly(Self.onceField)) ?? 0)"
        guard try memory.enter(name) else {
            throw Failure(
                "page.sentTwice", "this form was sent before, and what it says is written once",
                remedy: "look at the list; open the form anew for another one")
        }
        do {
            return try await body()
        } catch {
            try memory.keep(name, nil)
            throw error
        }
    }
}

/// A place that may break a rule, with the reason.
struct Allowance: Sendable {
    /// A file, or a folder with its slash.
    var path: String
    var rule: String
    var reason: String

    /// Every exception that there is.
    ///
    /// One that nothing needs any more fails a test.
    static let all: [Allowance] = [
        Allowance(
            path: "Sources/Edge/Listening/VisitTimer.swift", rule: "wait",
            reason: "the loop's own timer ends a connection whose deadline, by the World's time, has passed"),
        Allowance(
            path: "Sources/Edge/Listening/ListenerDoor.swift", rule: "wait",
            reason: "gives memory back a while after a wave of strangers; nothing waits for it"),
        Allowance(
            path: "Sources/TLSTransport/AcceptGate.swift", rule: "wait",
            reason: "the listening loop looks again whether a descriptor is free; who comes waits in the system's queue"
        ),
        Allowance(
            path: "Sources/TLSTransport/TLSConnection.swift", rule: "wait",
            reason: "bounds how long a socket that is closing waits for its last bytes to leave; nothing waits for it"),
        Allowance(
            path: "Sources/TLSTransport/TLSLoop.swift", rule: "wait",
            reason: "the loop's own timer, by which a link looks after calls that wait too long"),
        Allowance(
            path: "Sources/Simulator/Engine/ExecutorHook.swift", rule: "disk",
            reason: "asks which thread it is on; no file is touched"),
        Allowance(
            path: "Sources/Simulator/Simulation.swift", rule: "loose task",
            reason: "the first task of a simulation; the loop that runs it returns when it has ended"),
        Allowance(
            path: "Sources/Edge/Listening/HTTPChannel.swift", rule: "loose task",
            reason:
                "keeps a cancellation from a connection until it has closed; the function that starts it waits for it"),
        Allowance(
            path: "Sources/YilianTestKit/TestRegion+Running.swift", rule: "loose task",
            reason: "`start` lives between two functions of a test framework and ends in `stop`; `run` is structured"),
    ]

    func covers(_ violation: Violation) -> Bool {
        rule == violation.rule && (path.hasSuffix("/") ? violation.path.hasPrefix(path) : violation.path == path)
    }
}

extension [Violation] {
    /// Those that no exception covers.
    func withoutAllowed(by allowances: [Allowance] = Allowance.all) -> [Violation] {
        filter { violation in !allowances.contains { $0.covers(violation) } }
    }
}

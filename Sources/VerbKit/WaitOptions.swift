package import ArgumentParser
import Effects

/// How long a verb asks again until what it shows is as it should be.
package struct WaitOptions: ParsableArguments {
    @Option(help: ArgumentHelp("Ask again, for so many seconds at most, until all is well.", valueName: "seconds"))
    package var wait: Int = 0

    /// How often it asks.
    private static let pauseMilliseconds: Int64 = 250
    private static let longestSeconds = 86_400

    package init() {}

    package func validate() throws {
        guard (0...Self.longestSeconds).contains(wait) else {
            throw ValidationError("--wait takes 0 to \(Self.longestSeconds) seconds.")
        }
    }

    /// The first answer with which all is well; the last one, where none is within the time.
    ///
    /// A node that cannot be reached may be starting: it is asked again as well.
    ///
    /// - Throws: what the last question threw.
    package func ask<Value: Sendable>(
        _ question: () async throws -> Value, until isWell: (Value) -> Bool
    ) async throws -> Value {
        let time = World.system.time
        let deadline = time.monotonicTime.advanced(byMilliseconds: Int64(wait) * 1_000)
        while true {
            let isLast = time.monotonicTime >= deadline
            do {
                let value = try await question()
                if isLast || isWell(value) { return value }
            } catch let failure as Failure where failure.code == "console.notReachable" && !isLast {}
            try await time.sleep(milliseconds: Self.pauseMilliseconds)
        }
    }
}

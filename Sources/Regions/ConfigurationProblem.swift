package import Effects

/// One thing that is wrong in a configuration file: where, what, and what to do.
package struct ConfigurationProblem: Hashable, Sendable, CustomStringConvertible {
    package var code: Failure.Code
    package var file: String
    /// Counted from 1.
    package var line: Int
    /// Counted from 1, in Unicode scalars.
    package var column: Int
    package var message: String
    package var remedy: String

    package init(
        code: Failure.Code, file: String, line: Int, column: Int, message: String, remedy: String
    ) {
        self.code = code
        self.file = file
        self.line = line
        self.column = column
        self.message = message
        self.remedy = remedy
    }

    package var failure: Failure {
        Failure(code, message, place: "\(file):\(line):\(column)", remedy: remedy)
    }

    package var description: String { failure.description }
}

/// Everything that is wrong in the configuration files that were read, in the order of the files' lines.
package struct RegionProblems: Error, Hashable, Sendable, CustomStringConvertible {
    package let problems: [ConfigurationProblem]

    package init(_ problems: [ConfigurationProblem]) {
        self.problems = problems.sorted {
            ($0.file, $0.line, $0.column, $0.code.rawValue) < ($1.file, $1.line, $1.column, $1.code.rawValue)
        }
    }

    /// All problems as one failure, for callers that show a single error.
    package var failure: Failure {
        if let first = problems.first, problems.count == 1 { return first.failure }
        return Failure("config.problems", "\(problems.count) problems:\n" + description)
    }

    package var description: String {
        problems.map(\.description).joined(separator: "\n")
    }
}

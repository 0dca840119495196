/// Words that must not stand in code, and what to write instead.
struct BannedWord: Sendable {
    enum Scope: Sendable {
        /// Product code.
        case sources
        /// Product code and tests.
        case everywhere
    }

    /// What exceptions and reports call the rule.
    var rule: String
    /// Tokens with spaces between them, for example `Task . sleep`.
    var patterns: [String]
    var scope: Scope
    /// The words are functions: what follows a dot is somebody's method, what follows `func` or `case` declares one.
    var isFunction = false
    /// Folders in which the words are at home.
    var homes: [String] = []
    var instead: String

    static let all: [BannedWord] = [
        BannedWord(
            rule: "clock",
            patterns: [
                "Date ( )", "Date . init ( )", "Date ( timeIntervalSinceNow", "Date . now", "= . now", "( . now",
                ": . now",
                "ContinuousClock", "SuspendingClock", "NIODeadline . now",
                "DispatchTime . now", "DispatchWallTime", "ProcessInfo . processInfo . systemUptime", "clock_gettime",
                "gettimeofday", "mach_absolute_time",
            ],
            scope: .everywhere, homes: ["Sources/Effects/"], instead: "ask the World's TimeSource"),
        BannedWord(
            rule: "wait",
            patterns: [
                "Task . sleep", "Thread . sleep", "usleep", "nanosleep", ". scheduleTask (", ". scheduleRepeatedTask (",
                "Timer . scheduledTimer", ". asyncAfter (",
            ],
            scope: .everywhere, homes: ["Sources/Effects/"], instead: "wait through the World's TimeSource"),
        BannedWord(
            rule: "thread", patterns: ["DispatchQueue", "Thread .", "Thread (", "Thread {", "pthread_create"],
            scope: .everywhere,
            homes: ["Sources/Effects/"], instead: "use a Worker, or an actor"),
        BannedWord(
            rule: "random",
            patterns: [
                "UUID ( )", "UUID . init ( )", "SystemRandomNumberGenerator", ". random (", ". randomElement (",
                ". shuffled ( )", ". shuffle ( )", "getrandom", "arc4random", "arc4random_buf", "arc4random_uniform",
                "RAND_bytes", "srand", "rand ( )",
            ],
            scope: .everywhere, homes: ["Sources/Effects/"], instead: "draw from the World's RandomSource"),
        BannedWord(
            rule: "disk",
            patterns: [
                "fopen", "FileManager", "FileHandle", "opendir", "Data ( contentsOf", "String ( contentsOf",
                "contentsOfFile", "import Glibc", "import Darwin", "import Musl",
            ],
            scope: .sources, homes: ["Sources/Effects/"],
            instead: "go through the World's Disk; the C library stays behind Effects"),
        BannedWord(
            rule: "system call",
            patterns: [
                "open (", "openat (", "creat (", "flock (", "lockf (", "fcntl (", "chmod (", "fchmod (", "chown (",
                "unlink (", "rename (", "mkdir (", "rmdir (", "symlink (", "truncate (", "ftruncate (", "fsync (",
                "fdatasync (", "mmap (", "socket (", "connect (", "bind (", "sendto (", "recvfrom (", "getaddrinfo (",
                "Glibc .", "Darwin .", "Musl .",
            ],
            scope: .sources, isFunction: true, homes: ["Sources/Effects/"],
            instead: "go through Effects; call a method of one's own by `self.` or `Self.`"),
        BannedWord(
            rule: "network",
            patterns: ["URLSession", "InputStream", "OutputStream", "CFSocket", "NWConnection", "NWListener"],
            scope: .sources, homes: ["Sources/Effects/"], instead: "use the transports, which stand on NIO"),
        BannedWord(
            rule: "runtime dispatch", patterns: ["executeDistributedTarget"], scope: .everywhere,
            instead: "dispatch by the method table: no text of a peer's may reach the runtime"),
        BannedWord(
            rule: "trap", patterns: ["try !", "as !", "fatalError ("], scope: .everywhere,
            instead: "throw a Failure; in a test, use #require"),
        BannedWord(
            rule: "print", patterns: ["print (", "debugPrint (", "dump (", "NSLog ("], scope: .sources,
            isFunction: true, homes: ["Sources/yilian/", "Sources/Demo/", "Sources/Console/"],
            instead: "log; only what a person started may write to the terminal"),
        BannedWord(
            rule: "closure in a mutex", patterns: ["Mutex < ( @ Sendable", "Mutex < ( ( @ Sendable"],
            scope: .everywhere,
            instead: "put the closure into a structure; a mutex wraps one once more at every look"),
        BannedWord(
            rule: "loose task",
            patterns: ["Task {", "Task (", "Task . detached", "Task . init", "Task . immediate"], scope: .sources,
            instead: "use a task group, or a run() of the service group"),
    ]

    /// Where a file says something that it must not say.
    func violations(in file: SwiftFile) -> [Violation] {
        guard isHeld(by: file) else { return [] }
        return patterns.flatMap { pattern in
            let words = pattern.split(separator: " ").map(String.init)
            return file.tokens.indices.filter { matches(words, file.tokens, at: $0) }.map { index in
                Violation(file.path, line: file.tokens[index].line, rule: rule, "`\(pattern)`: \(instead)")
            }
        }
    }

    private func isHeld(by file: SwiftFile) -> Bool {
        let isInScope = scope == .everywhere || file.path.hasPrefix("Sources/")
        return isInScope && !homes.contains { file.path.hasPrefix($0) }
    }

    private func matches(_ words: [String], _ tokens: [Token], at index: Int) -> Bool {
        guard tokens[index].text == words[0] else { return false }
        let before = index > 0 ? tokens[index - 1].text : ""
        if isFunction, [".", "func", "case"].contains(before) { return false }
        var next = index + 1
        if words[0] == "Task", before != ":", before != ">" { next = endOfGenericArguments(tokens, from: next) }
        for word in words.dropFirst() {
            guard next < tokens.count, tokens[next].text == word else { return false }
            // `try !a` is a negation.
            if word == "!", !tokens[next].isGlued { return false }
            next += 1
        }
        return true
    }

    /// Where `<Void, Never>` ends that stands at a position; the position itself where there is none.
    private func endOfGenericArguments(_ tokens: [Token], from start: Int) -> Int {
        guard start < tokens.count, tokens[start].text == "<" else { return start }
        var depth = 0
        for index in start..<min(start + 20, tokens.count) {
            if tokens[index].text == "<" { depth += 1 }
            if tokens[index].text == ">" { depth -= 1 }
            if depth == 0 { return index + 1 }
        }
        return start
    }
}

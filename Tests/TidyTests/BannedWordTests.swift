import Testing

@Suite("Words that must not stand in code")
struct BannedWordTests {
    private func rules(_ text: String, path: String = "Sources/Links/Some.swift") -> [String] {
        let file = SwiftFile(path: path, text: text)
        return BannedWord.all.flatMap { $0.violations(in: file) }.map(\.rule)
    }

    @Test("no file says one")
    func tree() {
        let found = Repository.swiftFiles.flatMap { file in BannedWord.all.flatMap { $0.violations(in: file) } }
        let left = found.withoutAllowed()
        #expect(left.isEmpty, "\(left.report)")
    }

    @Test("every exception is needed")
    func allowances() {
        let found = Repository.swiftFiles.flatMap { file in BannedWord.all.flatMap { $0.violations(in: file) } }
        let stale = Allowance.all.filter { allowance in !found.contains { allowance.covers($0) } }
        #expect(stale.map { "\($0.path): \($0.rule)" } == [])
        #expect(Allowance.all.allSatisfy { $0.reason.count > 10 })
    }

    @Test(
        "each is found",
        arguments: [
            ("let a = Date()", "clock"), ("let a = Date.now", "clock"), ("ContinuousClock().now", "clock"),
            ("let c: SuspendingClock", "clock"), ("Foundation\n.Date ( )", "clock"),
            ("Date(timeIntervalSince1970: 0)", nil),
            ("let now: Date = .now", "clock"), ("world.time.now", nil), ("clock_gettime(a, b)", "clock"),
            ("try await Task.sleep(for: .seconds(1))", "wait"), ("Task\n  .sleep(nanoseconds: 1)", "wait"),
            ("loop.scheduleTask(in: x) {}", "wait"), ("DispatchQueue.main", "thread"), ("Thread.current", "thread"),
            ("Thread { }", "thread"), ("Thread(target: a)", "thread"), ("UUID()", "random"),
            ("UUID(uuidString: a)", nil),
            ("SystemRandomNumberGenerator()", "random"), ("Int.random(in: 0..<3)", "random"),
            ("Int.random(in: 0..<3, using: &g)", "random"), ("a.randomElement()", "random"),
            ("a.shuffled()", "random"), ("a.shuffled(using: &g)", nil), ("fopen(a, b)", "disk"),
            ("FileManager.default", "disk"), ("FileHandle(a)", "disk"), ("import Glibc", "disk"),
            ("try Data(contentsOf: url)", "disk"), ("bytes.append(contentsOf: more)", nil),
            ("let a = open(path, O_RDONLY)", "system call"), ("guard flock(a, LOCK_EX) == 0 else {}", "system call"),
            ("chmod(path, 0o600)", "system call"), ("unlink(path)", "system call"), ("rename(a, b)", "system call"),
            ("let a = socket(AF_INET, 1, 0)", "system call"), ("connect(a, b, c)", "system call"),
            ("bind(a, b, c)", "system call"), ("fsync(a)", "system call"), ("mkdir(path, 0o700)", "system call"),
            ("_ = Glibc.open(path, 0)", "system call"), ("ledger.open(path)", nil), ("Self.open(signed)", nil),
            ("case open(attempt: Int)", nil), ("func bind() {}", nil), ("bootstrap\n.connect(host: a)", nil),
            ("URLSession.shared", "network"), ("import NIOPosix", nil),
            ("executeDistributedTarget(on: a)", "runtime dispatch"), ("try! a()", "trap"), ("a as! B", "trap"),
            ("a as? B", nil), ("try? a()", nil), ("try !a()", nil), ("fatalError(\"a\")", "trap"),
            ("print(a)", "print"),
            ("printer.print(a)", nil), ("func print(_ a: Int) {}", nil), ("Task { await a() }", "loose task"),
            ("Task.detached { }", "loose task"), ("Task(priority: .high) { }", "loose task"),
            ("let a = Task<Void, Never> { }", "loose task"), ("var a: Task<Void, Never> { b }", nil),
            ("group.addTask { }", nil), ("let a = Mutex<(@Sendable () -> Void)?>(nil)", "closure in a mutex"),
            ("let a = Mutex<[@Sendable () -> Void]>([])", nil),
            ("try Task.checkCancellation()", nil), ("let a = \"try! Date()\"", nil), ("// Date()", nil),
        ] as [(String, String?)])
    func planted(text: String, rule: String?) {
        #expect(rules(text) == (rule.map { [$0] } ?? []))
    }

    @Test("Effects may, the terminal's own code may print, and tests may use files but not the clock")
    func scopes() {
        #expect(rules("Date()", path: "Sources/Effects/A.swift") == [])
        #expect(rules("print(1)", path: "Sources/yilian/A.swift") == [])
        #expect(rules("FileManager.default", path: "Tests/LinksTests/A.swift") == [])
        #expect(rules("Date()", path: "Tests/LinksTests/A.swift") == ["clock"])
        #expect(rules("try! a()", path: "Sources/Effects/A.swift") == ["trap"])
        #expect(rules("flock(a, LOCK_EX)", path: "Sources/Effects/A.swift") == [])
        #expect(rules("flock(a, LOCK_EX)", path: "Sources/yilian/A.swift") == ["system call"])
        #expect(rules("mkdir(a, 0o700)", path: "Tests/LinksTests/A.swift") == [])
    }

    @Test("an exception covers its own rule in its own place only")
    func coverage() {
        let allowance = Allowance(path: "Sources/A/", rule: "disk", reason: "")
        let planted = [
            Violation("Sources/A/B.swift", rule: "disk", ""), Violation("Sources/A/B.swift", rule: "clock", ""),
            Violation("Sources/AB/B.swift", rule: "disk", ""),
        ]
        #expect(planted.withoutAllowed(by: [allowance]).map(\.rule) == ["clock", "disk"])
    }
}

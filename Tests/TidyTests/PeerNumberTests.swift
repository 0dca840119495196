import Testing

@Suite("Numbers of peers")
struct PeerNumberTests {
    private static let protos = Repository.paths(below: ["Sources"], suffixes: [".proto"]).map { path in
        (path: path, text: Repository.text(path) ?? "")
    }
    private static let rule = PeerNumbers(protos: protos)

    private func messages(_ text: String) -> [String] {
        let proto = """
              uint64 mark = 2;  // a number
              int64 on_disk_at = 3;
              repeated fixed64 reports = 6;
              string reason = 4;
            }
            message Other {
              uint32 reason = 1;
            """
        let numbers = PeerNumbers(protos: [("Sources/Couriers/courier.proto", proto)])
        return numbers.violations(in: SwiftFile(path: "Sources/Couriers/A.swift", text: "let a: PBParcels\n" + text))
            .map(\.message)
    }

    @Test("every one is bounded where it is read")
    func tree() {
        let found = Repository.sourceFiles.flatMap(Self.rule.violations)
        #expect(found.isEmpty, "\(found.report)")
    }

    @Test("the integers of all messages are known")
    func known() {
        #expect(Self.protos.count >= 9)
        let integers = Self.rule.fields.values.reduce(into: Set<String>()) { $0.formUnion($1.integers) }
        for name in ["mark", "onDiskAt", "nextSequence", "authorTime", "priceFen", "attempt", "wallMilliseconds"] {
            #expect(integers.contains(name), "\(name)")
        }
        #expect(integers.count > 60)
        #expect(!integers.contains("practitioner"))
    }

    @Test(
        "a raw read is found",
        arguments: [
            "mark = message.mark", "let time = WallTime(milliseconds: part.onDiskAt)", "if message.mark == 3 {}",
            "let sum = Int(message.mark) + 1", "let all = messages.map { $0.mark }", "Set(message.reports)",
            "count(of: message.inner.mark)", "let reason = Int(message.reason)", "value = reader.integer(field) ?? 0",
            "guard let fields = try? PBParcels(serializedBytes: bytes) else { return }",
            "init(wire parcels: PBParcels) throws {}",
        ])
    func planted(text: String) {
        #expect(messages(text).count == 1, "\(messages(text))")
    }

    @Test(
        "a bounded read, and a write, are none",
        arguments: [
            "mark = PeerNumber.label(message.mark)", "message.mark = 7", "message.mark = delivery.mark",
            "let time = try PeerNumber.optionalTime(message.onDiskAt, isThere: message.hasOnDiskAt)",
            "let count = try PeerNumber.count(message.mark, atMost: 3, \"marks\")",
            "let limit = PeerNumber.atMost(Int(Limits.matchMilliseconds), message.mark)",
            "value = PeerNumber.label(reader.integer(field)) ?? 0", "let name = message.name", "header.mark",
            "let reason = message.reason", "let count = message.list.count",
            "guard let message = try? PBParcels(serializedBytes: bytes) else { return }",
            "init(wire message: PBParcels) throws {}", "func wire() -> PBParcels {}",
        ])
    func good(text: String) {
        #expect(messages(text) == [])
    }
}

import Testing

/// Every message of a folder, each in a region of its own: taken by the edge, found and opened in another county as it
/// was sent.
@Suite("Files are taken and found unchanged in another county", .serialized)
struct FileAcceptanceTests {
    @Test("a message of the demo", arguments: MessageFolder.demoFiles())
    func demo(_ file: MessageFile) async throws {
        try await Self.check(file)
    }

    @Test("a real, foreign message", .enabled(if: MessageFolder.samples != nil), arguments: MessageFolder.sampleFiles())
    func samples(_ file: MessageFile) async throws {
        try await Self.check(file)
    }

    @Test("the folders hold messages")
    func folders() {
        #expect(MessageFolder.demoFiles().count >= 35)
        #expect(MessageFolder.samples == nil || !MessageFolder.sampleFiles().isEmpty)
    }

    static func check(_ file: MessageFile) async throws {
        let sent = try file.reports
        #expect(!sent.isEmpty, "\(file)")
        try await AcceptanceRegion.run { region in
            try await region.deliver(file, versions: sent.count)
            for patients in Set(sent.map(\.patients)) {
                let found = try await region.found(patients, of: file)
                Comparison(file: file).check(sent.filter { $0.patients == patients }, found)
            }
        }
    }
}

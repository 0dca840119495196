import Effects
import Foundation
import Testing

@Suite struct LineWriterTests {
    private static func writer(_ descriptor: Int32, limitBytes: Int) -> LineWriter {
        LineWriter(descriptor: descriptor, name: "test", limitBytes: limitBytes) { "dropped \($0)\n" }
    }

    /// Everything that comes out of a pipe until its writers are gone.
    private static func lines(of pipe: Pipe) async throws -> [String] {
        try await ThreadWorker(name: "test.reader").run {
            String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self).split(separator: "\n")
                .map(String.init)
        }
    }

    /// Whether everything was written within a minute.
    private static func flush(_ writer: LineWriter) async throws -> Bool {
        try await ThreadWorker(name: "test.flush").run { writer.flush(milliseconds: 60_000) }
    }

    @Test func nobodyWaitsForAPipeThatIsNotReadAndWhatIsDroppedIsSaid() async throws {
        let pipe = Pipe()
        let writer = Self.writer(pipe.fileHandleForWriting.fileDescriptor, limitBytes: 64 << 10)
        for number in 0..<40_000 { writer.write("line \(number)\n") }
        #expect(!writer.flush(milliseconds: 10), "nobody reads")
        #expect(writer.isDropping && writer.droppedCount > 20_000)
        writer.write("important\n", .important)
        async let read = Self.lines(of: pipe)
        #expect(try await Self.flush(writer))
        #expect(!writer.isDropping)
        writer.write("afterwards\n")
        #expect(try await Self.flush(writer))
        try pipe.fileHandleForWriting.close()
        let lines = try await read
        let numbers = lines.compactMap { $0.hasPrefix("line ") ? Int($0.dropFirst(5)) : nil }
        #expect(numbers == numbers.sorted() && numbers.first == 0, "what had room is there, in its order")
        #expect(numbers.count + Int(writer.droppedCount) == 40_000)
        #expect(lines.contains("important"), "room is kept for it")
        let told = lines.compactMap { $0.hasPrefix("dropped ") ? UInt64($0.dropFirst(8)) : nil }
        #expect(told.reduce(0, +) == writer.droppedCount, "each is told of once: \(told)")
        #expect(lines.last == "afterwards")
    }

    @Test func whatADiskCouldNotTakeIsCountedAndSaidWhenItCan() async throws {
        let (full, pipe) = (open("/dev/full", O_WRONLY), Pipe())
        try #require(full >= 0)
        let writer = Self.writer(full, limitBytes: 1 << 10)
        for _ in 0..<3 {
            writer.write("lost\n")
            #expect(try await Self.flush(writer))
        }
        #expect(writer.droppedCount == 3 && writer.isDropping)
        try #require(dup2(pipe.fileHandleForWriting.fileDescriptor, full) == full)
        writer.write("written\n")
        #expect(try await Self.flush(writer))
        #expect(writer.droppedCount == 3 && !writer.isDropping)
        close(full)
        try pipe.fileHandleForWriting.close()
        #expect(try await Self.lines(of: pipe) == ["dropped 3", "written"])
    }

    @Test func aPipeThatDoesNotBlockLosesNothing() async throws {
        let pipe = Pipe()
        let descriptor = pipe.fileHandleForWriting.fileDescriptor
        try #require(fcntl(descriptor, F_SETFL, O_NONBLOCK) == 0)
        let writer = Self.writer(descriptor, limitBytes: 1 << 20)
        for number in 0..<20_000 { writer.write("line \(number)\n") }
        async let read = Self.lines(of: pipe)
        #expect(try await Self.flush(writer))
        try pipe.fileHandleForWriting.close()
        let lines = try await read
        #expect(lines.count == 20_000 && writer.droppedCount == 0)
    }

    /// A pipe that is full and that nobody reads: the runtime's own plain write at a trap must come back.
    @Test func aWriteToAFullPipeGivesUpWhereItsOtherWritersWait() throws {
        let pipe = Pipe()
        let (ours, others) = (dup(pipe.fileHandleForWriting.fileDescriptor), pipe.fileHandleForWriting.fileDescriptor)
        try #require(ours >= 0)
        defer { close(ours) }
        #expect(StandardStream.giveUpWhereNobodyReads(ours))
        try #require(fcntl(ours, F_GETFL) & O_NONBLOCK != 0, "the next lines would wait for ever")
        let bytes = [UInt8](repeating: 0x2e, count: 4_096)
        var written = 0
        while true {
            let count = write(ours, bytes, bytes.count)
            guard count > 0 else { break }
            written += count
        }
        #expect(errno == EAGAIN && written >= bytes.count)
        #expect(fcntl(others, F_GETFL) & O_NONBLOCK == 0, "who shares the pipe still waits as before")
        let read = pipe.fileHandleForReading.readData(ofLength: written)
        #expect(read.count == written, "what was written is there")
    }

    @Test func whatIsNoPipeIsLeftAsItIs() throws {
        let file = open("/dev/null", O_WRONLY)
        try #require(file >= 0)
        defer { close(file) }
        #expect(!StandardStream.giveUpWhereNobodyReads(file))
        #expect(fcntl(file, F_GETFL) & O_NONBLOCK == 0)
    }
}

import Effects
import Foundation
import Testing

@Suite("What a process may have and leaves behind")
struct ProcessResourcesTests {
    @Test("no core dump is written, and as many files may be open as the system allows")
    func resources() async {
        await #expect(processExitsWith: .success) {
            #expect(ProcessResources.keepNoCoreDumps())
            let descriptors = ProcessResources.raiseDescriptors()
            let limits = try String(contentsOfFile: "/proc/self/limits", encoding: .utf8).split(separator: "\n")
            func words(_ name: String) -> [Substring] {
                limits.first { $0.hasPrefix(name) }?.dropFirst(name.count).split(separator: " ") ?? []
            }
            #expect(words("Max core file size").prefix(2) == ["0", "0"])
            let files = words("Max open files")
            #expect(files.count > 1 && files[0] == files[1] && files[0] == "\(descriptors)")
        }
    }

    @Test("what is left of the descriptors is counted, also where a low number is free among high ones that are taken")
    func holes() async {
        await #expect(processExitsWith: .success) {
            // Far below the process's own limit: where none is left at all, the queues' library ends the process.
            let limit = 200
            var held: [Int32] = []
            while case let copy = dup(STDERR_FILENO), copy >= 0 {
                guard copy < limit else {
                    close(copy)
                    break
                }
                held.append(copy)
            }
            try #require(held.count > 20)
            #expect(!ProcessResources.hasDescriptors(1, of: limit))
            // The lowest are free now, and all above them are taken.
            for copy in held.prefix(10) { close(copy) }
            // That library opens one for a moment now and then.
            #expect((0..<1_000).contains { _ in ProcessResources.hasDescriptors(10, of: limit) })
            #expect(!ProcessResources.hasDescriptors(11, of: limit))
        }
    }
}

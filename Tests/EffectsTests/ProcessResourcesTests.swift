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
            let limit = 100
            var smaller = rlimit(rlim_cur: rlim_t(limit), rlim_max: rlim_t(limit))
            #expect(setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &smaller) == 0)
            var held: [Int32] = []
            while case let copy = dup(STDERR_FILENO), copy >= 0 { held.append(copy) }
            try #require(held.count > 20)
            #expect(!ProcessResources.hasDescriptors(1, of: limit))
            // The lowest are free now, and all above them are taken.
            for copy in held.prefix(10) { close(copy) }
            #expect(ProcessResources.hasDescriptors(10, of: limit))
            #expect(!ProcessResources.hasDescriptors(11, of: limit))
        }
    }
}

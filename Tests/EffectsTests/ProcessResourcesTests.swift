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
}

import Foundation

/// What runs on this machine, read from `/proc`.
enum ProcessTable {
    /// A node's process.
    struct Node {
        var processID: Int32
        var dataFolder: String
    }

    /// The node processes that a process has started.
    static func nodes(of parent: Int32) -> [Node] {
        all.compactMap { process in
            guard Self.parent(of: process) == parent else { return nil }
            let words = words(of: process)
            guard words.contains("start"), let option = words.firstIndex(of: "--data"), option + 1 < words.count else {
                return nil
            }
            return Node(processID: process, dataFolder: words[option + 1])
        }
    }

    /// Every process on whose command line a text stands.
    static func processes(naming text: String) -> [Int32] {
        all.filter { words(of: $0).contains { $0.contains(text) } }
    }

    private static var all: [Int32] {
        ((try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []).compactMap { Int32($0) }
    }

    private static func words(of process: Int32) -> [String] {
        content("/proc/\(process)/cmdline").split(separator: "\0").map(String.init)
    }

    /// The fourth field of `stat`; the second is the program's name in brackets, which may hold spaces.
    private static func parent(of process: Int32) -> Int32? {
        let stat = content("/proc/\(process)/stat")
        guard let name = stat.lastIndex(of: ")") else { return nil }
        let fields = stat[stat.index(after: name)...].split(separator: " ")
        return fields.count > 1 ? Int32(fields[1]) : nil
    }

    /// Empty where the process has ended meanwhile.
    private static func content(_ path: String) -> String {
        guard let handle = FileHandle(forReadingAtPath: path) else { return "" }
        defer { try? handle.close() }
        return (try? handle.readToEnd()).flatMap { $0 }.map { String(decoding: $0, as: UTF8.self) } ?? ""
    }
}

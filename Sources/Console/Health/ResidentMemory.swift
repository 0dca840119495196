import Effects

/// How much memory this process holds, as Linux tells it.
enum ResidentMemory {
    /// - Returns: `nil` where the system does not say.
    static func bytes(disk: any Disk) -> Int? {
        guard let text = try? disk.readText("/proc/self/status", limitBytes: 64 << 10) else { return nil }
        for line in text.split(separator: "\n") where line.hasPrefix("VmRSS:") {
            return line.split(whereSeparator: \.isWhitespace).dropFirst().first.flatMap { Int($0) }.map { $0 * 1024 }
        }
        return nil
    }
}

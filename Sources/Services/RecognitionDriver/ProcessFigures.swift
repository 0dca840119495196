import Effects
import Foundation

/// What the operating system says of this process.
struct ProcessFigures: Codable, Sendable {
    var cpuSeconds: Double
    var peakBytes: Int

    static func now(disk: any Disk) throws -> ProcessFigures {
        var usage = rusage()
        guard getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage) == 0 else {
            throw Failure("load.noFigures", "the system does not say how much time this process used")
        }
        return ProcessFigures(
            cpuSeconds: seconds(usage.ru_utime) + seconds(usage.ru_stime), peakBytes: try peak(disk: disk))
    }

    private static func seconds(_ value: timeval) -> Double { Double(value.tv_sec) + Double(value.tv_usec) / 1e6 }

    /// The high-water mark of resident memory, proc(5).
    private static func peak(disk: any Disk) throws -> Int {
        let status = try disk.readText("/proc/self/status")
        guard let line = status.split(separator: "\n").first(where: { $0.hasPrefix("VmHWM:") }),
            let kilobytes = line.split(separator: " ").dropFirst().first.flatMap({ Int($0) })
                ?? line.split(whereSeparator: { $0 == " " || $0 == "\t" }).dropFirst().first.flatMap({ Int($0) })
        else { throw Failure("load.noFigures", "/proc/self/status names no peak of memory") }
        return kilobytes * 1_024
    }
}

/// Counts of the loopback device of this network namespace.
enum Loopback {
    /// Bytes that the device has carried, headers included; each byte counts once.
    static func bytes(disk: any Disk) throws -> Int {
        let table = try disk.readText("/proc/net/dev")
        for line in table.split(separator: "\n") {
            let words = line.split(whereSeparator: { $0 == " " || $0 == ":" })
            if words.first == "lo", words.count > 1, let count = Int(words[1]) { return count }
        }
        throw Failure("load.noFigures", "/proc/net/dev has no loopback device")
    }
}

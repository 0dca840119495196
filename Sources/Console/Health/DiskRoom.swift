import Effects

/// Whether a node's disk has room for what comes in, and how that is said.
///
/// The health port and `node status` ask the same: whoever looks at one of them must not miss it.
struct DiskRoom {
    /// What is left on the disk of the node's data.
    var freeBytes: Int64

    /// Why an operator should look; nil where there is room.
    var problem: String? {
        guard freeBytes < Limits.freeDiskBytes else { return nil }
        return "\(freeBytes >> 20) MiB are free on the disk; make room for at least \(Limits.freeDiskBytes >> 20)"
    }

    var check: ReadinessProbe.Check {
        ReadinessProbe.Check(
            name: "space", isSound: problem == nil, detail: problem ?? "\(freeBytes >> 20) MiB are free",
            milliseconds: 0)
    }
}

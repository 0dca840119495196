import Testing

/// Regions of real processes: each node is a `yilian node start` of its own.
///
/// One suite after the other, and one test after the other in each: a region keeps both cores of a small machine busy.
@Suite("Real processes", .serialized)
enum ClusterTests {}

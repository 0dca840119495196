package import Effects
import Regions

/// What was agreed about a request when it was made: its kind, who reports on it, and by when.
///
/// The terms travel with the request, so that a later change of the region's service levels changes no deadline that
/// already runs.
package struct ConsultationTerms: Hashable, Sendable {
    /// A kind of the region's service levels, such as `ecg-emergency`.
    package var kind: String
    package var specialty: String
    package var requestedTime: WallTime
    package var claimSeconds: UInt32
    package var reportSeconds: UInt32
    package var graceSeconds: UInt32

    package init(_ level: ServiceLevel, requestedTime: WallTime) {
        kind = level.kind
        specialty = level.specialty
        self.requestedTime = requestedTime
        claimSeconds = level.claimSeconds
        reportSeconds = level.reportSeconds
        graceSeconds = level.graceSeconds
    }

    init(wire message: PBConsultationTerms) throws {
        kind = message.kind
        specialty = message.specialty
        requestedTime = try PeerNumber.time(message.requestedAt, "the time of a request")
        claimSeconds = try Self.seconds(PeerNumber.label(message.claimSeconds))
        reportSeconds = try Self.seconds(PeerNumber.label(message.reportSeconds))
        graceSeconds = try Self.seconds(PeerNumber.label(message.graceSeconds))
    }

    private static func seconds(_ number: UInt32) throws -> UInt32 {
        UInt32(try PeerNumber.count(number, atMost: Limits.termSeconds, "a deadline of a request"))
    }

    var wire: PBConsultationTerms {
        var message = PBConsultationTerms()
        message.kind = kind
        message.specialty = specialty
        message.requestedAt = requestedTime.milliseconds
        message.claimSeconds = claimSeconds
        message.reportSeconds = reportSeconds
        message.graceSeconds = graceSeconds
        return message
    }

    func claimDeadline(from time: WallTime) -> WallTime { time.advanced(byMilliseconds: Int64(claimSeconds) * 1_000) }
    func reportDeadline(from time: WallTime) -> WallTime { time.advanced(byMilliseconds: Int64(reportSeconds) * 1_000) }
    var graceMilliseconds: Int64 { Int64(graceSeconds) * 1_000 }
}

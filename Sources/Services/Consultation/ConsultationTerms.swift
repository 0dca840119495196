package import Effects
import Regions
import SwiftProtobuf
import WorkflowKit

/// What was agreed about a request when it was made: its kind, who reports on it, and by when.
///
/// The terms travel with the request, so that a later change of the region's service levels changes no deadline that
/// already runs.
package struct ConsultationTerms: CaseTerms {
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

    package var topic: String { specialty }
    package var madeTime: WallTime { requestedTime }

    /// - Throws: `consultation.malformed`, `wire.outOfRange`.
    package init(bytes: [UInt8]) throws {
        guard let message = try? PBConsultationTerms(serializedBytes: bytes) else {
            throw Failure("consultation.malformed", "the terms of a request cannot be read")
        }
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

    package func encoded() throws -> [UInt8] {
        var message = PBConsultationTerms()
        message.kind = kind
        message.specialty = specialty
        message.requestedAt = requestedTime.milliseconds
        message.claimSeconds = claimSeconds
        message.reportSeconds = reportSeconds
        message.graceSeconds = graceSeconds
        return try message.serializedBytes()
    }
}

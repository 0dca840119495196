import Effects
import Regions
import SwiftProtobuf

extension ConsultationSection {
    package func wireBytes() throws -> [UInt8] {
        var message = PBConsultationSection()
        message.serviceLevels = serviceLevels.map(\.message)
        do { return try message.serializedBytes() } catch { throw Self.unreadable }
    }

    package init(wireBytes bytes: [UInt8]) throws {
        let message: PBConsultationSection
        do { message = try PBConsultationSection(serializedBytes: bytes) } catch { throw Self.unreadable }
        self.init(serviceLevels: try message.serviceLevels.map(ServiceLevel.init))
    }
}

extension ServiceLevel {
    fileprivate var message: PBServiceLevel {
        var message = PBServiceLevel()
        message.kind = kind
        message.name = name
        message.specialty = specialty
        message.claimSeconds = claimSeconds
        message.reportSeconds = reportSeconds
        message.graceSeconds = graceSeconds
        return message
    }

    fileprivate init(_ message: PBServiceLevel) throws {
        func seconds(_ number: UInt32) throws -> UInt32 {
            UInt32(try PeerNumber.count(number, atMost: Limits.termSeconds, "a deadline of a service level"))
        }
        self.init(
            kind: message.kind, name: message.name, specialty: message.specialty,
            claimSeconds: try seconds(PeerNumber.label(message.claimSeconds)),
            reportSeconds: try seconds(PeerNumber.label(message.reportSeconds)),
            graceSeconds: try seconds(PeerNumber.label(message.graceSeconds)))
    }
}

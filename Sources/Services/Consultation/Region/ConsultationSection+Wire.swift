import Effects
import Regions
import SwiftProtobuf

extension ConsultationSection {
    package func wireBytes() throws -> [UInt8] {
        var message = PBConsultationSection()
        message.rosters = rosters.map(\.message)
        message.serviceLevels = serviceLevels.map(\.message)
        do { return try message.serializedBytes() } catch { throw Self.unreadable }
    }

    package init(wireBytes bytes: [UInt8]) throws {
        let message: PBConsultationSection
        do { message = try PBConsultationSection(serializedBytes: bytes) } catch { throw Self.unreadable }
        self.init(
            rosters: try message.rosters.map(ExpertRoster.init),
            serviceLevels: try message.serviceLevels.map(ServiceLevel.init))
    }
}

extension ExpertRoster {
    fileprivate var message: PBExpertRoster {
        var message = PBExpertRoster()
        message.home = home.rawValue
        message.experts = experts.map { expert in
            var message = PBExpert()
            message.id = expert.id
            message.name = expert.name
            message.node = expert.node.rawValue
            message.specialties = expert.specialties
            message.unit = expert.unit?.rawValue ?? ""
            return message
        }
        return message
    }

    fileprivate init(_ message: PBExpertRoster) throws {
        self.init(
            home: try NodeID(message.home),
            experts: try message.experts.map { expert in
                Expert(
                    id: try NameForm.check(expert.id, "an expert's id"), name: expert.name,
                    node: try NodeID(expert.node), specialties: expert.specialties,
                    unit: expert.unit.isEmpty ? nil : try OrgUnitID(expert.unit))
            })
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

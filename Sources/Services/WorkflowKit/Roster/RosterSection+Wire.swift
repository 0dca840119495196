import Effects
import Regions
import SwiftProtobuf

extension RosterSection {
    package func wireBytes() throws -> [UInt8] {
        var message = PBCaseRosterSection()
        message.rosters = rosters.map(\.message)
        do { return try message.serializedBytes() } catch { throw Self.unreadable }
    }

    package init(wireBytes bytes: [UInt8]) throws {
        let message: PBCaseRosterSection
        do { message = try PBCaseRosterSection(serializedBytes: bytes) } catch { throw Self.unreadable }
        self.init(rosters: try message.rosters.map(ExpertRoster.init))
    }
}

extension ExpertRoster {
    fileprivate var message: PBCaseExpertRoster {
        var message = PBCaseExpertRoster()
        message.home = home.rawValue
        message.experts = experts.map(\.message)
        return message
    }

    fileprivate init(_ message: PBCaseExpertRoster) throws {
        self.init(home: try NodeID(message.home), experts: try message.experts.map(Expert.init))
    }
}

extension Expert {
    fileprivate var message: PBCaseExpert {
        var message = PBCaseExpert()
        message.id = id
        message.name = name
        message.node = node.rawValue
        message.specialties = specialties
        message.unit = unit?.rawValue ?? ""
        message.capabilities = capabilities
        message.duty = duty.map(\.message)
        message.absences = absences.map(\.message)
        message.capacity = UInt32(clamping: capacity ?? 0)
        return message
    }

    fileprivate init(_ message: PBCaseExpert) throws {
        let capacity = try PeerNumber.count(
            PeerNumber.label(message.capacity), atMost: Limits.expertCapacity, "what an expert takes at a time")
        guard message.duty.count <= Limits.calendarDays, message.absences.count <= Limits.calendarDays else {
            throw RosterSection.unreadable
        }
        self.init(
            id: try NameForm.check(message.id, "an expert's id"), name: message.name, node: try NodeID(message.node),
            specialties: message.specialties, unit: message.unit.isEmpty ? nil : try OrgUnitID(message.unit),
            capabilities: message.capabilities, duty: try message.duty.map(DutyTime.init),
            absences: try message.absences.map(Absence.init), capacity: capacity == 0 ? nil : capacity)
    }
}

extension DutyTime {
    fileprivate var message: PBCaseDutyTime {
        var message = PBCaseDutyTime()
        message.weekdays = weekdays.sorted().map { UInt32(clamping: $0) }
        message.fromMinute = UInt32(clamping: from)
        message.toMinute = UInt32(clamping: to)
        return message
    }

    fileprivate init(_ message: PBCaseDutyTime) throws {
        let days = try PeerNumber.label(message.weekdays).map { day in
            try PeerNumber.count(day, atMost: 7, "a day of the week")
        }
        guard !days.contains(0) else { throw RosterSection.unreadable }
        self.init(
            weekdays: Set(days),
            from: try PeerNumber.count(PeerNumber.label(message.fromMinute), atMost: 1_440, "a time of day"),
            to: try PeerNumber.count(PeerNumber.label(message.toMinute), atMost: 1_440, "a time of day"))
    }
}

extension Absence {
    fileprivate var message: PBCaseAbsence {
        var message = PBCaseAbsence()
        message.first = Int32(clamping: days.lowerBound)
        message.last = Int32(clamping: days.upperBound)
        return message
    }

    fileprivate init(_ message: PBCaseAbsence) throws {
        let days = try WorkingHours.days(PeerNumber.label([message.first, message.last]))
        guard let first = days.min(), let last = days.max() else { throw RosterSection.unreadable }
        self.init(days: first...last)
    }
}

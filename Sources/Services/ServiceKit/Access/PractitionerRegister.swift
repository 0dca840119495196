package import Regions

/// Practitioners of a unit who may look people up, and for which purposes.
///
/// A unit may have several lines: its doctors, those who review, the desk that answers patients. In a region that keeps a
/// register, a unit without a line has nobody who may.
package struct PractitionerRegister: Hashable, Sendable {
    package var unit: OrgUnitID
    /// As the hospital names its staff, and as its systems send it.
    package var practitioners: Set<String>
    /// For what they may ask; empty: for what those do who treat.
    package var purposes: [String]

    package init(unit: OrgUnitID, practitioners: Set<String>, purposes: [String] = []) {
        self.unit = unit
        self.practitioners = practitioners
        self.purposes = purposes
    }

    var message: PBPractitionerRegister {
        var message = PBPractitionerRegister()
        message.unit = unit.rawValue
        message.practitioners = practitioners.sorted()
        message.purposes = purposes
        return message
    }

    init(_ message: PBPractitionerRegister) throws {
        self.init(
            unit: try OrgUnitID(message.unit), practitioners: Set(message.practitioners), purposes: message.purposes)
    }
}

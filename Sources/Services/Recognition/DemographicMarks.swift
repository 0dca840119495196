import Effects
import Wire

/// What a report says of its patient, as digests that a header may carry.
///
/// Each is made under the secret of the epoch and the report's first patient key (``PatientKeyring/mark(_:_:of:)``): they
/// show whether two descriptions of one person contradict each other, and nothing across persons. 0 stands for nothing
/// said.
package struct DemographicMarks: Sendable, Equatable {
    package var name: UInt32
    package var birthDate: UInt32
    package var sex: UInt32

    package init(name: UInt32 = 0, birthDate: UInt32 = 0, sex: UInt32 = 0) {
        self.name = name
        self.birthDate = birthDate
        self.sex = sex
    }

    var isEmpty: Bool { self == DemographicMarks() }

    func write(to writer: inout ProtobufWriter) {
        writer.integer(1, UInt64(name))
        writer.integer(2, UInt64(birthDate))
        writer.integer(3, UInt64(sex))
    }

    init(_ reader: ProtobufReader) throws {
        self.init()
        var reader = reader
        while let field = try reader.next() {
            switch field.number {
            case 1: name = PeerNumber.label(reader.integer32(field)) ?? name
            case 2: birthDate = PeerNumber.label(reader.integer32(field)) ?? birthDate
            case 3: sex = PeerNumber.label(reader.integer32(field)) ?? sex
            default: continue
            }
        }
    }
}

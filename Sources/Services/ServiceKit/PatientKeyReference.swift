import Effects
import Foundation
package import Trust

/// A patient key with the epoch whose secret made it; this is all that a header or a query says about a person.
package struct PatientKeyReference: Hashable, Sendable {
    package var epoch: UInt32
    package var key: PatientKey

    package init(epoch: UInt32, key: PatientKey) {
        self.epoch = epoch
        self.key = key
    }

    var wire: PBPatientKeyReference {
        var message = PBPatientKeyReference()
        message.epoch = epoch
        message.key = Data(key.bytes)
        return message
    }

    init(wire message: PBPatientKeyReference) throws {
        guard let key = PatientKey(bytes: [UInt8](message.key)) else {
            throw Failure("access.patientKey", "a patient key cannot be read")
        }
        self.init(epoch: message.epoch, key: key)
    }
}

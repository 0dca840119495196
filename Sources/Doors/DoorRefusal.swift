/// Why somebody is not let in at a ``Door``, or has to leave.
package enum DoorRefusal: Error, Hashable, Sendable {
    /// As many as may be there without having proved themselves are there, and none of them has had its time.
    case tooManyUnproven(Int)
    /// The same of one address.
    case tooManyFromAddress(Int)
    /// Everybody who is there has proved itself and has something in hand.
    case full(Int)
    /// As many as one identity may have are there, and each has something in hand.
    case tooManyOfIdentity(Int)
    /// The process has hardly a file descriptor left; see ``DoorHouse``.
    case noDescriptors
    /// The place was needed for somebody else.
    case madeRoom

    /// A word for metrics and logs.
    package var label: String {
        switch self {
        case .tooManyUnproven: "too_many_unproven"
        case .tooManyFromAddress: "too_many_from_address"
        case .full: "full"
        case .tooManyOfIdentity: "too_many_of_identity"
        case .noDescriptors: "no_descriptors"
        case .madeRoom: "made_room"
        }
    }

    /// Every label that there is.
    package static let labels = [
        DoorRefusal.tooManyUnproven(0), .tooManyFromAddress(0), .full(0), .tooManyOfIdentity(0), .noDescriptors,
        .madeRoom,
    ].map(\.label)
}

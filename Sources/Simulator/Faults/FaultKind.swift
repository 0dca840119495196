/// What may go wrong in a simulation.
enum FaultKind: String, CaseIterable {
    case kill
    case killAtAnyStep
    case powerCut
    case restart
    case restoredCopy
    case lostDisk
    case brokenConnection
    case cutLink
    case oneWayCut
    case slowLink
    case clockJump
    case revocation
    case configurationChange
    case fullDisk
    case failingSynchronisation
    case hostileFrames
    case stolenCertificate
}

import Regions
import Synchronization

/// Collects the addresses that listeners were bound to and announces them when all are there.
final class AddressBoard: Sendable {
    let addresses = Announcement<HospitalEdge.Addresses>()
    private let expected: [(institution: InstitutionReference, isTLS: Bool)]
    private let expectsHTTPS: Bool

    private struct State {
        var mllp: [Int: NetworkAddress] = [:]
        var https: NetworkAddress?
    }

    private let state = Mutex(State())

    init(mllp: [(institution: InstitutionReference, isTLS: Bool)], expectsHTTPS: Bool) {
        expected = mllp
        self.expectsHTTPS = expectsHTTPS
        if mllp.isEmpty, !expectsHTTPS { addresses.give(.success(.init(mllp: [], https: nil))) }
    }

    func bound(mllp index: Int, to address: NetworkAddress) {
        state.withLock { $0.mllp[index] = address }
        announce()
    }

    func bound(https address: NetworkAddress) {
        state.withLock { $0.https = address }
        announce()
    }

    private func announce() {
        let state = state.withLock { $0 }
        guard state.mllp.count == expected.count, !expectsHTTPS || state.https != nil else { return }
        let listeners = expected.enumerated().compactMap { index, item in
            state.mllp[index].map {
                HospitalEdge.Addresses.MLLP(institution: item.institution, address: $0, isTLS: item.isTLS)
            }
        }
        addresses.give(.success(.init(mllp: listeners, https: state.https)))
    }
}

import Effects
import Regions
import Synchronization

/// Collects the addresses that listeners were bound to and announces them when all are there.
final class AddressBoard: Sendable {
    private let expected: [(institution: InstitutionReference, isTLS: Bool)]
    private let expectsHTTPS: Bool
    private let expectedDICOM: Int

    private struct State {
        var mllp: [Int: NetworkAddress] = [:]
        var https: NetworkAddress?
        var dicom: [Int: NetworkAddress] = [:]
        /// What is announced; the first counts.
        var result: Result<HospitalEdge.Addresses, any Error>?
    }

    /// Woken when they are announced.
    private let known = Wakeup()
    private let state = Mutex(State())

    init(mllp: [(institution: InstitutionReference, isTLS: Bool)], expectsHTTPS: Bool, expectedDICOM: Int) {
        expected = mllp
        self.expectedDICOM = expectedDICOM
        self.expectsHTTPS = expectsHTTPS
        if mllp.isEmpty, !expectsHTTPS, expectedDICOM == 0 { give(.success(.init(mllp: [], https: nil))) }
    }

    func bound(mllp index: Int, to address: NetworkAddress) {
        state.withLock { $0.mllp[index] = address }
        announce()
    }

    func bound(https address: NetworkAddress) {
        state.withLock { $0.https = address }
        announce()
    }

    func bound(dicom index: Int, to address: NetworkAddress) {
        state.withLock { $0.dicom[index] = address }
        announce()
    }

    private func announce() {
        let state = state.withLock { $0 }
        guard state.mllp.count == expected.count, !expectsHTTPS || state.https != nil,
            state.dicom.count == expectedDICOM
        else { return }
        let listeners = expected.enumerated().compactMap { index, item in
            state.mllp[index].map {
                HospitalEdge.Addresses.MLLP(institution: item.institution, address: $0, isTLS: item.isTLS)
            }
        }
        let dicom = state.dicom.sorted { $0.key < $1.key }.map(\.value)
        give(.success(.init(mllp: listeners, https: state.https, dicom: dicom)))
    }

    /// Announces the addresses, or why there are none; only the first time counts.
    func give(_ result: Result<HospitalEdge.Addresses, any Error>) {
        state.withLock { state in
            if state.result == nil { state.result = result }
        }
        known.wake()
    }

    /// Waits until they are announced.
    ///
    /// - Throws: what was announced instead; `CancellationError` where the task is cancelled first.
    func addresses() async throws -> HospitalEdge.Addresses {
        await known.wait(since: 0)
        guard let result = state.withLock({ $0.result }) else { throw CancellationError() }
        return try result.get()
    }
}

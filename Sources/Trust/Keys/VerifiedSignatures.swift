import Crypto
import Synchronization

/// Signatures that were found good lately, by the digest of key, signature and message.
///
/// The same sealed header comes many times: with every excerpt of its batch, with the grant of each parcel, when a ledger is
/// verified or folded again. To find a digest costs a fiftieth of a verification. Only what was verified is remembered, so
/// a wrong answer would be a collision of SHA-256.
final class VerifiedSignatures: Sendable {
    private struct Memory {
        var young: Set<[UInt8]> = []
        var old: Set<[UInt8]> = []
    }

    /// The younger half is full with so many; at most twice as many are remembered, 32 bytes each.
    private let generationCount: Int
    private let memory = Mutex(Memory())

    init(generationCount: Int) {
        self.generationCount = generationCount
    }

    /// - Returns: whether the signature is good, from memory or by `verify`.
    func check(
        key: [UInt8], signature: [UInt8], message: [UInt8], verify: () -> Bool
    ) -> Bool {
        let name = Self.name(key, signature, message)
        if isKnown(name) { return true }
        guard verify() else { return false }
        memory.withLock { remember(name, &$0) }
        return true
    }

    private func isKnown(_ name: [UInt8]) -> Bool {
        memory.withLock { memory in
            if memory.young.contains(name) { return true }
            guard memory.old.contains(name) else { return false }
            remember(name, &memory)
            return true
        }
    }

    private func remember(_ name: [UInt8], _ memory: inout Memory) {
        if memory.young.count >= generationCount {
            memory.old = memory.young
            memory.young = []
        }
        memory.young.insert(name)
    }

    /// The lengths stand before the parts, so that no two triples make the same bytes.
    private static func name(_ key: [UInt8], _ signature: [UInt8], _ message: [UInt8]) -> [UInt8] {
        var function = SHA256()
        for part in [key, signature, message] {
            withUnsafeBytes(of: UInt64(part.count).littleEndian) { function.update(bufferPointer: $0) }
            function.update(data: part)
        }
        return Array(function.finalize())
    }
}

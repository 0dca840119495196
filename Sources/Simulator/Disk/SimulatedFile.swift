import Effects

/// One file of a simulated volume: what reads see, and what would be there after a power cut.
///
/// Writes since the last synchronisation are kept with what they overwrote. A power cut takes them all back and then
/// lets a random part of them come true, the last of them perhaps torn at a sector's border.
final class SimulatedFile {
    private struct Write {
        var offset: Int
        var new: [UInt8]
        var old: [UInt8]
        var oldSize: Int
        var newSize: Int
    }

    private(set) var size = 0
    private var storage = UnsafeMutableRawBufferPointer.allocate(byteCount: 4_096, alignment: 16)
    private var pending: [Write] = []
    /// Written and not synchronised.
    private(set) var pendingBytes = 0

    init() {}

    init(copying bytes: [UInt8]) {
        write(bytes, at: 0)
        synchronise()
    }

    deinit {
        storage.deallocate()
    }

    var bytes: [UInt8] { Array(UnsafeRawBufferPointer(rebasing: storage[0..<size])) }

    /// Copies what is there into `target` and fills the rest with zeros.
    ///
    /// - Returns: whether the file had all of it.
    func read(into target: UnsafeMutableRawBufferPointer, at offset: Int) -> Bool {
        let count = max(0, min(target.count, size - offset))
        if count > 0 { target.copyMemory(from: UnsafeRawBufferPointer(rebasing: storage[offset..<offset + count])) }
        if count < target.count {
            _ = UnsafeMutableRawBufferPointer(rebasing: target[count...]).initializeMemory(as: UInt8.self, repeating: 0)
        }
        return count == target.count
    }

    func write(_ bytes: [UInt8], at offset: Int) {
        let end = offset + bytes.count
        let overlap = max(0, min(end, size) - offset)
        let old = overlap > 0 ? Array(storage[offset..<offset + overlap]) : []
        pending.append(Write(offset: offset, new: bytes, old: old, oldSize: size, newSize: max(size, end)))
        pendingBytes += bytes.count
        place(bytes, at: offset)
        size = max(size, end)
    }

    func truncate(to newSize: Int) {
        guard newSize < size else { return }
        pending.append(
            Write(offset: newSize, new: [], old: Array(storage[newSize..<size]), oldSize: size, newSize: newSize))
        size = newSize
    }

    func synchronise() {
        pending = []
        pendingBytes = 0
    }

    /// What a power cut leaves: everything that was synchronised, and of the rest what the random source lets through.
    func loseUnsynchronised(_ random: any RandomSource) {
        for write in pending.reversed() {
            place(write.old, at: write.offset)
            size = write.oldSize
        }
        let lost = pending
        synchronise()
        for write in lost {
            switch random.number(below: 4) {
            case 0, 1: continue
            case 2: replay(write, count: write.new.count)
            default:
                let sectors = UInt64(write.new.count / Self.sectorBytes + 1)
                replay(write, count: min(write.new.count, Int(random.number(below: sectors)) * Self.sectorBytes))
            }
        }
        synchronise()
    }

    private func replay(_ write: Write, count: Int) {
        if write.new.isEmpty {
            self.truncate(to: write.newSize)
        } else if count > 0 {
            if write.offset > size { self.write([UInt8](repeating: 0, count: write.offset - size), at: size) }
            self.write(Array(write.new.prefix(count)), at: write.offset)
        }
    }

    private func place(_ bytes: [UInt8], at offset: Int) {
        let end = offset + bytes.count
        if end > storage.count {
            let larger = UnsafeMutableRawBufferPointer.allocate(byteCount: max(end, storage.count * 2), alignment: 16)
            larger.copyMemory(from: UnsafeRawBufferPointer(storage))
            storage.deallocate()
            storage = larger
        }
        if offset > size {
            _ = UnsafeMutableRawBufferPointer(rebasing: storage[size..<offset])
                .initializeMemory(as: UInt8.self, repeating: 0)
        }
        bytes.withUnsafeBytes { UnsafeMutableRawBufferPointer(rebasing: storage[offset..<end]).copyMemory(from: $0) }
    }

    private static let sectorBytes = 512
}

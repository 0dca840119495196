import Effects
import Testing

@testable import Console

@Suite struct DiskRoomTests {
    @Test func whatReadinessRefusesIsAConcernOfTheStatusInTheSameWords() {
        for free: Int64 in [0, 1 << 20, Limits.freeDiskBytes - 1] {
            let room = DiskRoom(freeBytes: free)
            #expect(!room.check.isSound)
            #expect(room.problem == room.check.detail)
            #expect(room.problem?.contains("\(free >> 20) MiB are free") == true)
        }
        for free: Int64 in [Limits.freeDiskBytes, .max] {
            let room = DiskRoom(freeBytes: free)
            #expect(room.check.isSound && room.problem == nil)
        }
    }
}

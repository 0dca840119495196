import Effects
import Foundation
import Regions
import ServiceKit
import Trust

/// The secrets of the patient key epochs, as they lie in an authority's folder: `patient-key-epoch-N.key`, mode 0600.
///
/// The first is made at the first publication. Whoever has one can make the patient keys of everybody whose identity
/// number he can guess: keep these files as the region's signing key.
struct PatientEpochFolder {
    let authority: AuthorityFolder
    let world: World

    /// What stands in one file.
    private struct Secret: Codable {
        var format: String
        var region: String
        var suite: String
        var epoch: UInt32
        /// ISO 8601; patient keys are made with this secret from then on.
        var from: String
        var secret: String
    }

    private static let format = "yilian.patient-key-epoch.v1"

    private func path(_ epoch: UInt32) -> String { authority.path + "/patient-key-epoch-\(epoch).key" }

    /// Every epoch, its secret encrypted to every node that has a box key.
    ///
    /// - Parameter previous: the last published configuration: boxes of unchanged keys are taken over, so that
    ///   publishing the same twice gives the same configuration.
    func epochs(
        for configuration: RegionConfiguration, suite: Suite, previous: RegionConfiguration?
    ) throws -> [PatientKeyEpoch] {
        if !world.disk.exists(path(1)) { try makeFirst(configuration, suite: suite) }
        var epochs: [PatientKeyEpoch] = []
        var number: UInt32 = 1
        while world.disk.exists(path(number)) {
            epochs.append(try epoch(number, configuration, suite: suite, previous: previous))
            number += 1
        }
        return epochs
    }

    private func makeFirst(_ configuration: RegionConfiguration, suite: Suite) throws {
        let secret = PatientKeySecret(epoch: 1, suite: suite, random: world.random)
        let from = min(configuration.validFrom, world.time.wallTime)
        let file = Secret(
            format: Self.format, region: configuration.region.rawValue, suite: suite.id.rawValue, epoch: 1,
            from: from.description, secret: Hex.text(secret.bytes))
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
        try world.disk.write(
            Array(try encoder.encode(file)) + [0x0A], to: path(1), mode: PrivateFile.mode)
    }

    private func epoch(
        _ number: UInt32, _ configuration: RegionConfiguration, suite: Suite, previous: RegionConfiguration?
    ) throws -> PatientKeyEpoch {
        let text = try PrivateFile.read(path(number), disk: world.disk)
        guard let file = try? JSONDecoder().decode(Secret.self, from: Data(text.utf8)), file.format == Self.format,
            file.epoch == number, file.suite == suite.id.rawValue, file.region == configuration.region.rawValue,
            let bytes = Hex.bytes(file.secret)
        else {
            throw Failure(
                "patientKey.badFile", "this is no patient key secret of this region and epoch", place: path(number),
                remedy: "restore the file from a backup; without it nobody finds the results of its time")
        }
        let secret = try PatientKeySecret(epoch: number, suite: suite, bytes: bytes)
        let context = PatientKeyring.sealContext(region: configuration.region, epoch: number)
        let known = previous?.patientKeyEpochs.first { $0.epoch == number }
        var boxes: [NodeID: [UInt8]] = [:]
        for node in configuration.nodes {
            guard let key = node.boxPublicKey else { continue }
            if let box = known?.encryptedSecrets[node.id], previous?.node(node.id)?.boxPublicKey == key {
                boxes[node.id] = box
            } else {
                boxes[node.id] = try BoxPublicKey(suite: suite, bytes: key).seal(secret.bytes, context: context)
            }
        }
        return PatientKeyEpoch(epoch: number, from: try WallTime(text: file.from), encryptedSecrets: boxes)
    }
}

import Effects

/// Cuts, reorders and otherwise alters FHIR messages, by a seed.
enum MutatedFHIR {
    static func message(_ file: MessageFile, seed: UInt64, random: SeededRandom) throws -> [UInt8] {
        var tree = identified(try TextTree(String(decoding: file.bytes, as: UTF8.self)), seed: seed)
        for _ in 0..<random.number(below: 5) { alter(&tree, random) }
        let text = tree.text
        switch random.number(below: 14) {
        case 0: return [0xEF, 0xBB, 0xBF] + Array(text.utf8)
        case 1: return Array(text.utf8.prefix(Int(random.number(below: UInt64(text.utf8.count + 1)))))
        case 2:
            var bytes = Array(text.utf8)
            let place = Int(random.number(below: UInt64(bytes.count)))
            bytes[place] = UInt8(random.number(below: 256))
            return bytes
        default: return Array(text.utf8)
        }
    }

    /// The message about a patient of this seed's own, with order numbers of its own.
    private static func identified(_ tree: TextTree, seed: UInt64) -> TextTree {
        var tree = tree
        var patients = 0
        tree.eachObject { members in
            guard let type = members.first(where: { $0.name == "\"resourceType\"" })?.value.text else { return }
            switch type {
            case "\"Patient\"":
                patients += 1
                let identifier =
                    #"[{"type":{"coding":[{"code":"MR"}]},"system":"urn:oid:\#(CorpusMessage.authority)","value":""#
                    + CorpusMessage.patient(seed, patients) + "\"}]"
                members.removeAll { $0.name == "\"identifier\"" }
                members.append((name: "\"identifier\"", value: .leaf(identifier)))
            case "\"DiagnosticReport\"", "\"ServiceRequest\"":
                for index in members.indices where members[index].name == "\"identifier\"" {
                    members[index].value.eachObject { parts in
                        for part in parts.indices where parts[part].name == "\"value\"" {
                            guard case .leaf(let text) = parts[part].value, text.hasPrefix("\"") else { continue }
                            parts[part].value = .leaf("\"\(seed)-" + text.dropFirst())
                        }
                    }
                }
                let subject = #"{"identifier":{"type":{"coding":[{"code":"MR"}]},"system":"urn:oid:"#
                for index in members.indices where members[index].name == "\"subject\"" {
                    guard members[index].value.text.contains("\"identifier\"") else { continue }
                    patients += 1
                    members[index].value = .leaf(
                        subject + CorpusMessage.authority + "\",\"value\":\"" + CorpusMessage.patient(seed, patients)
                            + "\"}}")
                }
            default: break
            }
        }
        return (try? TextTree(tree.text)) ?? tree
    }

    private static let oddities = [
        "null", "\"\"", "0", "true", "[]", "{}", "\"无\"", "\"2024-01-05 10:15:00\"", "1e308", "-0.0",
        "\"Patient/elsewhere\"", "\"#o\"", "\"Patient?identifier=urn:oid:2.999.77|C1\"", "\"entered-in-error\"",
        "\"preliminary\"", "\"cancelled\"", "\"amended\"", "{\"reference\":\"Observation/none\"}", "\"🩺\"", "\"P1D\"",
    ]

    private static let additions = [
        (name: "\"modifierExtension\"", value: TextTree.leaf("[{\"url\":\"urn:x\",\"valueBoolean\":true}]")),
        (name: "\"bodySite\"", value: TextTree.leaf("{\"text\":\"左臂\"}")),
        (name: "\"note\"", value: TextTree.leaf("[{\"text\":\"附注\"}]")),
        (name: "\"unknownElement\"", value: TextTree.leaf("\"x\"")),
        (name: "\"dataAbsentReason\"", value: TextTree.leaf("{\"text\":\"标本溶血\"}")),
    ]

    private static func alter(_ tree: inout TextTree, _ random: SeededRandom) {
        let place = Int(random.number(below: UInt64(tree.count)))
        let first = random.next()
        let second = random.next()
        let choice = random.number(below: 6)
        tree.change(place) { node in
            switch node {
            case .object(var members):
                guard !members.isEmpty else { return }
                let index = Int(first % UInt64(members.count))
                switch choice {
                case 0: members.remove(at: index)
                case 1: members.append(members[index])
                case 2: members.swapAt(index, Int(second % UInt64(members.count)))
                case 3: members[index].value = .leaf(oddities[Int(second % UInt64(oddities.count))])
                default: members.append(additions[Int(second % UInt64(additions.count))])
                }
                node = .object(members)
            case .array(var items):
                guard !items.isEmpty else { return }
                let index = Int(first % UInt64(items.count))
                switch choice {
                case 0: items.remove(at: index)
                case 1, 2: items.append(items[index])
                case 3: items.reverse()
                default: items.swapAt(index, Int(second % UInt64(items.count)))
                }
                node = .array(items)
            case .leaf: node = .leaf(oddities[Int(second % UInt64(oddities.count))])
            }
        }
    }
}

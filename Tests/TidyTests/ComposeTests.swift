import Testing

@Suite("The compose file and the demo region")
struct ComposeTests {
    private static func nodes(in folder: String) -> [String] {
        Repository.paths(below: [folder], suffixes: [".yaml"])
            .compactMap { $0.split(separator: "/").last.map { String($0.dropLast(5)) } }
            .filter { !["region", "recognition", "scopes", "codes"].contains($0) }
    }

    /// The names that stand two spaces deep under a top-level key, as this file is written.
    private static func names(under key: String, in yaml: String) -> [String] {
        let lines = yaml.split(separator: "\n")
        guard let start = lines.firstIndex(where: { $0 == key + ":" }) else { return [] }
        return lines[(start + 1)...].prefix { $0.hasPrefix(" ") || $0.hasPrefix("#") }
            .filter { $0.hasPrefix("  ") && !$0.hasPrefix("   ") && !$0.hasPrefix("  #") && $0.hasSuffix(":") }
            .map { String($0.dropFirst(2).dropLast()) }
    }

    @Test("every node of the demo has its service, its volume and its configuration, and there are no others")
    func nodes() throws {
        let demo = Self.nodes(in: "Nodes/demo")
        let compose = try #require(Repository.text("Compose/compose.yaml"))
        #expect(demo.count == 8)
        #expect(Set(Self.nodes(in: "Compose/nodes")) == Set(demo))
        #expect(Set(Self.names(under: "services", in: compose)) == Set(demo + ["certificates"]))
        #expect(Set(Self.names(under: "volumes", in: compose)) == Set(demo + ["authority"]))
    }

    @Test("the service that publishes the region sees it with the files beside it, and looks whether one has changed")
    func files() throws {
        let compose = try #require(Repository.text("Compose/compose.yaml"))
        let script = try #require(Repository.text("Compose/issue"))
        let region = try #require(Repository.text("Nodes/demo/region.yaml"))
        #expect(region.contains("recognition: [recognition.yaml, scopes.yaml, codes.yaml]"))
        for name in ["region", "recognition", "scopes"] {
            #expect(compose.contains("../Nodes/demo/\(name).yaml:/etc/yilian/\(name).yaml:ro"), "\(name)")
        }
        #expect(script.contains("cat /etc/yilian/*.yaml"))
    }

    @Test("each child has a network with its parent, named for it, and nobody else is on it")
    func networks() throws {
        let compose = try #require(Repository.text("Compose/compose.yaml"))
        let region = try #require(Repository.text("Nodes/demo/region.yaml"))
        let parents = Self.parents(in: region)
        #expect(parents.count == 7)
        #expect(Set(Self.names(under: "networks", in: compose)) == Set(parents.keys.map { "link-" + $0 }))
        for (node, networks) in Self.networks(in: compose) {
            let own = parents[node] == nil ? [] : ["link-" + node]
            let children = parents.filter { $0.value == node }.map { "link-" + $0.key }
            #expect(Set(networks) == Set(own + children), "\(node)")
        }
    }

    /// From lines like `- {child: pingding, parent: yangquan-shi, from: 2026-01-01}`.
    private static func parents(in region: String) -> [String: String] {
        var found: [String: String] = [:]
        for line in region.split(separator: "\n") where line.contains("{child: ") {
            let words = line.split { " {},".contains($0) }.map(String.init)
            guard let child = words.firstIndex(of: "child:"), let parent = words.firstIndex(of: "parent:") else {
                continue
            }
            found[words[child + 1]] = words[parent + 1]
        }
        return found
    }

    /// The networks of each service, from lines like `    networks: [link-pingding, link-jucheng]`.
    private static func networks(in compose: String) -> [(String, [String])] {
        var service = ""
        var found: [(String, [String])] = []
        for line in compose.split(separator: "\n") {
            if line.hasPrefix("  "), !line.hasPrefix("   "), line.hasSuffix(":") {
                service = String(line.dropFirst(2).dropLast())
            } else if line.hasPrefix("    networks: [") {
                found.append((service, line.dropFirst(15).split { " ,]".contains($0) }.map(String.init)))
            }
        }
        return found
    }
}

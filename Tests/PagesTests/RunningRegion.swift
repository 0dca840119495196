import Effects

/// What pages take for granted that speak of a running region: `region.yaml` and an authority in the folder, and nodes that
/// run with their data below `/var/lib/yilian`.
///
/// Its region is the one of the page about a first region.
enum RunningRegion {
    /// - Parameter hasCatalogue: whether it has a catalogue for mutual recognition, that of `Nodes/yangquan`.
    static func script(hasCatalogue: Bool = false) throws -> String {
        guard let region = try Page("docs/first-region.md").fences.first(where: { $0.fileName == "region.yaml" }) else {
            throw Failure("test.noRegion", "the page holds no region.yaml", place: "docs/first-region.md")
        }
        return "cat >region.yaml <<'END-OF-FILE'\n" + region.lines.joined(separator: "\n") + "\nEND-OF-FILE\n"
            + (hasCatalogue ? catalogue : "") + commands
    }

    private static let catalogue = #"""
        cp Nodes/yangquan/recognition.yaml .
        echo 'recognition: [recognition.yaml, scopes.yaml]' >>region.yaml
        cat >scopes.yaml <<'END-OF-FILE'
        scopes:
          - {id: national, label: 全国HR, english: National HR, rank: 100, nationwide: true}
          - {id: shanxi, label: 山西省HR, english: Shanxi HR, rank: 80, divisions: [140000]}
          - {id: yangquan, label: 阳泉市HR, english: Yangquan HR, rank: 60, divisions: [140300]}
        END-OF-FILE

        """#

    private static let commands = #"""
        if [ ! -e authority/ca.crt ]; then yilian cert init authority --region yangquan; fi
        for node in diaodu shi pingding yuxian jucheng; do
            if [ ! -e authority/nodes/$node.json ]; then yilian cert issue authority $node; fi
        done
        yilian region publish region.yaml --authority authority
        echo '127.0.0.1 jucheng.example.org' >>/etc/hosts
        number=1
        for node in diaodu shi pingding jucheng; do
            install -d -m 700 /var/lib/yilian/$node
            cp authority/$node/* authority/region.configuration /var/lib/yilian/$node/
            printf 'node: %s\ndataFolder: /var/lib/yilian/%s\n' $node $node >$node.yaml
            if [ $node = jucheng ]; then
                echo 'https: {listen: "127.0.0.1:8443"}' >>$node.yaml
            else
                echo "link: {listen: \"127.0.0.1:744$number\"}" >>$node.yaml
            fi
            number=$((number + 1))
            yilian node start --config $node.yaml 2>/var/lib/yilian/$node/node.log &
        done
        for node in diaodu pingding jucheng; do
            yilian node status --data /var/lib/yilian/$node --wait 60 >/dev/null
        done
        cp /var/lib/yilian/jucheng/operator.token operator.token
        """#
}

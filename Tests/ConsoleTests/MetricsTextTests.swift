import Testing

@testable import Console

@Suite struct MetricsTextTests {
    @Test func announcesEachMetricOnceAndWritesItsSamples() {
        var metrics = MetricsText()
        metrics.add("yilian_link_up", .gauge, "1 while the link is up.", 1, labels: [("peer", "pingding")])
        metrics.add("yilian_link_up", .gauge, "1 while the link is up.", 0, labels: [("peer", "yuxian")])
        metrics.add("yilian_uptime_seconds", .gauge, "Time since the node started.", 1.5)
        #expect(
            metrics.text == """
                # HELP yilian_link_up 1 while the link is up.
                # TYPE yilian_link_up gauge
                yilian_link_up{peer="pingding"} 1
                yilian_link_up{peer="yuxian"} 0
                # HELP yilian_uptime_seconds Time since the node started.
                # TYPE yilian_uptime_seconds gauge
                yilian_uptime_seconds 1.5

                """)
    }

    @Test func escapesWhatWouldEndALabel() {
        var metrics = MetricsText()
        metrics.add("yilian_x", .counter, "x.", 3, labels: [("reason", "a\"b\\c\nd")])
        #expect(metrics.text.contains(#"{reason="a\"b\\c\nd"} 3"#))
    }

    @Test func writesNumbersWithoutExponentsAndNamesTheOthers() {
        var metrics = MetricsText()
        metrics.add("a", .gauge, "a.", 1_790_000_000_000)
        metrics.add("b", .gauge, "b.", .infinity)
        metrics.add("c", .gauge, "c.", .nan)
        #expect(metrics.text.contains("\na 1790000000000\n"))
        #expect(metrics.text.contains("\nb +Inf\n"))
        #expect(metrics.text.contains("\nc NaN\n"))
    }
}

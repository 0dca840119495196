import Testing

@Suite("The parser that judges /metrics") struct PrometheusTextTests {
    @Test func `what is right has no violation`() {
        let text = PrometheusText(
            """
            # HELP a_total Things.
            # TYPE a_total counter
            a_total{x="1"} 3
            a_total{x="a\\"b\\\\c\\nd"} 0
            # HELP d_seconds Durations.
            # TYPE d_seconds histogram
            d_seconds_bucket{le="0.5"} 1
            d_seconds_bucket{le="+Inf"} 2
            d_seconds_sum 3.5
            d_seconds_count 2

            """)
        #expect(text.violations == [])
        #expect(text.value("a_total", ["x": "a\"b\\c\nd"]) == 0)
    }

    @Test(arguments: [
        "# HELP a A.\n# TYPE a counter\na 1\n", "# HELP a_total A.\n# TYPE a_total gauge\na_total 1\n",
        "# HELP a A.\n# TYPE a gauge\nb 1\n", "# TYPE a gauge\na 1\n", "# HELP a A.\n# TYPE a gauge\na 1\na 2\n",
        "# HELP a A.\n# TYPE a gauge\na{b=\"1} 1\n", "# HELP a A.\n# TYPE a gauge\na one\n",
        "# HELP a A.\n# TYPE a gauge\na 1", "# HELP a_ms A.\n# TYPE a_ms gauge\na_ms 1\n",
        "# HELP a A.\n# TYPE a gauge\na{x=\"1\"} 1\na{y=\"1\"} 1\n", "# HELP a A.\n# TYPE a gauge\n",
        "# HELP h A.\n# TYPE h histogram\nh_bucket{le=\"1\"} 2\nh_bucket{le=\"+Inf\"} 1\nh_sum 1\nh_count 1\n",
    ]) func `what is wrong has one`(_ text: String) {
        #expect(!PrometheusText(text).violations.isEmpty)
    }
}

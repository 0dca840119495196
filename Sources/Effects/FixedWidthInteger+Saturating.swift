extension FixedWidthInteger {
    /// The sum, or the end of the type that it would pass.
    ///
    /// For figures that rest on what others wrote: a wrong figure is corrected, a trap ends the node.
    package func addingSaturated(_ other: Self) -> Self {
        let (sum, overflow) = addingReportingOverflow(other)
        return overflow ? (other < 0 ? .min : .max) : sum
    }

    package mutating func addSaturated(_ other: Self) {
        self = addingSaturated(other)
    }
}

package import Effects

extension FailureDefinition {
    /// What can be wrong with methods and desks.
    package static let calls: [FailureDefinition] = [
        FailureDefinition(
            "call.badProbe", .broken, "a method's declaration makes another number of calls than one",
            "方法的声明不是恰好一次调用",
            remedy: .reportFault,
            particulars: [
                Wording("method {1} {2} makes {3} calls, not one", "方法 {1} {2} 发出 {3} 次调用，而应为一次")
            ]),
        FailureDefinition(
            "call.badShort", .broken, "some methods of a desk are short and some are not", "同一服务台的方法时限不一致",
            remedy: .reportFault,
            particulars: [
                Wording("some methods of the desk {1} are short and some are not", "服务台 {1} 的方法有的短、有的不短")
            ]),
        FailureDefinition(
            "call.duplicateMethod", .broken, "a method is declared twice", "方法重复声明",
            remedy: Wording("give every method a number, a name and a function of its own", "请给每个方法各自的编号、名称和函数"),
            particulars: [
                Wording("give every method a number, a name and a desk function of its own", "请给每个方法各自的编号、名称和服务台函数"),
                Wording("method {1} {2} is declared twice", "方法 {1} {2} 重复声明"),
            ]),
        FailureDefinition(
            "call.unknownTarget", .broken, "a function of a desk has no number", "服务台的函数没有编号",
            remedy: Wording("declare it in its service's list of methods", "请在其服务的方法表中声明"),
            particulars: [
                Wording("a function of desk {1} has no number", "服务台 {1} 的一个函数没有编号")
            ]),
    ]
}

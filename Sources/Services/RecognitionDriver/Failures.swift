import Effects

extension FailureDefinition {
    /// What can be wrong with measuring results.
    static let resultsDriver: [FailureDefinition] = [
        FailureDefinition(
            "load.badCodec", .broken, "a segment did not come back as it was", "分段压缩后未能还原",
            remedy: .runAgain),
        FailureDefinition(
            "load.badReports", .broken, "a report lacks items", "报告缺少项目",
            remedy: .runAgain),
        FailureDefinition(
            "load.ended", .broken, "the measured process ended before its time", "被测进程提前结束",
            remedy: .runAgain),
        FailureDefinition(
            "load.lost", .broken, "reports were lost or doubled", "报告丢失或重复",
            remedy: .runAgain),
        FailureDefinition(
            "load.noAddress", .broken, "the county does not listen", "县级节点未监听",
            remedy: .runAgain),
        FailureDefinition(
            "load.noDictionary", .broken, "zstd makes no dictionary of the reports", "zstd 未能从报告生成字典",
            remedy: .runAgain),
        FailureDefinition(
            "load.noFigures", .broken, "the system does not say what the process used", "系统未给出进程的用量",
            remedy: Wording("run it on Linux with /proc", "请在有 /proc 的 Linux 上运行")),
        FailureDefinition(
            "load.noOutcome", .broken, "the node took a report and said nothing of it", "节点接收了报告但未答复",
            remedy: .runAgain),
        FailureDefinition(
            "load.noProgram", .broken, "where this program lies is not known", "不知道本程序的位置",
            remedy: Wording("start it by its whole path", "请用完整路径启动")),
        FailureDefinition(
            "load.noTimes", .broken, "not one entry was acknowledged in time", "没有条目按时得到回执",
            remedy: .runAgain),
        FailureDefinition(
            "load.notAcknowledged", .broken, "a clinical entry was not acknowledged in time", "临床条目未按时得到回执",
            remedy: .runAgain),
        FailureDefinition(
            "load.notNew", .broken, "a report was not new", "报告不是新的",
            remedy: Wording("use an empty folder", "请使用空文件夹")),
        FailureDefinition(
            "load.reportKey", .broken, "a digest is no report key", "摘要不是报告键",
            remedy: .runAgain),
        FailureDefinition(
            "load.roundTrip", .broken, "a call that no desk takes was not refused", "无服务台接收的调用未被拒绝",
            remedy: .runAgain),
        FailureDefinition(
            "load.timeout", .broken, "the measurement waited in vain", "测量等待超时",
            remedy: Wording("give a longer --timeout", "请写更长的 --timeout")),
        FailureDefinition(
            "load.unreached", .broken, "a node above did not answer", "上级节点未答复",
            remedy: .runAgain),
    ]
}

#ifndef YILIAN_CSWIFTRUNTIME_SHIM_H
#define YILIAN_CSWIFTRUNTIME_SHIM_H

// Variables of Swift's concurrency runtime (libswift_Concurrency) that hold who is asked before its thread pool; no header
// of the toolchain declares them for C. By their linker names they are found in the runtime that a program loads and in
// the one that it holds. A toolchain without them cannot link what uses them.
extern void *swift_task_enqueueGlobal_hook;
extern void *swift_task_enqueueMainExecutor_hook;

static inline void **yilian_enqueue_global_hook(void) { return &swift_task_enqueueGlobal_hook; }
static inline void **yilian_enqueue_main_executor_hook(void) { return &swift_task_enqueueMainExecutor_hook; }
#endif

// The CPU of the thread that runs a process's JavaScript, without its database threads, compiler and collector.
import { readFileSync } from "node:fs";

/** The unit of times in /proc, which is 10 ms on every Linux that Node runs on (proc(5), USER_HZ). */
const TICK_US = 10_000;

/** The microseconds that the main thread of a process has been on the CPU; NaN where the system is not Linux. */
export function mainThreadCpuUs(pid) {
  if (process.platform !== "linux") return Number.NaN;
  const stat = readFileSync(`/proc/${pid}/task/${pid}/stat`, "utf8");
  // The name in parentheses may hold blanks. After it come fields 3 and on; 14 and 15 are user and system time.
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return (Number(fields[11]) + Number(fields[12])) * TICK_US;
}

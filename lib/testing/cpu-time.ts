/**
 * CPU milliseconds that this process spends on `work`. Unlike the time that passes, they do not grow with what
 * else the machine does.
 */
export function cpuMs(work: () => void): number {
  const began = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(began);
  return (user + system) / 1_000;
}

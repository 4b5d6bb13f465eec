/** CPU seconds that a process has used so far, all its threads together. */
export type CpuMeter = () => Promise<number>;

const SECONDS = /^process_cpu_seconds_total (\S+)$/m;

/** By what a process says of itself at /metrics. */
export const cpuMeter =
  (port: number): CpuMeter =>
  async () => {
    const text = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
    const seconds = SECONDS.exec(text)?.[1];
    if (seconds === undefined) throw new Error(`port ${port} does not tell its CPU time`);
    return Number(seconds);
  };

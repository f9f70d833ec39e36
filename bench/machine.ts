import { arch, cpus, platform, totalmem } from 'node:os';

/** What the figures were measured on. */
export interface Machine {
  readonly processor: string;
  readonly cores: number;
  /** Of 2^30 bytes. */
  readonly memoryGb: number;
  readonly system: string;
  readonly node: string;
}

export function thisMachine(): Machine {
  const processors = cpus();
  return {
    processor: processors[0]?.model.trim() ?? 'unknown',
    cores: processors.length,
    memoryGb: Math.round(totalmem() / 2 ** 30),
    system: `${platform()} ${arch()}`,
    node: process.versions.node,
  };
}

import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmdirSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';

/** A file system of a run's own, in memory, that can be filled up. */
export interface SmallDisk {
  readonly folder: string;
  /** Nothing more can be written to it. */
  fill(): void;
  /** There is room again. */
  free(): void;
  /** Takes it away; nobody may use it any more. */
  unmount(): void;
}

/** Why this machine can't have one; undefined: it can. */
export function whyNoSmallDisk(): string | undefined {
  if (process.platform !== 'linux' || userInfo().uid !== 0) return 'only root on Linux mounts one';
  try {
    mountSmallDisk(1).unmount();
    return undefined;
  } catch {
    return 'nothing may be mounted here';
  }
}

/** @throws Error where nothing may be mounted. */
export function mountSmallDisk(megabytes: number): SmallDisk {
  const folder = mkdtempSync(join(tmpdir(), 'small-disk-'));
  const mount = ['-t', 'tmpfs', '-o', `size=${megabytes}m,mode=0777`, 'tmpfs', folder];
  execFileSync('mount', mount, { stdio: 'ignore' });
  const ballast = join(folder, 'ballast');
  return {
    folder,
    fill() {
      const { bavail, bsize } = statfsSync(folder);
      writeFileSync(ballast, Buffer.alloc(bavail * bsize));
    },
    free: () => rmSync(ballast, { force: true }),
    unmount() {
      execFileSync('umount', ['--lazy', folder]);
      rmdirSync(folder);
    },
  };
}

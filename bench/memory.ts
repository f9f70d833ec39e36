import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

export interface Memory {
  readonly heap: number;
  /** Buffers and what else objects hold outside of the heap. */
  readonly external: number;
  readonly resident: number;
}

/** Megabytes (of 2^20 bytes) of this process, once V8 has given back all that it can spare. */
export function memory(): Memory {
  collector()();
  return memoryAsItIs();
}

/** The same, with nothing collected for the occasion. */
export function memoryAsItIs(): Memory {
  const { heapUsed, external, rss } = process.memoryUsage();
  return { heap: heapUsed / 2 ** 20, external: external / 2 ** 20, resident: rss / 2 ** 20 };
}

/** There with `--expose-gc`; else had from a new context, which takes a megabyte or two itself. */
function collector(): () => unknown {
  const { gc } = globalThis;
  // The collection that also shrinks the space for new objects, as V8 does for itself when memory is short.
  if (gc !== undefined) return () => gc({ type: 'major', execution: 'sync', flavor: 'last-resort' });
  setFlagsFromString('--expose-gc');
  return runInNewContext('gc');
}

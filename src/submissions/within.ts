import type { Clock } from '../clock.ts';

/** What `within` answers where the work took too long. */
export const LATE = Symbol('late');

/** The work's answer if it comes within `ms` of the clock; the work itself goes on. Rejects as the work does. */
export async function within<T>(clock: Clock, ms: number, work: Promise<T>): Promise<T | typeof LATE> {
  const { promise, resolve } = Promise.withResolvers<typeof LATE>();
  const cancel = clock.after(Math.max(0, ms), () => resolve(LATE));
  try {
    return await Promise.race([work, promise]);
  } finally {
    cancel();
  }
}

/** Tells everybody who waits for something a person could see. */
export function createChanges() {
  const listeners = new Set<() => void>();
  const waiting = new Set<(problem: Error) => void>();

  const subscribe = (listener: () => void): (() => void) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  };

  return {
    /** Something visible changed. */
    announce: (): void => {
      for (const listener of [...listeners]) listener();
    },
    /** Called after every change; the answer unsubscribes. */
    subscribe,
    /** Resolves with what `find` gives once it gives something; rejects after `timeoutMs` with `describe`'s words. */
    waitFor: <T>(find: () => T | undefined, describe: () => string, timeoutMs: number): Promise<T> =>
      new Promise((resolve, reject) => {
        const found = find();
        if (found !== undefined) {
          resolve(found);
          return;
        }
        const fail = (problem: Error): void => {
          clearTimeout(timer);
          unsubscribe();
          waiting.delete(fail);
          reject(problem);
        };
        const timer = setTimeout(() => fail(new Error(describe())), timeoutMs);
        const unsubscribe = subscribe(() => {
          const now = find();
          if (now === undefined) return;
          clearTimeout(timer);
          unsubscribe();
          waiting.delete(fail);
          resolve(now);
        });
        waiting.add(fail);
      }),
    /** Rejects everybody who still waits. */
    close: (): void => {
      for (const fail of [...waiting]) fail(new Error('The stand-in Slack was closed.'));
      listeners.clear();
    },
  };
}

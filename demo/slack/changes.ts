/** Tells everybody who waits for something a person could see. */
export interface Changes {
  /** Something visible changed. */
  announce(): void;
  /** Called after every change; the answer unsubscribes. */
  subscribe(listener: () => void): () => void;
  /** Resolves with what `find` gives once it gives something; rejects after `timeoutMs` with `describe`'s words. */
  waitFor<T>(find: () => T | undefined, describe: () => string, timeoutMs: number): Promise<T>;
  /** Rejects everybody who still waits. */
  close(): void;
}

export function createChanges(): Changes {
  const listeners = new Set<() => void>();
  const waiting = new Set<(problem: Error) => void>();

  const subscribe = (listener: () => void): (() => void) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  };

  return {
    announce: () => {
      for (const listener of [...listeners]) listener();
    },
    subscribe,
    waitFor: (find, describe, timeoutMs) =>
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
    close: () => {
      for (const fail of [...waiting]) fail(new Error('The stand-in Slack was closed.'));
      listeners.clear();
    },
  };
}

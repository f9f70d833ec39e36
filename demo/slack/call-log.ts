import type { Clock } from '../../src/clock.ts';
import type { JsonObject } from './json.ts';
import type { RecordedCall } from './stand-in.ts';

/** Every call the app made, oldest first. */
export interface CallLog {
  record(call: {
    readonly method: string;
    readonly arguments: JsonObject;
    readonly error: string | undefined;
    readonly warnings: readonly string[];
  }): void;
  calls(method?: string): readonly RecordedCall[];
}

export function createCallLog(clock: Clock): CallLog {
  const all: RecordedCall[] = [];
  return {
    record: (call) => {
      all.push({ ...call, ok: call.error === undefined, at: clock.now().getTime() });
    },
    calls: (method) => all.filter((call) => method === undefined || call.method === method),
  };
}

import { LRUCache } from 'lru-cache';
import type { Sendable } from './sendable.ts';

/** Records whose last call a process remembers: those that haven't been answered are always among them. */
const REMEMBERED = 5000;

/** One call: whose record it was for, in which attempt (`by`), and what came of it as far as that is known. */
interface Call<Record_, Step> {
  readonly sending: Record_;
  readonly by: string;
  step?: Step;
}

/**
 * What this process knows of the calls that it made itself: the latest of each record, also once that is written down,
 * for a database may lose what it has acknowledged.
 */
export function createRemembered<Record_ extends Sendable, Step extends { readonly to: string }>() {
  const calls = new LRUCache<string, Call<Record_, Step>>({ max: REMEMBERED });
  /** Answers of AWS's that the database hasn't taken yet. */
  const unwritten = new Map<
    string,
    { readonly sending: Record_; readonly owner: string; readonly step: Step }
  >();
  const ownOf = (sending: Record_, by: string) => {
    const own = calls.get(sending.id);
    return own?.by === by ? own : undefined;
  };

  return {
    passed(sending: Record_, by: string): void {
      calls.set(sending.id, { sending, by });
      unwritten.delete(sending.id);
    },

    /** What came of a call is about to be written down. */
    answered(
      sending: Record_,
      { by, owner }: { readonly by: string; readonly owner: string },
      step: Step,
    ): void {
      const own = ownOf(sending, by);
      if (own !== undefined) own.step = step;
      if (step.to !== 'uncertain') unwritten.set(sending.id, { sending, owner, step });
    },

    /** The database has taken it, or nobody asks for it any more. `isSendable`: it may go out again. */
    written(sending: Record_, by: string, isSendable: boolean): void {
      unwritten.delete(sending.id);
      if (isSendable && ownOf(sending, by) !== undefined) calls.delete(sending.id);
    },

    unwritten: () => [...unwritten.values()],

    /** What is known of a claimed record's own call, and the database doesn't know; undefined: nothing. */
    recall(claimed: Record_): { readonly sending: Record_; readonly step: Step | undefined } | undefined {
      const own = calls.get(claimed.id);
      if (own === undefined) return undefined;
      if (claimed.state === 'requested') return { sending: own.sending, step: own.step };
      const isKnown = own.step !== undefined && own.step.to !== 'uncertain';
      const isGuessed = claimed.state === 'sending' || claimed.state === 'uncertain';
      return isKnown && isGuessed ? { sending: own.sending, step: own.step } : undefined;
    },
  };
}

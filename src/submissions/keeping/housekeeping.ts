import type { Clock } from '../../clock.ts';
import type { Logger } from '../../log.ts';
import type { Changes } from '../changes/changes.ts';
import type { HomeService } from '../home/home.ts';
import type { Store } from '../store.ts';
import type { Forgetting } from './forget.ts';

const DAY_MS = 24 * 60 * 60 * 1000;
const FORGET_DRAFTS_AFTER_MS = 7 * DAY_MS;
/** Slack gives up delivering an event after about an hour. */
const FORGET_DELIVERIES_AFTER_MS = DAY_MS;
/** What was typed and came to nothing is offered again that long, and no longer: it is a deal's details. */
const FORGET_TYPED_AFTER_MS = DAY_MS;

/** Deletes what nobody needs any more. True: there may be more of it. */
export type Housekeep = () => Promise<boolean>;

/** @param retentionDays settled records are kept this long; undefined: for good */
export function createHousekeeping(dependencies: {
  readonly store: Store;
  readonly changes: Pick<Changes, 'forgetTyped'>;
  readonly home: Pick<HomeService, 'forget'>;
  readonly forgetting: Forgetting;
  readonly clock: Clock;
  readonly log: Logger;
  readonly retentionDays: number | undefined;
}): Housekeep {
  const { store, changes, home, forgetting, clock, log, retentionDays } = dependencies;
  const ago = (ms: number) => new Date(clock.now().getTime() - ms);
  return async () => {
    await store.forgetDrafts(ago(FORGET_DRAFTS_AFTER_MS));
    await changes.forgetTyped(ago(FORGET_TYPED_AFTER_MS));
    await home.forget();
    await store.forgetDeliveries(ago(FORGET_DELIVERIES_AFTER_MS));
    if (retentionDays === undefined) return false;
    const count = await forgetting.expire(ago(retentionDays * DAY_MS));
    if (count > 0) log.info({ count }, 'records older than RETENTION_DAYS were deleted');
    return count > 0;
  };
}

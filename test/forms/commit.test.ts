import { expect, test } from 'vitest';
import { jumpClock } from '../../demo/jump-clock.ts';
import { commitForm } from '../../src/forms/commit.ts';
import { createLog } from '../../src/observability/log.ts';
import { aForm } from '../submissions/records.ts';

test('a commit that is answered too late is in doubt: not called recorded, and not called failed', async () => {
  const clock = jumpClock();
  const form = aForm();
  const committed = Promise.withResolvers<'recorded'>();
  const answer = commitForm<'recorded'>(
    {
      store: { form: async () => form },
      permissions: { ask: async () => ({ type: 'allowed' }), own: async (own) => own },
      clock,
      log: createLog('silent'),
      wake: () => {},
    },
    { formId: form.id, who: { userId: form.userId, teamId: form.teamId } },
    async () => ({
      record: () => {
        queueMicrotask(() => clock.jump(1501));
        return committed.promise;
      },
    }),
  );
  expect(await answer).toEqual({ type: 'in-doubt' });
  committed.resolve('recorded');
});

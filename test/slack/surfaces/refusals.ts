import type { Refusal } from '../../../src/permissions.ts';

/** Every reason for which somebody may not, with everybody and nobody named to be asked. */
export const refusals: readonly Refusal[] = (
  ['guest', 'other-workspace', 'not-listed', 'channel'] as const
).flatMap((reason) =>
  [undefined, 'U07OPERATOR', 'S07OPERATOR', 'C07OPERATOR'].map((contact) => ({ reason, contact })),
);
